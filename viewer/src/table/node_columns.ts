/** The columns of each kind of node. */

import type { App } from "../core/app.js";
import { dayWords, isoWhen } from "../core/event_words.js";
import { count, isoDay, percent, shortDate } from "../core/format.js";
import type { Graph } from "../data/graph.js";
import { matchSpans } from "../data/name_search.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import { textIndexNow } from "../data/text_index.js";
import { sortKey, labelKey } from "./collation.js";
import type { Column } from "./column.js";
import { eventColumns } from "./event_columns.js";

export function nodeColumns(app: App, kind: string, shown: ShownNumbers): Column[] {
  const { graph } = app;
  const { nodes } = graph.core;
  const name = label(app, kind === "event" || kind === "article" ? (kind === "event" ? "Event" : "Headline") : "Name");
  const day = dayColumn(graph, kind === "event" ? "When" : "Date", (row) => row);
  const articles = numbers("articles", "Articles", (row) => shown.articles(row));
  const origins = numbers("origins", "Independent", (row) => shown.origins(row));
  const outlets = numbers("outlets", "Outlets", (row) => shown.outlets(row));
  const sure: Column = { ...numbers("confidence", "Confidence", (row) => nodes.confidence[row]), text: (row) => (nodes.confidence[row] == null ? "" : percent(nodes.confidence[row] as number)) };
  const first = days("first", "First seen", (row) => shown.days(row)?.[0]);
  const last = days("last", "Last seen", (row) => shown.days(row)?.[1]);
  if (kind === "event") return [name, day, ...eventColumns(graph, shown, app.store.state.filters.as.length > 0), articles, origins, sure];
  if (kind === "article") return [name, day, ...passages(app), far(app, "provider", "Provider", "published_by"), far(app, "story", "Story", "part_of_story")];
  if (kind === "story") return [name, first, last, articles, ...(graph.core.complete ? [outlets] : []), origins];
  if (kind === "provider") return [name, articles, first, last];
  if (kind === "topic") return [name, articles, far(app, "broader", "Narrower than", "broader"), first, last];
  const also = aliases(app);
  return [
    name,
    numbers("events", "Events", (row) => shown.events(row)),
    ...(kind === "product" ? [far(app, "maker", "Maker", "made_by")] : kind === "person" ? [far(app, "employer", "Works for", "works_for"), { ...words_("posts", "Called", (row) => postsOf(graph, row)), wide: true, late: true }] : []),
    articles, origins, first, last, sure,
    ...(kind === "product" ? [] : [{ ...words_("also", "Also called", (row) => also.get(row) ?? ""), wide: true }]),
  ];
}

/** "CEO of Acme; director": what articles call a person, which is all that is known of one as facts; "" until the texts are there. */
const postsOf = (graph: Graph, person: number): string => (graph.textsNow?.details(person).facts ?? []).map(([, post]) => post).join("; ");

/** Whether what articles call a person, and for whom it works, has all words of a folded text. */
export function isCalled(graph: Graph, person: number, text: string): boolean {
  const posts = sortKey([postsOf(graph, person), ...graph.across(person, "works_for", "out").map((one) => graph.label(one))].join(" "));
  return text.split(" ").every((word) => posts.includes(word));
}

/** Where articles are asked for by words: what has the words. */
function passages(app: App): Column[] {
  const { words } = app.store.state.filters;
  const index = words ? textIndexNow(app.graph) : null;
  if (!index) return [];
  const mended = index.having(words).words;
  return [{ ...words_("passage", "Sentence", (row) => around(index.best(row, mended).text, mended.join(" "))), marked: mended.join(" ") }];
}

const BEFORE = 140; // letters of a long text before the words asked

function around(text: string, words: string): string {
  const from = Math.max(0, (matchSpans(text, words)[0]?.[0] ?? 0) - BEFORE);
  return from ? `… ${text.slice(from)}` : text;
}

function label(app: App, title: string): Column {
  return { name: "name", label: title, key: (row) => labelKey(app.graph, row), text: (row) => app.graph.label(row), node: (row) => row };
}

export function words_(name: string, title: string, value: (row: number) => string): Column {
  return { name, label: title, key: (row) => sortKey(value(row)), text: value };
}

export function numbers(name: string, title: string, value: (row: number) => number | null | undefined): Column {
  return {
    name, label: title, numeric: true,
    key: (row) => value(row) ?? NaN,
    text: (row) => (value(row) == null ? "" : count(value(row) as number)),
    plain: (row) => (value(row) == null ? "" : String(value(row))),
  };
}

function days(name: string, title: string, value: (row: number) => number | null | undefined): Column {
  const known = (row: number): number | null => {
    const day = value(row);
    return day == null || Number.isNaN(day) ? null : day;
  };
  const told = (row: number, write: (day: number) => string): string => (known(row) === null ? "" : write(known(row) as number));
  return { name, label: title, numeric: true, key: (row) => known(row) ?? NaN, text: (row) => told(row, shortDate), plain: (row) => told(row, isoDay) };
}

/** The day of the thing that `node` gives for a row, as exact as it is known. */
export function dayColumn(graph: Graph, title: string, node: (row: number) => number): Column {
  return {
    name: "date", label: title, numeric: true,
    key: (row) => graph.core.nodes.day[node(row)] ?? NaN,
    text: (row) => dayWords(graph, node(row), true),
    plain: (row) => isoWhen(graph, node(row)),
  };
}

/** The thing at the far end of the first edge of a kind. */
function far(app: App, name: string, title: string, edge: string): Column {
  const { graph } = app;
  const ends = new Map<number, number>();
  const found = (row: number): number => {
    const known = ends.get(row) ?? graph.across(row, edge, "out")[0] ?? -1;
    ends.set(row, known);
    return known;
  };
  return {
    name, label: title,
    key: (row) => (found(row) < 0 ? "" : labelKey(graph, found(row))),
    text: (row) => (found(row) < 0 ? "" : graph.label(found(row))),
    node: found,
  };
}

/** Other names and tickers of nodes, with commas. */
export function aliases(app: App): Map<number, string> {
  const { node, names } = app.graph.core.names;
  return new Map(node.map((one, at) => [one, (names[at] ?? "").split("|").filter(Boolean).join(", ")]));
}
