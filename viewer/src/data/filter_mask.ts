/** Which nodes the filters let through. */

import { asksArticles, asksEvents, eventBounds, UNITS } from "./active_filters.js";
import { articleIndex } from "./article_index.js";
import { datedOf, eachTelling } from "./dated_nodes.js";
import { daysOf } from "./event_values.js";
import type { Graph } from "./graph.js";
import type { Filters, Store } from "./state.js";
import { textIndexNow } from "./text_index.js";

/** Kinds that are shown until somebody asks for others. */
export const FIRST_KINDS: readonly string[] = ["company", "event", "story", "topic", "organisation"];

/** Kinds that newsgraph infers from what documents say: only these can be more or less sure. */
const INFERRED: readonly string[] = ["company", "event", "story", "organisation", "person", "product", "place"];

/** What the filters leave. */
export interface FilterResult {
  /** One value a node: 1 where it is shown. */
  mask: Uint8Array;
  /** One value a node: 1 where it passes all filters but the one by kind; of articles those that everything is counted over. */
  pass: Uint8Array;
  /** For each kind how many pass all filters but the one by kind. */
  counts: number[];
  /** Nodes shown, of all. */
  shown: number;
  /** Things of the kinds shown that only drop out because nothing dates them. */
  undated: number;
}

/** A function that returns the mask of the current filters; the same array as long as they stay. */
export function storeMask(graph: Graph, store: Store): () => Uint8Array {
  return () => filterNodes(graph, store.state.filters).mask;
}

export function maskOf(graph: Graph, filters: Filters): Uint8Array {
  return filterNodes(graph, filters).mask;
}

const KEPT = 8; // of a few filters asked in turn, as the numbers beside each choice are
const made = new WeakMap<Graph, { key: string; result: FilterResult }[]>();
const keys = new WeakMap<Filters, string>();

/** Until the texts are read, all articles have the words asked. */
const isUnread = (graph: Graph, { words }: Filters): boolean => words !== "" && !textIndexNow(graph);

/** Sift the nodes; the same value for equal filters asked again. */
export function filterNodes(graph: Graph, filters: Filters): FilterResult {
  let key = keys.get(filters);
  if (key === undefined) {
    key = JSON.stringify(filters);
    if (isUnread(graph, filters)) key += "unread";
    else keys.set(filters, key);
  }
  const known = made.get(graph) ?? [];
  const found = known.find((one) => one.key === key);
  if (found) return found.result;
  const result = make(graph, filters);
  made.set(graph, [{ key, result }, ...known.slice(0, KEPT - 1)]);
  return result;
}

const passes = new WeakMap<Graph, { key: string; pass: Uint8Array }[]>();

/** What passes all filters but the one by kind; the same array for equal ones, whichever kinds are ticked. */
function passOf(graph: Graph, filters: Filters): Uint8Array {
  const key = JSON.stringify([{ ...filters, kinds: null }, isUnread(graph, filters)]);
  const known = passes.get(graph) ?? [];
  const found = known.find((one) => one.key === key);
  if (found) return found.pass;
  const pass = passing(graph, filters);
  passes.set(graph, [{ key, pass }, ...known.slice(0, KEPT - 1)]);
  return pass;
}

