/** What is known of things that are compared, and what they have in common; over what the filters let through. */

import type { Graph } from "../data/graph.js";

/** Other things with how many articles, or of partners how many events and links, connect them. */
export type Ranked = readonly [node: number, count: number];

export interface ComparisonFacts {
  node: number;
  articles: number[];
  events: number[];
  partners: Ranked[];
  topics: Ranked[];
  outlets: Ranked[];
  stories: Ranked[];
}

export const LISTS = ["partners", "topics", "outlets", "stories"] as const;

const KINDS: Readonly<Record<string, "topics" | "outlets" | "stories">> = { topic: "topics", provider: "outlets", story: "stories" };
const PARTNERS: readonly string[] = ["company", "organisation"];

/** `mask` has one value a node: 1 where the filters let it through, whatever its kind. */
export function comparisonFacts(graph: Graph, mask: Uint8Array, node: number): ComparisonFacts {
  const articles = graph.articlesOf(node).filter((article) => mask[article]);
  const counts: Record<(typeof LISTS)[number], Map<number, number>> = { partners: new Map(), topics: new Map(), outlets: new Map(), stories: new Map() };
  const count = (list: (typeof LISTS)[number], other: number, by = 1): void => {
    if (other !== node && mask[other]) counts[list].set(other, (counts[list].get(other) ?? 0) + by);
  };
  for (const article of articles) {
    const seen = new Set<number>();
    graph.eachEdge(article, (_, other) => {
      const list = KINDS[graph.kind(other).name];
      if (list && !seen.has(other)) count(list, other);
      seen.add(other);
    });
  }
  if (graph.core.together) for (const [other, many] of graph.together(node)) {
    const list = KINDS[graph.kind(other).name];
    if (list) count(list, other, many);
  }
  const party = graph.across(node, "actor", "in");
  const through = party.length || PARTNERS.includes(graph.kind(node).name) ? party : [...graph.together(node).keys()].filter((other) => graph.eventPlace(other) >= 0);
  const events = through.filter((event) => mask[event]);
  for (const event of events) for (const other of graph.across(event, "actor", "out")) if (PARTNERS.includes(graph.kind(other).name)) count("partners", other);
  graph.eachEdge(node, (edge, other) => {
    if (PARTNERS.includes(graph.kind(other).name) && !graph.group(edge).event && graph.group(edge).kind !== "actor") count("partners", other);
  });
  const day = (event: number): number => graph.core.nodes.day[event] ?? -Infinity;
  return {
    node, articles, events: events.sort((one, other) => day(other) - day(one) || one - other),
    partners: ranked(counts.partners), topics: ranked(counts.topics), outlets: ranked(counts.outlets), stories: ranked(counts.stories),
  };
}

const ranked = (counts: ReadonlyMap<number, number>): Ranked[] => [...counts].sort((one, other) => other[1] - one[1] || one[0] - other[0]);

/** What all of the things have; counts are those of the one that has least. */
export function inCommon(all: readonly ComparisonFacts[]): Omit<ComparisonFacts, "node"> {
  const [first, ...rest] = all;
  if (!first) return { articles: [], events: [], partners: [], topics: [], outlets: [], stories: [] };
  const both = (list: "articles" | "events"): number[] => first[list].filter((one) => rest.every((other) => other[list].includes(one)));
  const least = (list: (typeof LISTS)[number]): Ranked[] => {
    const others = rest.map((one) => new Map(one[list]));
    return ranked(new Map(first[list].filter(([node]) => others.every((map) => map.has(node))).map(([node, count]) => [node, Math.min(count, ...others.map((map) => map.get(node) ?? 0))])));
  };
  return { articles: both("articles"), events: both("events"), partners: least("partners"), topics: least("topics"), outlets: least("outlets"), stories: least("stories") };
}
