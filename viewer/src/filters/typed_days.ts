/** Days that somebody types: 2021-11-30, 30.11.2021, 30 Nov 2021, 2021-11, Nov 2021, 2021. */

import { DAY, MONTH_NAMES } from "../data/calendar.js";

/** The first and the last day that a text may mean, in days since 1970-01-01; null where it is no date. */
export function typedDays(text: string): [number, number] | null {
  const parts = text.trim().toLowerCase().split(/[\s.,/–-]+/).filter(Boolean);
  if (!parts.length || parts.length > 3) return null;
  const yearFirst = /^\d{4}$/.test(parts[0] as string);
  const [year = "", second, third] = yearFirst ? parts : [...parts].reverse();
  if (!/^\d{4}$/.test(year)) return null;
  // "Nov 30 2021" as well as "30 Nov 2021"
  const [monthText, dayText] = second !== undefined && third !== undefined && /^[a-z]/.test(third) ? [third, second] : [second, third];
  const named = MONTH_NAMES.indexOf((monthText ?? "").slice(0, 3));
  const month = monthText === undefined ? null : named >= 0 ? named + 1 : /^\d{1,2}$/.test(monthText) ? Number(monthText) : NaN;
  const day = dayText === undefined ? null : /^\d{1,2}$/.test(dayText) ? Number(dayText) : NaN;
  const first = Date.UTC(Number(year), (month ?? 1) - 1, day ?? 1), last = day !== null ? first : Date.UTC(Number(year), month ?? 12, 0);
  const at = new Date(first);
  if (Number.isNaN(first) || (month !== null && at.getUTCMonth() !== month - 1) || (day !== null && at.getUTCDate() !== day)) return null; // there is no 31 April
  return [first / DAY, last / DAY];
}
