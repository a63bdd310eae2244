/** The numbers beside the choices of a filter: what each would leave with all other filters as they are. */

import { filterNodes } from "./filter_mask.js";
import type { Graph } from "./graph.js";
import type { Filters } from "./state.js";
import { shownNumbers } from "./shown_numbers.js";

/** Articles of each topic, or by each provider, by node number: those that pass all filters but the one by topic, or by provider. */
export function articlesBy(graph: Graph, filters: Filters, key: "topics" | "providers"): (node: number) => number {
  const others: Filters = filters[key].length ? { ...filters, [key]: [] } : filters;
  const numbers = shownNumbers(graph, others);
  return (node) => numbers.articles(node) ?? 0;
}

/** Events of each type, or with each status, by its number in the payload: those that pass all filters but the one by type, or by status. */
export function eventsBy(graph: Graph, filters: Filters, key: "types" | "statuses"): number[] {
  const { pass } = filterNodes(graph, filters[key].length ? { ...filters, [key]: [] } : filters);
  const { events, eventTypes, statuses } = graph.core;
  const counts = new Array<number>(key === "types" ? eventTypes.length : statuses.length).fill(0);
  const [first] = graph.range("event");
  (key === "types" ? events.type : events.status).forEach((number, at) => {
    if (pass[first + at]) counts[number]!++;
  });
  return counts;
}

/** Events known from before that pass all filters but the one that hides them. */
export function knownBefore(graph: Graph, filters: Filters): number {
  const { pass } = filterNodes(graph, filters.background ? filters : { ...filters, background: true });
  const [first] = graph.range("event");
  return graph.core.events.background.reduce((sum, known, at) => sum + (known && pass[first + at] ? 1 : 0), 0);
}

