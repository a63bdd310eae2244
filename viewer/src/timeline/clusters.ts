/** Marks along a lane that never lie on each other: what is too near becomes one mark with a count. */

import { place, type Span } from "./axis.js";

export interface Bin {
  /** Pixels from the left. */
  x: number;
  nodes: number[];
}

/** Sort nodes (by day, ascending) into bins at least `room` pixels wide; bins stay where they are while the span moves. */
export function binned(nodes: readonly number[], day: readonly (number | null)[], span: Span, width: number, room: number): Bin[] {
  const perDay = width / (span.until - span.from);
  // whole days or whole parts of a day would jump while zooming; a power of the root of two changes seldom
  const days = room / perDay;
  const size = days <= 1 ? 1 : 2 ** (Math.ceil(Math.log2(days) * 2) / 2);
  const bins: { slot: number; nodes: number[] }[] = [];
  for (const node of nodes) {
    const at = (day[node] as number) + 0.5;
    if (at < span.from || at > span.until) continue;
    const slot = Math.floor(at / size);
    const last = bins.at(-1);
    if (last?.slot === slot) last.nodes.push(node);
    else bins.push({ slot, nodes: [node] });
  }
  return bins.map((bin, at) => {
    const centre = place((bin.slot + 0.5) * size, span, width);
    const first = day[bin.nodes[0] as number] as number;
    const last = day[bin.nodes.at(-1) as number] as number;
    const exact = place((first + last + 1) / 2, span, width);
    // a mark stands where its days are, but does not come nearer to a neighbour than a bin
    const least = bins[at - 1]?.slot === bin.slot - 1 ? centre : -Infinity;
    const most = bins[at + 1]?.slot === bin.slot + 1 ? centre : Infinity;
    return { x: Math.min(most, Math.max(least, exact)), nodes: bin.nodes };
  });
}
