/** A question as what the page shows: filters, the list of the table and its order. */

import { DISPUTED } from "../data/filter_mask.js";
import type { Graph } from "../data/graph.js";
import { cleared, START, type Filters, type State } from "../data/state.js";
import { MOST, type Question } from "./phrase.js";

const FIELDS: Readonly<Record<string, "topics" | "providers">> = { topic: "topics", provider: "providers" };

/** The change of the state that answers a question in the table; what is hidden stays so, all other filters are those of the question. */
export function answering(graph: Graph, state: State, question: Question): Partial<State> {
  const { subject, things, least, most, currency, beyond, bounds, from, until, statuses, words, missed, order, called, opens } = question;
  const bare = cleared(state.filters);
  if (opens) return { node: graph.iri(things[0] as number), edge: null, to: null };
  if (!subject) return { view: "set", node: null, edge: null, to: null, filters: { ...bare, from, until }, work: { ...state.work, set: things.map((thing) => graph.iri(thing) ?? "") } };
  const as = [...question.roles].map(([thing, roles]) => [graph.iri(thing) ?? "", ...roles]);
  const filters: Filters = { ...bare, as, types: subject.types, statuses, least, most, currency, beyond, bounds, from, until, words, missed };
  const lists: Record<string, string[]> = {};
  for (const thing of things) {
    const kind = graph.kind(thing).name, field = FIELDS[kind];
    // a filter by several topics asks for any of them, but a question for all
    (lists[field && !lists[field] && subject.kind !== kind ? field : "with"] ??= []).push(graph.iri(thing) ?? "");
  }
  const sort = subject.kind !== "event" ? (subject.kind === "article" ? (order === "date" ? order : "-date") : order === MOST ? MOST : "-articles") : order || (statuses.includes(DISPUTED) ? DISPUTED : least !== null ? "-amount" : "-date");
  return { view: "table", node: null, edge: null, to: null, filters: { ...filters, topics: lists["topics"] ?? [], providers: lists["providers"] ?? [], things: lists["with"] ?? [] }, table: { ...START.table, list: subject.kind, sort, text: called } };
}

/** The change that lists the articles with some words, each with the passage that has them. */
export const showingWords = (state: State, words: string): Partial<State> => ({
  view: "table", node: null, edge: null, to: null,
  filters: { ...cleared(state.filters), words }, table: { ...START.table, list: "article", sort: "-date" },
});
