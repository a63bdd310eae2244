/** What a thing is linked to: each other thing once, with all that links the two, the best first. */

import type { Graph } from "./graph.js";
import { allNumbers, type ShownNumbers } from "./shown_numbers.js";

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

/** The neighbours that pass the filters, best first: edges before links through articles, then by articles, which `numbers` counts. */
export function neighbours(graph: Graph, node: number, numbers: ShownNumbers = allNumbers(graph)): Neighbour[] {
  const told = (one: number): number => numbers.articles(one) ?? graph.core.nodes.articles[one] ?? 0;
  const edges = new Map<number, number[]>();
  graph.eachEdge(node, (edge, other) => {
    const known = edges.get(other);
    if (other === node || !numbers.passes(other) || !numbers.holds(edge)) return;
    if (known) known.push(edge);
    else edges.set(other, [edge]);
  });
  const here = isFirm(graph, node);
  const shared = numbers.together(node);
  const found: Neighbour[] = [];
  for (const [other, all] of edges) {
    if (all.length > 1) all.sort((a, b) => rank(graph, a) - rank(graph, b) || a - b);
    const event = graph.eventPlace(other) >= 0;
    const articles = Math.max(1, shared.get(other) ?? 0, event ? told(other) : 1);
    found.push({ node: other, edges: all, articles, firm: graph.isArticle(other) || (here && (!event || isFirm(graph, other))) });
  }
  const least = (one: Neighbour, other: Neighbour): number =>
    other.articles - one.articles || told(other.node) - told(one.node) || one.node - other.node;
  found.sort(least);
  const through: Neighbour[] = [];
  for (const [other, articles] of shared) if (!edges.has(other)) through.push({ node: other, edges: [], articles, firm: true });
  return found.concat(through.sort(least));
}

/** What two companies do to each other says more than that one event has both. */
function rank(graph: Graph, edge: number): number {
  const group = graph.group(edge);
  return group.event ? 0 : group.kind === "actor" ? 1 : 2;
}
