/** The values of one event, read from the columns of the first block. */

import { DAY } from "./calendar.js";
import type { GraphStructure } from "./graph_structure.js";
import type { EventTypeInfo } from "./payload.js";

/** What the graph knows of one event; null or "" where it does not know. */
export interface EventValues {
  type: EventTypeInfo;
  status: string;
  /** ISO day, month ("2018-07") or year ("2018"). */
  when: string | null;
  background: boolean;
  amount: number | null;
  currency: string | null;
  /** What the amount is of: "price". */
  amountOf: string;
  percent: number | null;
  count: number | null;
  part: string;
  /** Whether articles report values that contradict each other. */
  disputed: boolean;
}

const UNKNOWN: EventTypeInfo = { name: "", label: "", short: "", group: "other", counted: "", class: "ng:Event", main: [] };

/** Null for all but events. */
export function eventValues(graph: GraphStructure, node: number): EventValues | null {
  const place = graph.eventPlace(node);
  if (place < 0) return null;
  const { events, eventTypes, statuses, amountKinds } = graph.core;
  return {
    type: eventTypes[events.type[place] as number] ?? UNKNOWN,
    status: statuses[events.status[place] as number] ?? "",
    when: events.when[place] ?? null,
    background: events.background[place] === 1,
    amount: events.amount[place] ?? null,
    currency: events.currency[place] ?? null,
    amountOf: amountKinds[events.amountOf[place] ?? -1] ?? "",
    percent: events.percent[place] ?? null,
    count: events.count[place] ?? null,
    part: events.part[place] ?? "",
    disputed: events.disputed[place] === 1,
  };
}

/** The last day of an ISO day, month or year, in days since 1970-01-01; null where it is none. */
export function lastDay(when: string): number | null {
  const [year, month, day] = when.split("-").map(Number);
  const time = day !== undefined ? Date.parse(`${when}T00:00:00Z`) : month !== undefined ? Date.UTC(year as number, month, 0) : Date.UTC(year as number, 12, 0);
  return Number.isNaN(time) ? null : Math.round(time / DAY);
}

/** The first and the last day that a thing may have: a year for an event of which only the year is known; null where it has no day. */
export function daysOf(graph: GraphStructure, node: number): [number, number] | null {
  const first = graph.core.nodes.day[node] ?? null;
  if (first === null) return null;
  const when = eventValues(graph, node)?.when;
  return [first, when && when.length < 10 ? (lastDay(when) ?? first) : first];
}
