/** Events in words: when, how far they have come, and how much. */

import { DAY, isoDay } from "../data/calendar.js";
import { eventValues, type EventValues } from "../data/event_values.js";
import type { GraphStructure } from "../data/graph_structure.js";
import { count, date, money, month, percent, shortDate, words } from "./format.js";
import { capital } from "./display_names.js";

export const NO_DAY = "no day stated";
export const KNOWN_BEFORE = "known from before";

export const STATUSES: readonly string[] = ["announced", "completed", "planned", "rumoured", "denied", "ended"];

/** "12 July 2018", "July 2018" or "2018", as exact as it is known; `short` shortens the month. */
export function whenWords(when: string, short = false): string {
  const [year = "", monthNumber, day] = when.split("-");
  if (monthNumber === undefined) return String(Number(year));
  const first = Math.round(Date.UTC(Number(year), Number(monthNumber) - 1, Number(day ?? 1)) / DAY);
  if (Number.isNaN(first)) return when;
  return day === undefined ? month(first, short) : short ? shortDate(first) : date(first);
}

/** The day of any thing, as exact as it is known; "" where it has none. */
export function dayWords(graph: GraphStructure, node: number, short = false): string {
  const when = eventValues(graph, node)?.when;
  if (when) return whenWords(when, short);
  const day = graph.core.nodes.day[node] ?? null;
  return day === null ? "" : short ? shortDate(day) : date(day);
}

/** The day of a thing as a file holds it: ISO day, month or year; "" where it has none. */
export function isoWhen(graph: GraphStructure, node: number): string {
  const day = graph.core.nodes.day[node] ?? null;
  return eventValues(graph, node)?.when ?? (day === null ? "" : isoDay(day));
}

/** "ended" as "Ended: called off, rejected or lapsed". */
export const statusSentence = ({ core }: GraphStructure, status: string): string => core.help.statuses[status] ?? capital(words(status));

/** "$550M" or "". */
export const amountWords = ({ amount, currency }: Pick<EventValues, "amount" | "currency">): string => (amount === null ? "" : money(amount, currency));

/** "1,200 jobs" or "". */
export const countWords = ({ count: many, type }: EventValues): string => (many === null ? "" : [count(many), type.counted].filter(Boolean).join(" "));

/** "7.5 %" or "". */
export const percentWords = ({ percent: share }: EventValues): string => (share === null ? "" : percent(share));
