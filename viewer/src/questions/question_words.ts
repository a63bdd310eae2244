/** A question in words, as the page understood it. */

import { filterWords } from "../core/filter_words.js";
import type { Graph } from "../data/graph.js";
import { START } from "../data/state.js";
import { answering } from "./as_filters.js";
import type { Question } from "./phrase.js";

/** "Acquisitions: 2021, over $1B". */
export function questionWords(graph: Graph, question: Question): string {
  const { subject, things, largest, disputed } = question;
  if (!subject) return `Compare ${things.map((thing) => graph.label(thing)).join(" and ")}`;
  const { filters } = answering(graph, START, question);
  const [type = "", ...others] = subject.types.map((name) => graph.core.eventTypes.find((one) => one.name === name)?.label ?? name);
  const kind = graph.core.kinds.find((one) => one.name === subject.kind)?.plural ?? "Events";
  const what = [disputed ? "Disputed" : largest ? "Largest" : "", !type ? kind : others.length ? [type, ...others].join(", ") : type].filter(Boolean).join(" ");
  return [what, filterWords(graph, { ...START.filters, ...filters, types: [] }).join(", ")].filter(Boolean).join(": ");
}
