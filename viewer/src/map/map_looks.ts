/** What size and colour of the marks stand for: how much is reported of a thing, or another value of it. */

import type { Graph } from "../data/graph.js";
import type { ShownNumbers } from "../data/shown_numbers.js";

/** How large marks are. */
export const SIZES: Readonly<Record<string, string>> = { articles: "articles", events: "events", links: "links", origins: "independent sources" };
/** What colours say; "kind" is the kind, all others are values on a scale. */
export const COLOURS: Readonly<Record<string, string>> = { kind: "kind", first: "first article", origins: "independent sources", confidence: "confidence" };
/** Colours of a scale from low to high, which the colour-blind can order as well, and of what has no value. */
export const SCALE = { light: ["#3b4cc0", "#2a788e", "#22a884", "#a3b818", "#d89c06", "#9b9b95"], dark: ["#8e9bff", "#4fb3d1", "#35c99a", "#c9dc3c", "#fde725", "#6d727c"] } as const;
export const STEPS = 5;

export function sizeOf(graph: Graph, numbers: ShownNumbers, look: string): (node: number) => number {
  if (look === "events") return (node) => (graph.eventPlace(node) >= 0 ? 1 : numbers.events(node));
  if (look === "links") return (node) => graph.degree[node] as number;
  if (look === "origins") return (node) => numbers.origins(node) ?? 0;
  return (node) => numbers.articles(node) ?? graph.core.nodes.articles[node] ?? 0;
}

/** For each node a step of the scale, or -1 where it has no value; null where colours are those of the kinds. Steps hold about as many nodes each. */
export function colourSteps(graph: Graph, numbers: ShownNumbers, look: string): Int8Array | null {
  const { confidence } = graph.core.nodes;
  const value: ((node: number) => number | null) | undefined = {
    first: (node: number) => graph.core.nodes.day[node] ?? numbers.days(node)?.[0] ?? null,
    origins: (node: number) => numbers.origins(node),
    confidence: (node: number) => confidence[node] ?? null,
  }[look];
  if (!value) return null;
  const values = Array.from({ length: graph.size }, (_, node) => (numbers.passes(node) ? value(node) : null));
  const sorted = values.filter((one): one is number => one !== null).sort((one, other) => one - other);
  const bounds = Array.from({ length: STEPS - 1 }, (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / STEPS)] ?? 0);
  return Int8Array.from(values, (one) => (one === null ? -1 : bounds.filter((bound) => one >= bound && bound > (sorted[0] as number)).length));
}
