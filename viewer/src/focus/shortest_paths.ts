/** The shortest paths from one thing to another: statements before articles, articles before topics, hubs last, providers never. */

import type { Graph } from "../data/graph.js";
import { allNumbers, type ShownNumbers } from "../data/shown_numbers.js";

/** A path: its nodes from one end to the other, and the edge between each two. */
export interface Path {
  nodes: number[];
  edges: number[];
  cost: number;
}

export interface Paths {
  paths: Path[];
  /** True where the search gave up before it had seen everything within reach. */
  gaveUp: boolean;
}

const NEVER = 1 << 20;
const FAR = 1 << 30;
/** Nodes that one search settles before it gives up. */
const BOUND = 60_000;
/** What an edge costs by kind: that two things are in one article says less than a statement, and that they share a topic says next to nothing. Kinds not named are statements, and cost 1. */
const EDGE: Record<string, number> = { tells: 3, mentions: 4, part_of_story: 4, near_duplicate: 4, related: 6, broader: 8, has_topic: 12 };
const NODE: Record<string, number> = { provider: NEVER, topic: 30, place: 6, story: 2, article: 2 };
const FAINT_BEYOND = 2.5; // paths that cost more than so many times the best are left out

/** Up to `most` paths through what `numbers` lets pass, the best first; each avoids what the ones before it lead through. */
export function shortestPaths(graph: Graph, from: number, to: number, numbers: ShownNumbers = allNumbers(graph), most = 3): Paths {
  const edgeCost = graph.core.edges.map((group) => EDGE[group.kind] ?? 1);
  const kindCost = graph.core.kinds.map((kind) => NODE[kind.name] ?? 0);
  const extra = new Map<number, number>();
  const costOf = (node: number): number =>
    node === from || node === to ? 0 : (kindCost[graph.kindOf[node] as number] as number) + Math.max(0, Math.floor(Math.log2((graph.degree[node] as number) / 24))) + (extra.get(node) ?? 0);
  const found: Path[] = [];
  let gaveUp = false;
  while (found.length < most && from !== to) {
    const search = new Search(graph, edgeCost, costOf, (node, edge) => node === to || node === from || (numbers.passes(node) && numbers.holds(edge)));
    const path = search.run(from, to);
    gaveUp = gaveUp || search.gaveUp;
    const best = found[0];
    if (!path || found.some((one) => one.nodes.join() === path.nodes.join())) break;
    if (best && path.nodes.some((node) => graph.kind(node).name === "topic")) break; // what shares a topic is no second answer
    if (best && (path.cost > best.cost * FAINT_BEYOND + 8 || path.nodes.length > best.nodes.length + 3)) break;
    found.push(path);
    for (const node of path.nodes.slice(1, -1)) extra.set(node, (extra.get(node) ?? 0) + 40);
    if (path.nodes.length === 2) break; // nothing lies between: what else links the two is beside the point
  }
  return { paths: found, gaveUp: gaveUp && !found.length };
}

/** One side of a search from both ends: the cost to each node seen, the edge it came by, and queues by cost. */
class Frontier {
  readonly cost: Int32Array;
  readonly by: Int32Array;
  readonly done: Uint8Array;
  readonly #queue: number[][] = [];
  at = 0;

  constructor(size: number) {
    this.cost = new Int32Array(size).fill(FAR);
    this.by = new Int32Array(size).fill(-1);
    this.done = new Uint8Array(size);
  }

  reach(node: number, cost: number, edge: number): void {
    if (cost >= (this.cost[node] as number)) return;
    this.cost[node] = cost;
    this.by[node] = edge;
    (this.#queue[cost] ??= []).push(node);
  }

  /** The nearest node that is not settled yet, -1 where there is none. */
  next(): number {
    for (; this.at < this.#queue.length; this.at++) {
      const here = this.#queue[this.at];
      while (here?.length) {
        const node = here.pop() as number;
        if (!this.done[node] && this.cost[node] === this.at) return node;
      }
    }
    return -1;
  }
}

class Search {
  gaveUp = false;

  constructor(private readonly graph: Graph, private readonly edgeCost: readonly number[], private readonly costOf: (node: number) => number, private readonly passes: (node: number, edge: number) => boolean) {}

  run(from: number, to: number): Path | null {
    const { graph } = this;
    const frontiers = [new Frontier(graph.size), new Frontier(graph.size)] as const;
    frontiers[0].reach(from, 0, -1);
    frontiers[1].reach(to, 0, -1);
    let best = FAR;
    let meeting = -1;
    for (let settled = 0; ; settled++) {
      const side = frontiers[0].at <= frontiers[1].at ? 0 : 1;
      const one = frontiers[side];
      const other = frontiers[1 - side] as Frontier;
      const node = one.next();
      if (node < 0 || one.at + other.at >= best) break;
      if (settled >= BOUND) {
        this.gaveUp = true;
        break;
      }
      one.done[node] = 1;
      const here = (one.cost[node] as number) + this.costOf(node);
      graph.eachEdge(node, (edge, next) => {
        const beyond = this.costOf(next);
        if (beyond >= NEVER || one.done[next] || !this.passes(next, edge)) return;
        // half of what a node costs is paid on the way in, half on the way out, so that both frontiers count alike
        const cost = here + (this.edgeCost[graph.groupOf[edge] as number] as number) + beyond;
        one.reach(next, cost, edge);
        const met = other.cost[next] as number;
        if (cost + met < best) {
          best = cost + met;
          meeting = next;
        }
      });
    }
    return meeting < 0 ? null : this.#path(frontiers, meeting, best);
  }

  #path([forth, back]: readonly [Frontier, Frontier], meeting: number, cost: number): Path {
    const nodes = [meeting];
    const edges: number[] = [];
    const walk = (frontier: Frontier, add: (node: number, edge: number) => void): void => {
      for (let node = meeting; ; ) {
        const edge = frontier.by[node] as number;
        if (edge < 0) return;
        node = (this.graph.source[edge] === node ? this.graph.target[edge] : this.graph.source[edge]) as number;
        add(node, edge);
      }
    };
    walk(forth, (node, edge) => { nodes.unshift(node); edges.unshift(edge); });
    walk(back, (node, edge) => { nodes.push(node); edges.push(edge); });
    return { nodes, edges, cost };
  }
}
