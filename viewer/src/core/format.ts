/** Numbers, dates and money as people read them; English, as all of the page is, whatever the reader's system. */

import { DAY, isFirst, monthNumber } from "../data/calendar.js";

const NUMBER = new Intl.NumberFormat("en-GB");
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const SHORT_DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
const LONG_MONTH = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const REGION = new Intl.DisplayNames("en-GB", { type: "region" });

export const count = (value: number): string => NUMBER.format(value);
/** "1 article", "2,100 articles". */
export const counted = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`;
export const date = (day: number): string => DATE.format(day * DAY);
export const shortDate = (day: number): string => SHORT_DATE.format(day * DAY);
/** "2–4 Nov 2021". */
export const dates = (first: number, last: number): string => SHORT_DATE.formatRange(first * DAY, last * DAY);
/** "Jul 2018", or "July 2018" where it is not to be `short`. */
export const month = (day: number, short = true): string => (short ? MONTH : LONG_MONTH).format(day * DAY);
/** "Acme, Bolt and Corvane". */
export const inWords = (parts: readonly string[]): string => [parts.slice(0, -1).join(", "), ...parts.slice(-1)].filter(Boolean).join(" and ");
/** Of milliseconds; the page shows all times in UTC. */
export const time = (milliseconds: number): string => `${TIME.format(milliseconds)} UTC`;
export { isoDay } from "../data/calendar.js";
export const percent = (value: number): string => `${value} %`;
/** "near_copy" as "near copy". */
export const words = (name: string): string => name.replace(/[_:]+/g, " ").trim();

/** "NO" as "Norway"; what is no assigned code stays as it is. */
export const country = (code: string): string => (/^[A-Z]{2}$/.test(code) ? (REGION.of(code) ?? code) : code).replace(/^(?=United |Nether|Philip|Baham|Maldiv|Gambia|Dominican R|Central |.* Islands)/, "the ");

/** "180,000,000 USD" in short: "$180M". */
export function money(amount: number, currency: string | null): string {
  const signs: Record<string, string> = { USD: "$", EUR: "€", GBP: "£", JPY: "¥" };
  const steps: [number, string][] = [[1e12, "T"], [1e9, "B"], [1e6, "M"], [1e3, "K"]];
  const step = steps.find(([size]) => Math.abs(amount) >= size);
  const figure = step ? `${Number((amount / step[0]).toFixed(2))}${step[1]}` : count(amount);
  const sign = currency ? signs[currency] : "";
  return sign === undefined ? `${figure} ${currency}` : `${sign}${figure}`;
}

/** Some days in words: "November 2021", "2021", "2–4 Nov 2021", "until 4 Nov 2021". An end that is left open is null. */
export function daySpan(from: number | null, until: number | null): string {
  if (from === null || until === null) return from !== null ? `from ${shortDate(from)}` : until !== null ? `until ${shortDate(until)}` : "all dates";
  const first = monthNumber(from), months = monthNumber(until + 1) - first;
  if (isFirst(from) && isFirst(until + 1)) {
    if (months === 1) return month(from, false);
    if (months === 12 && first % 12 === 0) return String(first / 12);
  }
  return from === until ? date(from) : dates(from, until);
}
