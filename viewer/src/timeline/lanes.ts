/** The rows of the timeline: of each thing its events and its articles, by day. */

import { counted } from "../core/format.js";
import type { Graph } from "../data/graph.js";
import { neighbours } from "../data/neighbours.js";
import type { DaySpan } from "./axis.js";

export interface Lane {
  label: string;
  /** The thing whose lane it is; -1 for the chosen thing's own. */
  node: number;
  /** Nodes that have a day, by day. */
  events: number[];
  articles: number[];
}

export interface Lanes {
  lanes: Lane[];
  /** Events and articles of these lanes that have no day, as node numbers in the order of the graph. */
  undated: { events: number[]; articles: number[] };
}

const MOST = 12;
const PARTNERS = 8;
const TRIED = 200;
const LONG_AGO = 15 * 365; // days

type By = "company" | "topic";
type Passes = Uint8Array | null;

/** The lanes of the chosen thing and its best partners, or (`node` -1) of the most reported things. */
export function lanesOf(graph: Graph, node: number, by: By, passes: Passes): Lanes {
  const undated = { events: new Set<number>(), articles: new Set<number>() };
  const make = (label: string, of: number, events: readonly number[], articles: readonly number[]): Lane => {
    const dated = (nodes: readonly number[], without: Set<number>): number[] => {
      const { day } = graph.core.nodes;
      const kept = nodes.filter((one) => {
        if (passes && !passes[one]) return false;
        if (day[one] == null) without.add(one);
        return day[one] != null;
      });
      return kept.sort((a, b) => (day[a] as number) - (day[b] as number) || a - b);
    };
    return { label, node: of, events: dated(events, undated.events), articles: dated(articles, undated.articles) };
  };
  const told = (lane: Lane): boolean => lane.events.length + lane.articles.length > 0;
  const lanes: Lane[] = [];
  if (node < 0) {
    const [first, past] = graph.range(by);
    for (let one = first; one < past && lanes.length < MOST && one < first + TRIED; one++) {
      if (passes && !passes[one]) continue;
      const lane = make(graph.label(one), one, eventsOf(graph, one), graph.articlesOf(one));
      if (told(lane)) lanes.push(lane);
    }
  } else {
    const events = eventsOf(graph, node);
    const articles = articlesOf(graph, node);
    lanes.push(make(graph.label(node), -1, events, articles));
    const ours = { events: new Set(events), articles: new Set(articles) };
    const partners = neighbours(graph, node).filter((one) => graph.kind(one.node).name === by);
    for (const { node: partner } of partners.slice(0, PARTNERS * 3)) {
      if (lanes.length > PARTNERS) break;
      const lane = make(graph.label(partner), partner, eventsOf(graph, partner).filter((one) => ours.events.has(one)), graph.articlesOf(partner).filter((one) => ours.articles.has(one)));
      if (told(lane)) lanes.push(lane);
    }
  }
  const ordered = (nodes: ReadonlySet<number>): number[] => [...nodes].sort((a, b) => a - b);
  return { lanes, undated: { events: ordered(undated.events), articles: ordered(undated.articles) } };
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

/** What the lanes do not show at first, in plain words: articles without a date, and what happened before the day `from`; "" where they show all. */
export function remarks(graph: Graph, lanes: Lanes, from: number | null): string {
  const { day } = graph.core.nodes;
  const earlier = new Set(lanes.lanes.flatMap((lane) => lane.events.filter((event) => from !== null && (day[event] as number) < from))).size;
  const undated = lanes.undated.articles.length;
  return [
    undated ? `Not shown, as they have no date: ${counted(undated, "article")}.` : "",
    earlier ? `${counted(earlier, "event")} happened before the dates shown. “All dates” shows everything.` : "",
  ].filter(Boolean).join(" ");
}

/** The days of all articles that pass, ascending. */
export function articleDays(graph: Graph, passes: Passes): Int32Array<ArrayBuffer> {
  const [first, past] = graph.range("article");
  const { day } = graph.core.nodes;
  const found: number[] = [];
  for (let node = first; node < past; node++) if (day[node] != null && (!passes || passes[node])) found.push(day[node] as number);
  return Int32Array.from(found).sort();
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
