/** Which nodes the filters let through. */

import { daysOf } from "./event_values.js";
import type { Graph } from "./graph.js";
import type { Filters, Store } from "./state.js";

/** Kinds that are shown until somebody asks for others. */
export const FIRST_KINDS: readonly string[] = ["company", "event", "story", "topic", "organisation"];

/** Kinds that newsgraph infers from what documents say: only these can be more or less sure. */
const INFERRED: readonly string[] = ["company", "event", "story", "organisation", "person", "product", "place"];

/** What the filters leave. */
export interface FilterResult {
  /** One value a node: 1 where it is shown. */
  mask: Uint8Array;
  /** One value a node: 1 where it passes all filters but the one by kind. */
  pass: Uint8Array;
  /** For each kind how many pass all filters but the one by kind. */
  counts: number[];
  /** Nodes shown, of all. */
  shown: number;
  /** Things of the kinds shown that only drop out because nothing dates them. */
  undated: number;
}

// What is asked of a thing or of one of its articles; an article must have all that the thing itself has not.
const TOPIC = 1, PROVIDER = 2, DATE = 4;

/** A function that returns the mask of the current filters; the same array as long as they stay. */
export function storeMask(graph: Graph, store: Store): () => Uint8Array {
  return () => filterNodes(graph, store.state.filters).mask;
}

export function maskOf(graph: Graph, filters: Filters): Uint8Array {
  return filterNodes(graph, filters).mask;
}

const last = new WeakMap<Graph, { filters: Filters; key: string; result: FilterResult }>();

/** Sift the nodes; the same value for equal filters asked again. */
export function filterNodes(graph: Graph, filters: Filters): FilterResult {
  const known = last.get(graph);
  if (known?.filters === filters) return known.result;
  const key = JSON.stringify(filters);
  const result = known?.key === key ? known.result : make(graph, filters);
  last.set(graph, { filters, key, result });
  return result;
}

function make(graph: Graph, filters: Filters): FilterResult {
  const { kinds } = graph.core;
  const pass = passing(graph, filters);
  const ranged = filters.from !== null || filters.until !== null;
  const always = ranged ? passing(graph, { ...filters, from: null, until: null }) : pass;
  const dated = ranged ? datedOf(graph) : null;
  const wanted = filters.kinds ?? FIRST_KINDS;
  const on = kinds.map(({ name }) => wanted.includes(name));
  const mask = new Uint8Array(graph.size);
  const counts = kinds.map(() => 0);
  let shown = 0, undated = 0;
  for (let node = 0; node < graph.size; node++) {
    const kind = graph.kindOf[node] as number;
    if (pass[node] === 1) {
      counts[kind]!++;
      if (on[kind]) shown += mask[node] = 1;
    } else if (dated && on[kind] && always[node] === 1 && dated[node] === 0) undated++;
  }
  return { mask, pass, counts, shown, undated };
}

/** All filters but the one by kind. */
function passing(graph: Graph, filters: Filters): Uint8Array {
  const pass = new Uint8Array(graph.size).fill(1);
  sure(graph, filters, pass);
  news(graph, filters, pass);
  told(graph, filters, pass);
  happened(graph, filters, pass);
  for (const iri of filters.hidden) {
    const node = graph.byIri(iri);
    if (node !== undefined) pass[node] = 0;
  }
  return pass;
}

/** Confidence and origins: what is declared has no confidence, and passes. Events may be asked for more than all other things. */
function sure(graph: Graph, { confidence, eventConfidence, origins }: Filters, pass: Uint8Array): void {
  if (!confidence && !eventConfidence && !origins) return;
  const { nodes } = graph.core;
  for (const kind of INFERRED) {
    const [first, past] = graph.range(kind);
    const least = kind === "event" ? Math.max(confidence, eventConfidence) : confidence;
    for (let node = first; node < past; node++) {
      if ((nodes.confidence[node] ?? 100) < least || (nodes.origins[node] ?? 0) < origins) pass[node] = 0;
    }
  }
}

/** Events that were known from before drop out where only news is asked for; who took part in them stays. */
function news(graph: Graph, { background }: Filters, pass: Uint8Array): void {
  if (background) return;
  const [first] = graph.range("event");
  graph.core.events.background.forEach((known, at) => {
    if (known) pass[first + at] = 0;
  });
}

/**
 * Topics, providers and dates: a thing stays if it, or one of its articles, has what is asked. Of one article all is asked at once:
 * "reported by Reuters in May" is an article by Reuters in May, not one by Reuters and another in May. An event counts by its own day, or any
 * day of its month or year where no more is known.
 * Of topics and providers only the chosen ones stay.
 */