function make(graph: Graph, filters: Filters): FilterResult {
  const { kinds } = graph.core;
  const pass = passOf(graph, filters);
  const ranged = filters.from !== null || filters.until !== null;
  const always = ranged ? passOf(graph, { ...filters, from: null, until: null }) : pass;
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

/**
 * All filters but the one by kind. First the articles: of one article all is asked at once, "by Reuters in May" is no article by Reuters and
 * another in May. An event counts by its own day, or any day of its month or year where no more is known, and by the topics and providers
 * of its articles. Where a type or a status is asked, articles that report no such event drop out. Everything else stays where one of its
 * articles is left.
 */
function passing(graph: Graph, filters: Filters): Uint8Array {
  const pass = new Uint8Array(graph.size).fill(1);
  const asked = asksArticles(filters);
  if (asked && !graph.core.complete) withoutArticles(graph, filters, pass);
  else if (asked) {
    byDay(graph, filters, tellersOf(graph, filters), pass);
    parties(graph, filters, pass);
    sure(graph, filters, "event", pass);
    happened(graph, filters, pass);
    if (asksEvents(filters)) reporting(graph, pass);
    rest(graph, filters, pass);
  }
  related(graph, filters, pass);
  for (const kind of INFERRED) sure(graph, filters, kind, pass);
  if (!filters.background) news(graph, pass);
  for (const iri of filters.hidden) pass[graph.byIri(iri) ?? -1] = 0; // writing to -1 does nothing
  numbered(graph, filters, pass);
  return pass;
}

/** 1 for each article that has one of the topics, one of the providers, all of the things and all of the words asked; null where none is asked. */
function tellersOf(graph: Graph, filters: Filters): Uint8Array | null {
  const { topics, providers, things, words } = filters;
  if (!topics.length && !providers.length && !things.length && !words) return null;
  const fits = new Uint8Array(graph.size).fill(1);
  const index = words ? textIndexNow(graph) : null;
  if (index) {
    fits.fill(0);
    for (const article of index.having(words).articles) fits[article] = 1;
  }
  for (const iris of [topics, providers, ...things.map((thing) => [thing])]) {
    if (!iris.length) continue;
    const has = new Uint8Array(graph.size);
    for (const iri of iris) {
      const node = graph.byIri(iri);
      if (node === undefined) continue;
      for (const one of [node, ...(relatives(graph, filters, iri) ?? [])]) graph.eachEdge(one, (_, other) => void (has[other] = 1));
    }
    for (let node = 0; node < graph.size; node++) fits[node]! &= has[node] as number;
  }
  return fits;
}

/** Articles by topic, provider and day; events by their own day and the topics and providers of their articles. */
function byDay(graph: Graph, filters: Filters, sources: Uint8Array | null, pass: Uint8Array): void {
  const from = filters.from ?? -Infinity, until = filters.until ?? Infinity;
  const ranged = filters.from !== null || filters.until !== null;
  const { starts, articles, firstArticle } = articleIndex(graph);
  for (const kind of ["article", "event"]) {
    const [first, past] = graph.range(kind);
    for (let node = first; node < past; node++) {
      const days = ranged ? daysOf(graph, node) : null;
      if (ranged && (days === null || days[1] < from || days[0] > until)) pass[node] = 0;
      else if (sources && kind === "article") pass[node] = sources[node] as number;
      else if (sources) {
        let told = 0;
        for (let at = starts[node] as number; at < (starts[node + 1] as number); at++) told |= sources[firstArticle + (articles[at] as number)] as number;
        pass[node] = told;
      }
    }
  }
}

/** What a thing is linked to by the relations that are asked by one of its roles: "maker", "supplier". */
export const linkedBy = (graph: Graph, thing: number, role: string): number[] =>
  graph.core.askedLinks.flatMap((one) => (one.role === role ? one.links : [])).flatMap((link) => graph.across(thing, link.slice(1), link[0] === "<" ? "in" : "out"));

/** What is asked of a thing by a relation: its products, its customers; null where it is not asked so. */
function relatives(graph: Graph, { as }: Filters, iri: string): number[] | null {
  const role = as.find(([one, role]) => one === iri && graph.core.askedLinks.some((link) => link.role === role))?.[1];
  return role ? linkedBy(graph, graph.byIri(iri) ?? -1, role) : null;
}

/** Things of the kinds asked that are not related so to the things asked. */
function related(graph: Graph, filters: Filters, pass: Uint8Array): void {
  for (const iri of filters.things) {
    const its = relatives(graph, filters, iri);
    const kinds = its?.length ? its.map((one) => graph.kindOf[one]) : [graph.kindOf[graph.byIri(iri) ?? -1]];
    for (let node = 0; its && node < graph.size; node++) if (kinds.includes(graph.kindOf[node]) && !its.includes(node)) pass[node] = 0;
  }
}

const PARTIES: readonly string[] = ["company", "organisation", "person", "product", "place"];

/** Events that have no part in the things asked, where these can be parties, or not by a role that is asked. */
function parties(graph: Graph, filters: Filters, pass: Uint8Array): void {
  const { things, as } = filters;
  const [first, past] = graph.range("event");
  for (const iri of things) {
    const thing = graph.byIri(iri) ?? -1;
    if (thing < 0 || !PARTIES.includes(graph.kind(thing).name) || relatives(graph, filters, iri)) continue;
    const its = graph.rolesAt(thing), asked = as.find(([one]) => one === iri);
    for (let event = first; event < past; event++) if (!its.get(event)?.some((role) => !asked || asked.includes(role))) pass[event] = 0;
  }
}

/** Of the articles left those that report an event that is left; companies that take part in none drop out. */
function reporting(graph: Graph, pass: Uint8Array): void {
  const [firstEvent, pastEvent] = graph.range("event");
  const left = new Uint8Array(graph.size);
  for (let event = firstEvent; event < pastEvent; event++) if (pass[event]) graph.eachEdge(event, (_, other) => void (left[other] = 1));
  for (const kind of ["company", "article"]) {
    const [first, past] = graph.range(kind);
    for (let node = first; node < past; node++) if (left[node] === 0) pass[node] = 0;
  }
}

/** What is neither article nor event stays with its articles; companies that a filter by type has left stay. Of topics and providers only those chosen do. */
function rest(graph: Graph, filters: Filters, pass: Uint8Array): void {
  const { starts, articles, firstArticle } = articleIndex(graph);
  const byType = asksEvents(filters);
  const chosen = new Set([...filters.topics, ...filters.providers].map((iri) => graph.byIri(iri)));
  for (const { name } of graph.core.kinds) {
    if (name === "article" || name === "event" || (byType && name === "company")) continue;
    const only = (name === "topic" && filters.topics.length > 0) || (name === "provider" && filters.providers.length > 0);
    const [first, past] = graph.range(name);
    for (let node = first; node < past; node++) {
      let told = 0;
      for (let at = starts[node] as number; at < (starts[node + 1] as number) && !told; at++) told = pass[firstArticle + (articles[at] as number)] as number;
      pass[node] = only ? Number(chosen.has(node)) : told;
    }
  }
}

/** Confidence and origins of one kind: what is declared has no confidence, and passes. Events may be asked for more than all other things. */
function sure(graph: Graph, { confidence, eventConfidence, origins }: Filters, kind: string, pass: Uint8Array): void {
  const [first, past] = graph.range(kind);
  const least = kind === "event" ? Math.max(confidence, eventConfidence) : confidence;
  if (!least && origins < 2) return;
  const { nodes } = graph.core;
  for (let node = first; node < past; node++) {
    if ((nodes.confidence[node] ?? 100) < least || (origins > 1 && pass[node] && howMany(graph, node, pass, "origins") < origins)) pass[node] = 0;
  }
}

/** Kinds of which articles, and not parties, say what belongs to them. */
const TELLING: readonly string[] = ["story", "topic", "provider", "article"];

/** How many articles, outlets, independent origins, events or things of a kind of a node pass. A page without articles knows only all that there were. */
function howMany(graph: Graph, node: number, pass: Uint8Array, what: string): number {
  const { starts, articles, firstArticle, origin, provider, eventStarts, events } = articleIndex(graph);
  const { name } = graph.kind(node), told = TELLING.includes(name);
  if (what === "events" && !told) return events.subarray(eventStarts[node], eventStarts[node + 1]).filter((event) => pass[event]).length;
  const { nodes, complete } = graph.core;
  if (!complete) return nodes[what === "origins" ? what : "articles"][node] ?? 0;
  const its = articles.subarray(starts[node], starts[node + 1]).filter((article) => pass[firstArticle + article]);
  if (!/^(?:articles|outlets|origins)$/.test(what)) {
    const wanted = what === "events" ? "event" : what, seen = new Set<number>();
    const from = graph.isArticle(node) || (name === "event" && PARTIES.includes(wanted)) ? [node] : Array.from(its, (article) => firstArticle + article);
    for (const one of from) graph.eachEdge(one, (_, other) => void (pass[other] && other !== node && graph.kind(other).name === wanted && seen.add(other)));
    return seen.size;
  }
  const values = what === "origins" ? origin : provider;
  return what === "articles" ? its.length : new Set(its.map((article) => values[article] as number).filter((value) => value >= 0)).size;
}

/** Things of a kind of whose articles, outlets, origins or events fewer or more pass than is asked. */
function numbered(graph: Graph, { bounds }: Filters, pass: Uint8Array): void {
  for (const [kind = "", what = "", ...ends] of bounds) {
    if (UNITS.includes(what)) continue;
    const [first, past] = graph.range(kind);
    for (let node = first; node < past; node++) if (pass[node] && !within(howMany(graph, node, pass, what), ends)) pass[node] = 0;
  }
}

/** Whether a number is known and lies in bounds, of which "" is none. */
const within = (value: number | null, [least = "", most = ""]: readonly string[]): boolean => value !== null && value >= Number(least) && (!most || value <= Number(most));

/** Events that were known from before drop out where only news is asked for; who took part in them stays. */
function news(graph: Graph, pass: Uint8Array): void {
  const [first] = graph.range("event");
  graph.core.events.background.forEach((known, at) => {
    if (known) pass[first + at] = 0;
  });
}

/** Beside the statuses of events: those on which articles disagree. */
export const DISPUTED = "disputed";
/** And those whose amount no article states. */
export const UNPRICED = "no amount";

/** Events of other types, statuses and amounts than those asked. */
function happened(graph: Graph, filters: Filters, pass: Uint8Array): void {
  const { types, statuses, background, least, most, currency, beyond } = filters, numbers = eventBounds(filters);
  const { events, eventTypes, statuses: names } = graph.core;
  const [first, past] = graph.range("event");
  const disputed = statuses.includes(DISPUTED), unpriced = statuses.includes(UNPRICED), stages = statuses.filter((name) => name !== DISPUTED && name !== UNPRICED);
  for (let event = first; event < past; event++) {
    const at = event - first;
    if (disputed && !events.disputed[at]) pass[event] = 0;
    const { name: type = "", counted = "" } = eventTypes[events.type[at] as number] ?? {};
    const status = names[events.status[at] as number] ?? "";
    if ((types.length && !types.includes(type)) || (stages.length && !stages.includes(status)) || (!background && events.background[at])) pass[event] = 0;
    const amount = events.amount[at] ?? null;
    if (unpriced && amount !== null) pass[event] = 0;
    if ((least !== null || most !== null) && (amount === null || amount < (least ?? -Infinity) || amount > (most ?? Infinity) || beyond.some((end) => amount === filters[end as "least"]))) pass[event] = 0;
    if (currency !== null && events.currency[at] !== currency) pass[event] = 0;
    for (const [, what, ...ends] of numbers) if (counted !== what || !within(events.count[at] ?? null, ends)) pass[event] = 0;
  }
}

/**
 * A page without articles knows of days and types only by events and stories: what is linked to one that passes stays. Of topics, providers
 * and things it knows what shares articles with them.
 */
function withoutArticles(graph: Graph, filters: Filters, pass: Uint8Array): void {
  for (const iris of [filters.topics, filters.providers, ...filters.things.map((thing) => [thing])]) {
    if (!iris.length) continue;
    const has = new Uint8Array(graph.size);
    for (const iri of iris) {
      const node = graph.byIri(iri);
      if (node !== undefined) for (const { other } of [{ other: node }, ...graph.links(node)]) has[other] = 1;
    }
    for (let node = 0; node < graph.size; node++) pass[node]! &= has[node] as number;
  }
  parties(graph, filters, pass);
  const from = filters.from ?? -Infinity, until = filters.until ?? Infinity;
  if (asksEvents(filters)) {
    happened(graph, filters, pass);
    reporting(graph, pass);
    const told = new Uint8Array(graph.size);
    eachTelling(graph, (thing, other) => void (told[thing]! |= graph.eventPlace(other) >= 0 ? (pass[other] as number) : 0));
    const [first, past] = graph.range("story");
    for (let story = first; story < past; story++) if (!told[story]) pass[story] = 0;
  }
  if (filters.from === null && filters.until === null) return;
  const own = new Uint8Array(graph.size);
  for (let node = 0; node < graph.size; node++) {
    const days = daysOf(graph, node);
    if (days !== null && days[1] >= from && days[0] <= until) own[node] = 1;
  }
  const fits = own.slice();
  eachTelling(graph, (thing, other) => {
    if (own[other] && graph.eventPlace(thing) < 0) fits[thing] = 1;
  });
  for (let node = 0; node < graph.size; node++) if (fits[node] === 0) pass[node] = 0;
}
