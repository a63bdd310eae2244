/** Days put together to the spans of a histogram: days, weeks, months, quarters or years, whichever gives few enough bars. */

import { date, month } from "../core/format.js";
import { after, DAY, startOf, UNITS, type Unit } from "../data/calendar.js";

export interface Bins {
  unit: Unit;
  /** First day of each span, and last the first day after all. */
  edges: number[];
}

const MOST = 60;

/**
 * The spans of the days, which are in order. A few early or late ones would leave no room for all others: where the middle 94 % fill less
 * than half of the time, the spans are those of the middle, and the first and the last also hold what lies beyond.
 */
export function dateBins(days: readonly number[]): Bins {
  const at = (share: number): number => days[Math.round((days.length - 1) * share)] as number;
  const whole = at(1) - at(0), middle = at(0.97) - at(0.03);
  return middle > 0 && middle < whole / 2 ? between(at(0.03), at(0.97)) : between(at(0), at(1));
}

/** The spans between two days, both inclusive. */
function between(first: number, last: number): Bins {
  for (const unit of UNITS) {
    const edges = edgesOf(unit, first, last);
    if (edges.length <= MOST + 1) return { unit, edges };
  }
  const step = Math.ceil((last - first + 1) / MOST); // centuries: spans of equal length
  return { unit: "year", edges: Array.from({ length: MOST + 1 }, (_, at) => first + at * step) };
}

/** The edges of a unit; an unfinished list where there are too many. */
function edgesOf(unit: Unit, first: number, last: number): number[] {
  const edges: number[] = [];
  let day = startOf(unit, first);
  while (day <= last && edges.length <= MOST) {
    edges.push(day);
    day = after(unit, day);
  }
  return [...edges, day];
}

/** The place of a day among the edges, as a share of the spans: 0 at the first edge, 1 at the last. */
export function shareOf({ edges }: Bins, day: number): number {
  const bars = edges.length - 1;
  if (day <= (edges[0] as number)) return 0;
  if (day >= (edges[bars] as number)) return 1;
  const bar = barOf(edges, day);
  const from = edges[bar] as number;
  return (bar + (day - from) / ((edges[bar + 1] as number) - from)) / bars;
}

/** The bar that a day falls in. */
export function barOf(edges: readonly number[], day: number): number {
  let low = 0, high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((edges[middle] as number) <= day) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A span in words: "week of 3 May 2021", "May 2021", "2021". */
export function spanName({ unit, edges }: Bins, bar: number): string {
  const from = edges[bar] as number, to = (edges[bar + 1] as number) - 1;
  if (unit === "day") return date(from);
  if (unit === "week") return `week of ${date(from)}`;
  if (unit === "month") return month(from);
  const year = new Date(to * DAY).getUTCFullYear();
  return unit === "quarter" ? `${month(from)} to ${month(to)}` : String(year);
}
