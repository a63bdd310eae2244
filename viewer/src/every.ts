/** What the filters let through where all kinds are shown unless somebody chose kinds: in the focus view and the timeline. */

import type { App } from "./app.js";
import { maskOf } from "./mask.js";
import { START, type Filters } from "./state.js";

/** Give one value a node, or null where everything passes; the same array as long as the filters stay. */
export function everyKind(app: App): () => Uint8Array | null {
  let filters: Filters | null = null;
  let mask: Uint8Array | null = null;
  return () => {
    const now = app.store.state.filters;
    if (now !== filters) {
      filters = now;
      const all = app.graph.core.kinds.map((kind) => kind.name);
      mask = JSON.stringify(now) === JSON.stringify(START.filters) ? null : maskOf(app.graph, { ...now, kinds: now.kinds ?? all });
    }
    return mask;
  };
}
