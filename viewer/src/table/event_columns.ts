/** The columns that only events have. */

import { oneLine } from "../core/dom.js";
import { amountWords, KNOWN_BEFORE, percentWords } from "../core/event_words.js";
import { count, words } from "../core/format.js";
import { eventValues, type EventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import { sortKey } from "./collation.js";
import type { Column } from "./column.js";

/** What is known of events (`directed`: it was asked who did it to whom), who reports them in the articles that `shown` counts, and the first sentence that does; columns without a value are left out. */
export function eventColumns(graph: Graph, shown: ShownNumbers, directed: boolean): Column[] {
  const of = (row: number): EventValues => eventValues(graph, row) as EventValues;
  const text = (name: string, label: string, value: (row: number) => string): Column => ({ name, label, key: (row) => sortKey(value(row)), text: value });
  const number = (name: string, label: string, value: (row: number) => number | null, written: (row: number) => string): Column =>
    ({ name, label, numeric: true, key: (row) => value(row) ?? NaN, text: written, plain: (row) => String(value(row) ?? "") });
  const { events } = graph.core;
  const has = (values: readonly unknown[]): boolean => values.some((value) => value !== null && value !== 0);
  return [
    ...(has(events.amount) ? [number("amount", "Amount", (row) => of(row).amount, (row) => amountWords(of(row)))] : []),
    // what is said and by whom, before what the name of the event says as well
    ...(graph.core.complete ? [
      { ...text("sentence", "First sentence", (row) => firstSentence(graph, shown, row)), wide: true, late: true },
      { ...text("outlets", "Outlets", (row) => outletsOf(graph, shown, row)), wide: true },
    ] : []),
    text("type", "Type", (row) => of(row).type.label),
    text("status", "Status", (row) => words(of(row).status)),
    { ...text("roles", "Who and what", (row) => rolesIn(graph, row, directed)), wide: true, late: true },
    ...(has(events.part) ? [{ ...text("part", "Part", (row) => of(row).part), wide: true }] : []),
    ...(has(events.amount) ? [text("currency", "Currency", (row) => of(row).currency ?? ""), text("of", "Amount of", (row) => of(row).amountOf)] : []),
    ...(has(events.percent) ? [number("percent", "Percent", (row) => of(row).percent, (row) => percentWords(of(row)))] : []),
    ...(has(events.count) ? [number("count", "Number", (row) => of(row).count, (row) => (of(row).count === null ? "" : count(of(row).count as number)))] : []),
    ...(has(events.disputed) ? [text("disputed", "Disputed", (row) => (of(row).disputed ? "sources disagree" : ""))] : []),
    ...(has(events.background) ? [text("background", "Background", (row) => (of(row).background ? KNOWN_BEFORE : ""))] : []),
  ];
}

/** "acquirer: Toyota; seller: Lyft", in the order of the event's panel; words without a node are known when the texts are there. */
function rolesIn(graph: Graph, event: number, directed: boolean): string {
  const found = new Map<string, string[]>();
  const add = (role: string, name: string): unknown => found.set(role, [...(found.get(role) ?? []), name]);
  for (const [other, roles] of graph.rolesAt(event)) for (const role of roles) add(role, graph.label(other));
  for (const [role, name] of graph.textsNow?.details(event).roles ?? []) add(role, name);
  const order = graph.core.roles;
  return [...found].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other)).map(([role, names]) => `${role}: ${names.join(", ")}`).join("; ")
    + (directed && graph.textsNow && [...found.values()].flat().length < 2 ? "; other side not stated" : "");
}

/** Who published the articles that report an event, the first to do so first. */
function outletsOf(graph: Graph, shown: ShownNumbers, event: number): string {
  return [...new Set(shown.articlesOf(event).flatMap((article) => graph.across(article, "published_by", "out")))].map((provider) => graph.label(provider)).join(", ");
}

/** What the first of these articles says of it; "" until the texts are there. */
function firstSentence(graph: Graph, shown: ShownNumbers, event: number): string {
  const { textsNow } = graph;
  if (!textsNow) return "";
  const edges = graph.edgesOf(event, "tells", "in").filter((edge) => shown.passes(graph.source[edge] as number)).sort((one, other) => (graph.source[one] as number) - (graph.source[other] as number));
  for (const edge of edges) {
    const [first] = textsNow.evidence(edge);
    if (first) return oneLine(first.sentence, 400);
  }
  return "";
}