function told(graph: Graph, filters: Filters, pass: Uint8Array): void {
  const asked = (filters.topics.length ? TOPIC : 0) | (filters.providers.length ? PROVIDER : 0) | (filters.from !== null || filters.until !== null ? DATE : 0);
  if (!asked) return;
  const has = new Uint8Array(graph.size);
  const chosen = new Set<number>();
  for (const [iris, bit] of [[filters.topics, TOPIC], [filters.providers, PROVIDER]] as const) {
    for (const iri of iris) {
      const node = graph.byIri(iri);
      if (node === undefined) continue;
      chosen.add(node);
      graph.eachEdge(node, (_, other) => void (has[other]! |= bit));
    }
  }
  const from = filters.from ?? -Infinity, until = filters.until ?? Infinity;
  for (let node = 0; node < graph.size; node++) {
    const own = daysOf(graph, node);
    if (own !== null && own[1] >= from && own[0] <= until) has[node]! |= DATE;
  }
  const fits = new Uint8Array(graph.size);
  for (let node = 0; node < graph.size; node++) if (((has[node] as number) & asked) === asked) fits[node] = 1;
  const [firstEvent, pastEvent] = graph.range("event");
  eachTelling(graph, (thing, article) => {
    const open = asked & ~(has[thing] as number);
    if (open & DATE && thing >= firstEvent && thing < pastEvent) return;
    if (((has[article] as number) & open) === open) fits[thing] = 1;
  });
  for (const [kind, bit] of [["topic", TOPIC], ["provider", PROVIDER]] as const) {
    const [first, past] = graph.range(kind);
    if (asked & bit) for (let node = first; node < past; node++) fits[node] = chosen.has(node) ? 1 : 0;
  }
  for (let node = 0; node < graph.size; node++) if (fits[node] === 0) pass[node] = 0;
}

/** Call with every edge between an article and something else; where articles are not here, with the events and stories of a thing. */
function eachTelling(graph: Graph, visit: (thing: number, article: number) => void): void {
  if (graph.core.together) {
    for (const kind of ["event", "story"]) {
      const [first, past] = graph.range(kind);
      for (let one = first; one < past; one++) {
        for (const thing of graph.together(one).keys()) visit(thing, one);
        graph.eachEdge(one, (_, thing) => visit(thing, one));
      }
    }
    return;
  }
  const [first, past] = graph.range("article");
  for (let edge = 0; edge < graph.source.length; edge++) {
    const source = graph.source[edge] as number, target = graph.target[edge] as number;
    const from = source >= first && source < past, to = target >= first && target < past;
    if (from && !to) visit(target, source);
    else if (to && !from) visit(source, target);
  }
}

const dates = new WeakMap<Graph, Uint8Array>();

/** 1 for each node that has a day, its own or that of one of its articles. */
function datedOf(graph: Graph): Uint8Array {
  let dated = dates.get(graph);
  if (!dated) {
    const made = Uint8Array.from(graph.core.nodes.day, (day) => (day === null ? 0 : 1));
    const [firstEvent, pastEvent] = graph.range("event");
    eachTelling(graph, (thing, article) => {
      if (thing < firstEvent || thing >= pastEvent) made[thing]! |= made[article] as number;
    });
    dates.set(graph, (dated = made));
  }
  return dated;
}

/** Type and status: events of the kind asked; and stories, companies and articles that have one of those left. */
function happened(graph: Graph, { types, statuses }: Filters, pass: Uint8Array): void {
  if (!types.length && !statuses.length) return;
  const { events, eventTypes, statuses: names } = graph.core;
  const [firstEvent, pastEvent] = graph.range("event");
  const left = new Uint8Array(graph.size);
  for (let event = firstEvent; event < pastEvent; event++) {
    const at = event - firstEvent;
    const type = eventTypes[events.type[at] as number]?.name ?? "";
    const status = names[events.status[at] as number] ?? "";
    if ((types.length && !types.includes(type)) || (statuses.length && !statuses.includes(status))) pass[event] = 0;
    left[event] = pass[event] as number;
    if (pass[event] === 1) graph.eachEdge(event, (_, other) => void (left[other] = 1));
  }
  const [firstStory, pastStory] = graph.range("story");
  eachTelling(graph, (thing, article) => {
    if (left[article] === 1 && thing >= firstStory && thing < pastStory) left[thing] = 1; // a story has the events that its articles tell of
  });
  for (const kind of ["story", "company", "article"]) {
    const [first, past] = graph.range(kind);
    for (let node = first; node < past; node++) if (left[node] === 0) pass[node] = 0;
  }
}
