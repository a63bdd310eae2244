/** Times of a question that leave out the year, with their year: "last month", "in March", "Q4"; halves of a year as months, and "yesterday", "last 30 days" as days. */

import { DAY } from "../data/calendar.js";
import { monthOf, rule } from "./vocabulary.js";

const ORDER: readonly string[] = ["first", "second", "third", "fourth"];
const SEASONS: readonly string[] = ["spring", "summer", "autumn"];

/**
 * `text` is lower-case, with a blank at both ends. What counts as now is the `newest` day of the graph (days since 1970-01-01), not that
 * of the reader's clock: the same page answers the same question always alike. A month or quarter is the latest that has begun.
 */
export function withYears(text: string, newest: number, patterns: Readonly<Record<string, string>>): string {
  const { NUMBER: figures = "" } = patterns, timed = (what: string): RegExp => rule(patterns, what);
  const now = new Date(newest * DAY), year = now.getUTCFullYear(), month = now.getUTCMonth();
  const quarter = Math.floor(month / 3);
  const begun = (first: number): number => (first <= month ? year : year - 1);
  const monthAt = (number: number): string => new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
  const iso = (back: number, months = 0): string => new Date(Date.UTC(year, month - months, now.getUTCDate() - back)).toISOString().slice(0, 10);
  return text
    .replace(timed("recent"), (words, one: string | undefined, week: string | undefined, number: string | undefined, what: string) => {
      const span = (first: string, last: string): string => (/^ since /.test(words) ? ` since ${first}` : first === last ? ` in ${first}` : ` from ${first} to ${last}`);
      const monday = (now.getUTCDay() + 6) % 7, yesterday = Number(one !== "today");
      if (one) return span(iso(yesterday), iso(yesterday));
      if (week) return week === "this" ? span(iso(monday), iso(monday - 6)) : span(iso(monday + 7), iso(monday + 1));
      if (!number && what !== "day" && !/ (?:past|previous) /.test(words)) return words; // "last month" is one of the calendar
      const many = number ? Number(number) || figures.split("|").indexOf(number) + 1 : 1;
      const months = { month: 1, quarter: 3, year: 12 }[what];
      return span(months ? iso(-1, months * many) : iso((what === "week" ? 7 : 1) * many - 1), iso(0));
    })
    .replace(timed("span"), " from $1$3 to $2$3")
    .replace(timed("month of"), " $1 ")
    .replace(/ (?:the )?(this|last) (year|quarter|month)(?= )/g, (_, which: string, what: string) => {
      const back = Number(which === "last");
      if (what === "month") return ` ${monthAt(month - back)}`;
      return what === "year" ? ` ${year - back}` : ` q${((quarter - back + 4) % 4) + 1} ${year - Number(quarter < back)}`;
    })
    .replace(/ (first|second|third|fourth) quarter(?= )/g, (_, which: string) => ` q${ORDER.indexOf(which) + 1}`)
    .replace(timed("quarter"), (_, number: string, of: string | undefined) => ` q${number} ${of ?? begun(3 * Number(number) - 3)}`)
    .replace(timed("half"), (_, which: string, of: string | undefined) => {
      const first = which === "first" ? 0 : 6, whole = of ?? begun(first);
      return first ? ` from ${whole}-07 to ${whole}-12` : ` from ${whole}-01 to ${whole}-06`;
    })
    .replace(timed("season"), (words, inside: string | undefined, which: string, of: string | undefined) => {
      if (!inside && !of) return words; // a name
      const first = 3 * SEASONS.indexOf(which) + 3, whole = of ?? begun(first - 1);
      return ` from ${whole}-0${first} to ${whole}-${String(first + 2).padStart(2, "0")}`;
    })
    .replace(timed("month"), (_, how: string, name: string) => ` ${how} ${monthAt(monthOf(name) - (monthOf(name) > month ? 12 : 0))}`);
}
