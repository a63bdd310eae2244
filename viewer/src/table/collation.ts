/** Texts as they are compared: without case and accents, so that the order is the same for every reader. */

import type { Graph } from "../data/graph.js";

export const sortKey = (text: string): string => text.normalize("NFKD").replace(/[\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, "").toLowerCase();

const known = new WeakMap<Graph, string[]>();

/** The label of a node, folded; kept, as each sort and each keystroke asks for it. */
export function labelKey(graph: Graph, node: number): string {
  let labels = known.get(graph);
  if (!labels) known.set(graph, (labels = []));
  return (labels[node] ??= sortKey(graph.label(node)));
}
