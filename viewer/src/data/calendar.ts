/** Days since 1970-01-01 in weeks, months, quarters and years; a month is a number as well: the year times 12, plus 0 for January. */

export const DAY = 86_400_000;
/** What time is counted by, the shortest first. */
export const UNITS = ["day", "week", "month", "quarter", "year"] as const;
export type Unit = (typeof UNITS)[number];

const MONTHS: Partial<Record<Unit, number>> = { month: 1, quarter: 3, year: 12 };

export const monthNumber = (day: number): number => {
  const at = new Date(day * DAY);
  return at.getUTCFullYear() * 12 + at.getUTCMonth();
};

/** The first day of a month. */
export const firstDay = (month: number): number => Date.UTC(1970, month - 1970 * 12) / DAY;

export const isFirst = (day: number): boolean => firstDay(monthNumber(day)) === day;

/** The calendar month of a day. */
export const monthOf = (day: number): [first: number, last: number] => [firstDay(monthNumber(day)), firstDay(monthNumber(day) + 1) - 1];

/** The first day of the unit that a day lies in. */
export function startOf(unit: Unit, day: number): number {
  const months = MONTHS[unit];
  if (unit === "week") return Math.floor((day + 3) / 7) * 7 - 3; // 1 January 1970 was a Thursday; weeks begin on Monday
  return months ? firstDay(Math.floor(monthNumber(day) / months) * months) : day;
}

/** The first day after the unit that starts on a day. */
export function after(unit: Unit, start: number): number {
  const months = MONTHS[unit];
  return months ? firstDay(monthNumber(start) + months) : start + (unit === "week" ? 7 : 1);
}

export const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);

/** The months by their first three letters. */
export const MONTH_NAMES: readonly string[] = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
