/** What the filters let through where all kinds are shown unless somebody chose kinds: in the focus view and the timeline. */

import { maskOf } from "./filter_mask.js";
import type { Graph } from "./graph.js";
import { START, type Filters, type Store } from "./state.js";

/** A function that returns one value a node, or null where everything passes; the same array as long as the filters stay. */
export function allKindsMask(graph: Graph, store: Store): () => Uint8Array | null {
  let filters: Filters | null = null;
  let mask: Uint8Array | null = null;
  return () => {
    const now = store.state.filters;
    if (now !== filters) {
      filters = now;
      const all = graph.core.kinds.map((kind) => kind.name);
      mask = JSON.stringify(now) === JSON.stringify(START.filters) ? null : maskOf(graph, { ...now, kinds: now.kinds ?? all });
    }
    return mask;
  };
}
