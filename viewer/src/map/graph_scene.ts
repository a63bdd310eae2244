/** The scene of a graph: places as Python laid them out, and how much each node counts, by the articles about it. */

import type { Graph } from "../data/graph.js";
import { mapLines } from "./map_lines.js";
import type { Scene } from "./scene.js";

/** What is everywhere says little about anything: these stay small. */
const MUTED: Record<string, number> = { provider: 0.35, article: 0 };
/** Names that are looked for come before headlines where there is no room for both. */
const LABELS: Record<string, number> = { company: 1, topic: 0.95, organisation: 0.95, person: 0.9, product: 0.9, place: 0.8, event: 0.7, story: 0.75, provider: 0.3, article: 0.2 };

export function makeScene(graph: Graph): Scene {
  const { nodes, kinds, communities } = graph.core;
  return {
    x: Float32Array.from(nodes.x),
    y: Float32Array.from(nodes.y),
    kind: graph.kindOf,
    colour: graph.kindOf,
    ...weighed(graph, (node) => nodes.articles[node] ?? 0),
    ...mapLines(graph),
    shapes: kinds.map((kind) => kind.shape),
    outlines: kinds.map((kind) => kind.outline),
    regions: communities,
    region: Int32Array.from(nodes.community),
  };
}

/** The weights of all nodes by a value of each, and their order. */
export function weighed(graph: Graph, value: (node: number) => number): Pick<Scene, "weight" | "rank"> {
  const weight = weights(graph, value);
  return { weight, rank: Int32Array.from(weight, (_, node) => node).sort((a, b) => (weight[a] as number) - (weight[b] as number) || b - a) };
}

/** 0 to 1 for each node. */
function weights(graph: Graph, value: (node: number) => number): Float32Array {
  const told = Float32Array.from({ length: graph.size }, (_, node) => Math.log1p(value(node)));
  const muted = graph.core.kinds.map((kind) => MUTED[kind.name]);
  const cap = (node: number): number | undefined => muted[graph.kindOf[node] as number];
  let most = Math.log1p(1);
  for (let node = 0; node < graph.size; node++) if (cap(node) === undefined) most = Math.max(most, told[node] as number);
  return told.map((value, node) => Math.min((value / most) ** 1.3, cap(node) ?? 1));
}

/** One a kind: what a node's weight is multiplied by where labels compete. */
export const labelWeights = (graph: Graph): number[] => graph.core.kinds.map((kind) => LABELS[kind.name] ?? 0.5);
