/** The columns that only events have. */

import { amountWords, KNOWN_BEFORE, percentWords } from "../core/event_words.js";
import { count, words } from "../core/format.js";
import { eventValues, type EventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import { sortKey } from "./collation.js";
import type { Column } from "./column.js";

export function eventColumns(graph: Graph): Column[] {
  const of = (row: number): EventValues => eventValues(graph, row) as EventValues;
  const text = (name: string, label: string, value: (row: number) => string): Column => ({ name, label, key: (row) => sortKey(value(row)), text: value });
  const number = (name: string, label: string, value: (row: number) => number | null, shown: (row: number) => string): Column =>
    ({ name, label, numeric: true, key: (row) => value(row) ?? NaN, text: shown, plain: (row) => String(value(row) ?? "") });
  return [
    text("type", "Type", (row) => of(row).type.label),
    text("status", "Status", (row) => words(of(row).status)),
    { ...text("roles", "Who and what", (row) => rolesIn(graph, row)), wide: true, late: true },
    { ...text("part", "Part", (row) => of(row).part), wide: true },
    number("amount", "Amount", (row) => of(row).amount, (row) => amountWords(of(row))),
    text("currency", "Currency", (row) => of(row).currency ?? ""),
    text("of", "Amount of", (row) => of(row).amountOf),
    number("percent", "Percent", (row) => of(row).percent, (row) => percentWords(of(row))),
    number("count", "Number", (row) => of(row).count, (row) => of(row).count === null ? "" : count(of(row).count as number)),
    text("background", "Background", (row) => (of(row).background ? KNOWN_BEFORE : "")),
  ];
}

/** "acquirer: Toyota; seller: Lyft", in the order of the event's panel; words without a node are known when the texts are there. */
function rolesIn(graph: Graph, event: number): string {
  const found = new Map<string, string[]>();
  const add = (role: string, name: string): unknown => found.set(role, [...(found.get(role) ?? []), name]);
  for (const [other, roles] of graph.rolesAt(event)) for (const role of roles) add(role, graph.label(other));
  for (const [role, name] of graph.textsNow?.details(event).roles ?? []) add(role, name);
  const order = graph.core.roles;
  return [...found].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other)).map(([role, names]) => `${role}: ${names.join(", ")}`).join("; ");
}
