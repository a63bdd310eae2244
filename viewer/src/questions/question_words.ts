/** A question in words, as the page understood it. */

import { filterWords, typeNames } from "../core/filter_words.js";
import type { Graph } from "../data/graph.js";
import { START } from "../data/state.js";
import { answering } from "./as_filters.js";
import { MOST, type Question } from "./phrase.js";

/** "Acquisitions: 2021, over $1B". */
export function questionWords(graph: Graph, question: Question): string {
  const { subject, things, order, called, opens, missed } = question;
  if (opens) return graph.label(things[0] as number) + (missed ? `, whatever “${missed}” asks` : "");
  if (called) return `People called “${called}”`;
  const filters = { ...START.filters, ...answering(graph, START, question).filters };
  const names = subject?.kind === "event" ? typeNames(graph, filters.types).join(", ") : "";
  const kind = graph.kindNamed(subject?.kind)?.plural ?? "Events";
  const what = subject ? [{ "-amount": "Largest", amount: "Smallest", date: "First" }[order], names || kind, order === MOST ? "with most events" : ""].filter(Boolean).join(" ") : `Compare ${things.map((thing) => graph.label(thing)).join(" and ")}`;
  return [what, filterWords(graph, names ? { ...filters, types: [] } : filters).join(", ").replace(`${kind.toLowerCase()} with `, "")].filter(Boolean).join(": ");
}
