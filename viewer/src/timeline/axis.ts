/** A stretch of days across a width of pixels, and the dates to be written along it. */

import { DAY, firstDay, monthNumber, type Unit } from "../data/calendar.js";

/** Days since 1970-01-01; `until` is the end of the last day. */
export interface DaySpan {
  from: number;
  until: number;
}

export interface Tick {
  day: number;
  label: string;
  /** A new year, or a new month on an axis of days: written stronger. */
  strong: boolean;
}

/** Least pixels between two dates. */
const APART = 68;
const MONTH = 30.44;
const YEAR = 365.25;
const MONTHS = new Intl.DateTimeFormat("en", { month: "short", timeZone: "UTC" });
/** The shortest and the longest span to be shown, in days. */
export const LEAST = 3;

/** Units of the axis by their length in days: `months` 0 for those of days. */
const UNITS: readonly { days: number; months: number }[] = [
  { days: 1, months: 0 }, { days: 2, months: 0 }, { days: 7, months: 0 }, { days: 14, months: 0 },
  ...[1, 3, 6, 12, 24, 60, 120, 240, 600, 1200].map((months) => ({ days: months * MONTH, months })),
];

export const xOfDay = (day: number, span: DaySpan, width: number): number => ((day - span.from) / (span.until - span.from)) * width;
export const dayAt = (x: number, span: DaySpan, width: number): number => span.from + (x / width) * (span.until - span.from);

/** A span changed in length by a factor, `day` staying where it is; within `all` and no shorter than LEAST. */
export function zoomed(span: DaySpan, factor: number, day: number, all: DaySpan): DaySpan {
  const length = Math.min(all.until - all.from, Math.max(LEAST, (span.until - span.from) * factor));
  const share = (day - span.from) / (span.until - span.from);
  return within({ from: day - share * length, until: day + (1 - share) * length }, all);
}

/** A span moved so that it does not leave `all`. */
export function within(span: DaySpan, all: DaySpan): DaySpan {
  const length = Math.min(span.until - span.from, all.until - all.from);
  const from = Math.min(Math.max(span.from, all.from), all.until - length);
  return { from, until: from + length };
}

/** The dates along an axis, as many as have room. */
export function ticks(span: DaySpan, width: number): Tick[] {
  const perDay = width / (span.until - span.from);
  const unit = UNITS.find((one) => one.days * perDay >= APART) ?? (UNITS.at(-1) as (typeof UNITS)[number]);
  const found: Tick[] = [];
  if (unit.months) {
    for (let month = Math.floor(monthNumber(span.from) / unit.months) * unit.months; ; month += unit.months) {
      const day = firstDay(month);
      if (day >= span.until) break;
      const year = month % 12 === 0;
      if (day >= span.from) found.push({ day, strong: year, label: year ? String(month / 12) : MONTHS.format(day * DAY) });
    }
  } else {
    const monday = unit.days % 7 ? 0 : 3; // 1970-01-01 was a Thursday
    for (let day = Math.ceil((span.from + monday) / unit.days) * unit.days - monday; day < span.until; day += unit.days) {
      const date = new Date(day * DAY);
      found.push({ day, strong: unit.days === 1 && date.getUTCDate() === 1, label: `${date.getUTCDate()} ${MONTHS.format(date)}` });
    }
  }
  return found;
}

/** The bins of a histogram: days, weeks, months or years, whichever are at least `least` pixels wide. */
export function binUnit(span: DaySpan, width: number, least: number): Unit {
  const perDay = width / (span.until - span.from);
  const choices: { days: number; name: Unit }[] = [{ days: 1, name: "day" }, { days: 7, name: "week" }, { days: MONTH, name: "month" }, { days: YEAR / 4, name: "quarter" }, { days: YEAR, name: "year" }];
  return choices.find((one) => one.days * perDay >= least)?.name ?? "year";
}
