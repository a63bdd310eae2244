/** The rows of the timeline: of each thing its events and its articles, by day; of a story each article, one after the other. */

import { count, counted } from "../core/format.js";
import { articleIndex } from "../data/article_index.js";
import { hasTime } from "../data/dated_nodes.js";
import { eventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import { neighbours } from "../data/neighbours.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import type { LaneKind } from "../data/state.js";
import type { DaySpan } from "./axis.js";

export interface Lane {
  label: string;
  /** The thing whose lane it is; -1 where it is that of a type of event. */
  node: number;
  /** Whether it is the chosen thing's own. */
  own: boolean;
  /** Nodes that have a day, by day: of all dates, so that there is something to move to. */
  events: number[];
  articles: number[];
  /** How many of them lie in the dates that the filters ask for. */
  shown: { events: number; articles: number };
}

export interface Lanes {
  lanes: Lane[];
  /** Whether the lanes are the articles of one story, the first to report it first. */
  chain: boolean;
  /** How many more things, or articles of the story, there are than lanes. */
  left: number;
  /** Events and articles of these lanes that pass and have no day, as node numbers in the order of the graph. */
  undated: { events: number[]; articles: number[] };
}

/** What passes: `shown` under all filters, `wide` under all but that of dates. */
export interface Sieve {
  numbers: ShownNumbers;
  shown: Uint8Array;
  wide: Uint8Array;
}

const MOST = 12;
const PARTNERS = 8;
const TRIED = 200;
const CHAIN = 40;
const LONG_AGO = 15 * 365; // days

/** The lanes of the chosen thing and its best partners, or (`node` -1) of the most reported things; none without anything in the dates. */
export function lanesOf(graph: Graph, node: number, by: LaneKind, sieve: Sieve): Lanes {
  const undated = { events: new Set<number>(), articles: new Set<number>() };
  const make = (label: string, of: number, own: boolean, events: readonly number[], articles: readonly number[]): Lane => {
    const { day } = graph.core.nodes;
    const dated = (nodes: readonly number[], without: Set<number>): number[] =>
      nodes.filter((one) => {
        if (sieve.shown[one] && day[one] == null) without.add(one);
        return sieve.wide[one] === 1 && day[one] != null;
      }).sort((a, b) => (day[a] as number) - (day[b] as number) || a - b);
    const many = (nodes: readonly number[]): number => nodes.reduce((sum, one) => sum + (sieve.shown[one] as number), 0);
    const [ours, theirs] = [dated(events, undated.events), dated(articles, undated.articles)];
    return { label, node: of, own, events: ours, articles: theirs, shown: { events: many(ours), articles: many(theirs) } };
  };
  const lanes: Lane[] = [];
  let left = 0;
  const chain = node >= 0 && graph.kind(node).name === "story";
  const add = (lane: Lane): boolean => (lane.own && !chain) || lane.shown.events + lane.shown.articles > 0 ? lanes.push(lane) > 0 : false;
  if (node < 0) {
    if (by === "type") for (const [label, events] of byType(graph, range(graph, "event"))) add(make(label, -1, false, events, []));
    else {
      const all = mostReported(graph, by, sieve.numbers);
      left = all.length;
      for (const one of all.slice(0, TRIED)) {
        if (lanes.length === MOST) break;
        add(make(graph.label(one), one, false, eventsOf(graph, one), graph.articlesOf(one)));
        left--;
      }
    }
  } else {
    const events = eventsOf(graph, node), articles = articlesOf(graph, node);
    add(make(graph.label(node), node, true, events, chain ? [] : articles));
    const ours = { events: new Set(events), articles: new Set(articles) };
    if (chain) {
      const shown = articles.filter((one) => sieve.shown[one]);
      left = Math.max(0, shown.length - CHAIN);
      for (const article of shown.slice(0, CHAIN)) add(make(outletOf(graph, article), article, false, [], [article]));
    } else if (by === "type") for (const [label, some] of byType(graph, events)) add(make(label, -1, false, some, []));
    else {
      const partners = neighbours(graph, node, sieve.numbers).filter((one) => graph.kind(one.node).name === by);
      left = partners.length;
      for (const { node: partner } of partners.slice(0, PARTNERS * 3)) {
        if (lanes.length > PARTNERS) break;
        add(make(graph.label(partner), partner, false, eventsOf(graph, partner).filter((one) => ours.events.has(one)), graph.articlesOf(partner).filter((one) => ours.articles.has(one))));
        left--;
      }
    }
  }
  const ordered = (nodes: ReadonlySet<number>): number[] => [...nodes].sort((a, b) => a - b);
  return { lanes, chain, left, undated: { events: ordered(undated.events), articles: ordered(undated.articles) } };
}

const range = (graph: Graph, kind: string): number[] => {
  const [first, past] = graph.range(kind);
  return Array.from({ length: past - first }, (_, at) => first + at);
};

/** Things of a kind that pass, those with most articles first. */
function mostReported(graph: Graph, kind: string, numbers: ShownNumbers): number[] {
  const told = (node: number): number => numbers.articles(node) ?? graph.core.nodes.articles[node] ?? 0;
  return numbers.left(range(graph, kind)).sort((one, other) => told(other) - told(one) || one - other);
}

/** Events by type, the most frequent first. */
function byType(graph: Graph, events: readonly number[]): [string, number[]][] {
  const found = new Map<string, number[]>();
  for (const event of events) {
    const label = eventValues(graph, event)?.type.label ?? "";
    found.set(label, [...(found.get(label) ?? []), event]);
  }
  return [...found].sort((one, other) => other[1].length - one[1].length || (one[0] < other[0] ? -1 : 1));
}

/** Who published an article. */
function outletOf(graph: Graph, article: number): string {
  const { provider, firstArticle } = articleIndex(graph);
  const found = provider[article - firstArticle] ?? -1;
  return found < 0 ? "no outlet" : graph.label(found);
}

/** Whether an article is known to be the first of its story: of several of the first day its time must be known, which the texts have. */
export function isKnownFirst(graph: Graph, article: number): boolean {
  const { day } = graph.core.nodes;
  const [first = -1, second = -1] = graph.articlesOf(graph.across(article, "part_of_story", "out")[0] ?? -1);
  return article === first && day[first] != null && (day[first] !== day[second] || hasTime(graph, first));
}

/** Whether an article's text is a copy of another's. */
export function isCopy(graph: Graph, article: number): boolean {
  return (graph.core.articleOrigin[article - graph.range("article")[0]] ?? 0) !== 0;
}

/** Events that a thing takes part in; where it takes part in none, those that its articles report. An event has itself. */
function eventsOf(graph: Graph, node: number): number[] {
  const found = new Set<number>();
  if (graph.eventPlace(node) >= 0) found.add(node);
  graph.eachEdge(node, (_, other) => {
    if (graph.eventPlace(other) >= 0) found.add(other);
  });
  if (!found.size) for (const other of graph.together(node).keys()) if (graph.eventPlace(other) >= 0) found.add(other);
  return [...found];
}

/** The articles about a thing; for an article itself and those of its story. */
function articlesOf(graph: Graph, node: number): number[] {
  if (!graph.isArticle(node)) return graph.articlesOf(node);
  const found = new Set([node]);
  for (const story of graph.across(node, "part_of_story")) for (const other of graph.articlesOf(story)) found.add(other);
  return [...found].sort((a, b) => a - b);
}

/** The lanes that have something in a span of days, and the chosen thing's own. */
export function visibleLanes(graph: Graph, { lanes, chain }: Lanes, span: DaySpan): Lane[] {
  const { day } = graph.core.nodes;
  const inside = (node: number): boolean => (day[node] as number) + 1 > span.from && (day[node] as number) < span.until;
  return lanes.filter((lane) => (lane.own && !chain) || lane.events.some(inside) || lane.articles.some(inside));
}

/** What the lanes do not show at first, in plain words: things for which there is no lane left, articles without a date, and what happened before the day `from`; "" where they show all. */
export function remarks(graph: Graph, lanes: Lanes, from: number | null): string {
  const { day } = graph.core.nodes;
  const earlier = new Set(lanes.lanes.flatMap((lane) => lane.events.filter((event) => from !== null && (day[event] as number) < from))).size;
  const undated = lanes.undated.articles.length;
  return [
    lanes.left ? `No lane here for ${count(lanes.left)} more: the table lists all.` : "",
    undated ? `${graph.core.help.unplaced} ${counted(undated, "article")}.` : "",
    earlier ? `${counted(earlier, "event")} ${graph.core.help.earlier}` : "",
  ].filter(Boolean).join(" ");
}

/** The days of all articles that pass, ascending. */
export function articleDays(graph: Graph, passes: Uint8Array): Int32Array<ArrayBuffer> {
  const { day } = graph.core.nodes;
  return Int32Array.from(range(graph, "article").filter((node) => day[node] != null && passes[node] === 1), (node) => day[node] as number).sort();
}

const daysOfNodes = (graph: Graph, nodes: readonly number[]): number[] => nodes.map((node) => graph.core.nodes.day[node] as number).sort((a, b) => a - b);
const laneDays = (graph: Graph, { lanes }: Lanes): number[] => daysOfNodes(graph, lanes.flatMap((lane) => [...lane.events, ...lane.articles]));

/** The days of the lanes but for what happened long before the first article: a founding in 1911 would press all news into a corner. */
function recentDays(graph: Graph, lanes: Lanes): number[] {
  const [first] = daysOfNodes(graph, lanes.lanes.flatMap((lane) => lane.articles));
  return laneDays(graph, lanes).filter((day) => first === undefined || day > first - LONG_AGO);
}

/** From the first to the last day of everything, with some room. */
export function wholeSpan(graph: Graph, lanes: Lanes, days: ArrayLike<number>): DaySpan {
  const own = laneDays(graph, lanes);
  const ends = [own[0], own.at(-1), days[0], days[days.length - 1]].filter((day): day is number => day !== undefined);
  return ends.length ? padded(Math.min(...ends), Math.max(...ends)) : padded(0, 0);
}

/** The days shown at first: those of the chosen thing, else all but a few strays at the beginning. */
export function initialSpan(graph: Graph, lanes: Lanes, days: ArrayLike<number>, all: DaySpan, own: boolean): DaySpan {
  const from = own ? recentDays(graph, lanes) : [];
  const sorted: ArrayLike<number> = from.length ? from : days;
  const few = sorted.length > 20 ? Math.floor(sorted.length * 0.03) : 0;
  const [first, last] = [sorted[0], sorted[sorted.length - 1]];
  if (first === undefined || last === undefined) return all;
  const early = sorted[few] as number;
  // one old article among hundreds does not press the others into a corner
  const start = last - first > (last - early) * 1.5 ? early : first;
  const shown = padded(start, last);
  return { from: Math.max(all.from, shown.from), until: Math.min(all.until, shown.until) };
}

function padded(first: number, last: number): DaySpan {
  const room = Math.max(2, Math.round((last - first) * 0.02));
  return { from: first - room, until: last + 1 + room };
}
