/** What a thing is linked to: each other thing once, with all that links the two, the best first. */

import type { Graph } from "./graph.js";

export interface Neighbour {
  node: number;
  /** Edges between the two, the most specific first; empty where only articles link them. */
  edges: number[];
  /** Articles that the link rests on; at least 1. */
  articles: number;
  /** False where what links them is only planned, rumoured or denied, or has ended. */
  firm: boolean;
}

const FACTS: readonly string[] = ["announced", "completed"];

/** Whether an event is more than a plan, a rumour or a denial, and has not ended; true for all other things. */
export function isFirm(graph: Graph, node: number): boolean {
  const place = graph.eventPlace(node);
  if (place < 0) return true;
  const status = graph.core.statuses[graph.core.events.status[place] as number];
  return status === undefined || FACTS.includes(status);
}

/** All neighbours, best first: edges before links through articles, then by articles. */
export function neighbours(graph: Graph, node: number): Neighbour[] {
  const told = graph.core.nodes.articles;
  const edges = new Map<number, number[]>();
  graph.eachEdge(node, (edge, other) => {
    const known = edges.get(other);
    if (other === node) return;
    if (known) known.push(edge);
    else edges.set(other, [edge]);
  });
  const here = isFirm(graph, node);
  const shared = together(graph, node);
  const found: Neighbour[] = [];
  for (const [other, all] of edges) {
    if (all.length > 1) all.sort((a, b) => rank(graph, a) - rank(graph, b) || a - b);
    const event = graph.eventPlace(other) >= 0;
    const articles = Math.max(1, shared.get(other) ?? 0, event ? (told[other] ?? 1) : 1);
    found.push({ node: other, edges: all, articles, firm: graph.isArticle(other) || (here && (!event || isFirm(graph, other))) });
  }
  const least = (one: Neighbour, other: Neighbour): number =>
    other.articles - one.articles || (told[other.node] ?? 0) - (told[one.node] ?? 0) || one.node - other.node;
  found.sort(least);
  const through: Neighbour[] = [];
  for (const [other, articles] of shared) if (!edges.has(other)) through.push({ node: other, edges: [], articles, firm: true });
  return found.concat(through.sort(least));
}

/** What the articles of a thing are also about, with the number of those articles; as `Graph.together`, counted in one array. */
function together(graph: Graph, node: number): ReadonlyMap<number, number> {
  if (graph.core.together) return graph.together(node);
  const counts = new Map<number, number>();
  if (graph.isArticle(node)) return counts;
  const [first, past] = graph.range("article");
  const seen = scratch(graph);
  graph.eachEdge(node, (_, article) => {
    if (article < first || article >= past || seen[article] === node + 1) return;
    seen[article] = node + 1;
    graph.eachEdge(article, (_, other) => {
      if (other === node || (other >= first && other < past) || seen[other] === -article - 1) return;
      seen[other] = -article - 1; // an article that names a thing twice counts once
      counts.set(other, (counts.get(other) ?? 0) + 1);
    });
  });
  return counts;
}

const scratches = new WeakMap<Graph, Int32Array>();

/** An array with a number for each node, cleared. */
function scratch(graph: Graph): Int32Array {
  const known = scratches.get(graph)?.fill(0);
  const array = known ?? new Int32Array(graph.size);
  if (!known) scratches.set(graph, array);
  return array;
}

/** What two companies do to each other says more than that one event has both. */
function rank(graph: Graph, edge: number): number {
  const group = graph.group(edge);
  return group.event ? 0 : group.kind === "actor" ? 1 : 2;
}
