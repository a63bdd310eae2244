/** The lines of the map: links inside a community, and what its articles are about together, as direct links between things are few. */

import type { Graph } from "../data/graph.js";

/** Lines through articles, for each thing in a community: more make a blot. */
const PER_MEMBER = 2;
/** Of an article, the first of these kinds that it is about holds the others together. */
const HUBS = ["story", "event", "topic", "company"];

/** Ends of the lines as node numbers: links first, then bonds through articles. Providers have none. */
export function mapLines(graph: Graph): { from: Int32Array; to: Int32Array } {
  const community = Int32Array.from(graph.core.nodes.community);
  const from: number[] = [];
  const to: number[] = [];
  const [firstProvider, pastProvider] = graph.range("provider");
  const provider = (node: number): boolean => node >= firstProvider && node < pastProvider;
  const [first, past] = graph.range("article");
  const article = (node: number): boolean => node >= first && node < past;
  const pairs = new Set<number>();
  const add = (a: number, b: number): void => {
    const key = a < b ? a * graph.size + b : b * graph.size + a;
    if (a === b || pairs.has(key)) return;
    pairs.add(key);
    from.push(a);
    to.push(b);
  };
  for (let edge = 0; edge < graph.source.length; edge++) {
    const a = graph.source[edge] as number;
    const b = graph.target[edge] as number;
    if ((community[a] as number) >= 0 && community[a] === community[b] && !provider(a) && !provider(b) && !(article(a) && article(b))) add(a, b);
  }
  const rank = graph.core.kinds.map((kind) => (HUBS.includes(kind.name) ? HUBS.indexOf(kind.name) : HUBS.length));
  const counts = new Map<number, number>();
  const told: number[] = [];
  for (let one = first; one < past; one++) {
    told.length = 0;
    let hub = -1;
    graph.eachEdge(one, (_, other) => {
      if (article(other) || provider(other) || (community[other] as number) < 0) return;
      told.push(other);
      const better = hub < 0 || (rank[graph.kindOf[other] as number] as number) < (rank[graph.kindOf[hub] as number] as number);
      if (better) hub = other;
    });
    for (const other of told) {
      if (other === hub || community[other] !== community[hub]) continue;
      const key = hub < other ? hub * graph.size + other : other * graph.size + hub;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  if (graph.core.together) {
    for (let one = 0; one < graph.size; one++) {
      for (const [other, many] of graph.together(one)) if (one < other && (community[one] as number) >= 0 && community[one] === community[other]) counts.set(one * graph.size + other, many);
    }
  }
  const room = new Map<number, number>();
  const bonds = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  for (const [key] of bonds) {
    const a = Math.floor(key / graph.size);
    const region = community[a] as number;
    const left = room.get(region) ?? PER_MEMBER * (graph.core.communities[region]?.size ?? 0);
    if (left <= 0) continue;
    room.set(region, left - 1);
    add(a, key % graph.size);
  }
  return { from: Int32Array.from(from), to: Int32Array.from(to) };
}
