/** The neighbours of a thing by kind: how many of each are shown, and what links those that are shown. */

import type { Graph } from "../data/graph.js";
import type { Neighbour } from "../data/neighbours.js";

/** Neighbours of one kind: what is shown, and how many are folded away. */
export interface Group {
  kind: string;
  heading: string;
  total: number;
  shown: Neighbour[];
  /** Whether more is shown than at first. */
  unfolded: boolean;
}

/** How many of a kind are shown at first; the rest comes in pages. */
const FIRST: Record<string, number> = { company: 10, event: 10, story: 8, topic: 6, provider: 0, article: 0 };
const OTHERS = 5;
const PAGE = 40;

/** Sort neighbours into kinds, in the order of the graph's kinds; `unfolded` names a kind once for each page asked for. */
export function groupByKind(graph: Graph, found: readonly Neighbour[], unfolded: readonly string[], scale = 1): Group[] {
  const byKind: Neighbour[][] = graph.core.kinds.map(() => []);
  for (const one of found) byKind[graph.kindOf[one.node] as number]?.push(one);
  return graph.core.kinds.flatMap((kind, at) => {
    const all = byKind[at] as Neighbour[];
    if (!all.length) return [];
    const pages = unfolded.filter((name) => name === kind.name).length;
    const first = Math.ceil((FIRST[kind.name] ?? OTHERS) * scale);
    let room = first + pages * PAGE;
    if (room && all.length <= room + 1) room = all.length; // "1 more" takes as much room as the one
    return [{ kind: kind.name, heading: all.length === 1 ? kind.label : kind.plural, total: all.length, shown: all.slice(0, room), unfolded: pages > 0 }];
  });
}

/** Edges among shown neighbours, as pairs of their places; at most `most`. */
export function edgesAmong(graph: Graph, nodes: readonly number[], most: number): [number, number][] {
  const place = new Map(nodes.map((node, at) => [node, at]));
  const seen = new Set<number>();
  const pairs: [number, number][] = [];
  nodes.forEach((node, from) => {
    if (pairs.length >= most || graph.degree[node]! > 5_000) return; // what so much is linked to says nothing here
    graph.eachEdge(node, (_, other) => {
      const to = place.get(other);
      if (to === undefined || to === from || pairs.length >= most) return;
      const key = Math.min(from, to) * nodes.length + Math.max(from, to);
      if (!seen.has(key)) pairs.push([from, to]);
      seen.add(key);
    });
  });
  return pairs;
}
