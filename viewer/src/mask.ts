/** Which nodes the filters let through. */

import type { Graph } from "./graph.js";
import type { Filters, Store } from "./state.js";

/** Kinds that are shown until somebody asks for others. */
export const FIRST_KINDS: readonly string[] = ["company", "event", "story", "topic", "organisation"];

/** Give the mask of the present filters; the same array as long as they stay. */
export function masks(graph: Graph, store: Store): () => Uint8Array {
  let filters: Filters | null = null;
  let mask: Uint8Array = new Uint8Array(0);
  return () => {
    if (store.state.filters !== filters) {
      filters = store.state.filters;
      mask = maskOf(graph, filters);
    }
    return mask;
  };
}

export function maskOf(graph: Graph, filters: Filters): Uint8Array {
  const mask = new Uint8Array(graph.size);
  const kinds = filters.kinds ?? FIRST_KINDS;
  for (const kind of kinds) mask.fill(1, ...graph.range(kind));
  return mask;
}
