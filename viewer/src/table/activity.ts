/** The first and the last article of each thing, and the number of events it is a party of: read from all edges at once. */

import type { Graph } from "../data/graph.js";

export interface Activity {
  /** Days since 1970-01-01; NaN where nothing is dated. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly events: Int32Array;
}

const known = new WeakMap<Graph, Activity>();

export function activityOf(graph: Graph): Activity {
  const before = known.get(graph);
  if (before) return before;
  const first = new Float64Array(graph.size).fill(NaN);
  const last = new Float64Array(graph.size).fill(NaN);
  const events = new Int32Array(graph.size);
  const [article, past] = graph.range("article");
  const days = graph.core.nodes.day;
  const note = (thing: number, day: number): void => {
    if (!((first[thing] as number) <= day)) first[thing] = day;
    if (!((last[thing] as number) >= day)) last[thing] = day;
  };
  for (let edge = 0; edge < graph.source.length; edge++) {
    const [source, target] = [graph.source[edge] as number, graph.target[edge] as number];
    const one = source >= article && source < past;
    const other = target >= article && target < past;
    if (one !== other) {
      const day = days[one ? source : target];
      if (day != null) note(one ? target : source, day);
    }
    // who has two roles in an event still takes part in one event; such edges are neighbours
    const again = edge > 0 && graph.source[edge - 1] === source && graph.target[edge - 1] === target && graph.groupOf[edge - 1] === graph.groupOf[edge];
    if (graph.group(edge).kind === "actor" && !again) events[target]!++;
  }
  const found = { first, last, events };
  known.set(graph, found);
  return found;
}
