/** Clusters of marks along a lane, so that no two overlap: marks that are too close become one with a count. */

import { xOfDay, type DaySpan } from "./axis.js";

export interface Cluster {
  /** Pixels from the left. */
  x: number;
  nodes: number[];
}

/** Sort nodes (by day, ascending) into clusters at least `room` pixels wide; clusters stay where they are while the span moves. */
export function clustered(nodes: readonly number[], day: readonly (number | null)[], span: DaySpan, width: number, room: number): Cluster[] {
  const perDay = width / (span.until - span.from);
  // whole days or whole parts of a day would jump while zooming; a power of the root of two changes seldom
  const days = room / perDay;
  const size = days <= 1 ? 1 : 2 ** (Math.ceil(Math.log2(days) * 2) / 2);
  const clusters: { slot: number; nodes: number[] }[] = [];
  for (const node of nodes) {
    const at = (day[node] as number) + 0.5;
    if (at < span.from || at > span.until) continue;
    const slot = Math.floor(at / size);
    const last = clusters.at(-1);
    if (last?.slot === slot) last.nodes.push(node);
    else clusters.push({ slot, nodes: [node] });
  }
  return clusters.map((cluster, at) => {
    const centre = xOfDay((cluster.slot + 0.5) * size, span, width);
    const first = day[cluster.nodes[0] as number] as number;
    const last = day[cluster.nodes.at(-1) as number] as number;
    const exact = xOfDay((first + last + 1) / 2, span, width);
    // a mark is drawn at its days, but does not come nearer to a neighbour than a cluster
    const least = clusters[at - 1]?.slot === cluster.slot - 1 ? centre : -Infinity;
    const most = clusters[at + 1]?.slot === cluster.slot + 1 ? centre : Infinity;
    return { x: Math.min(most, Math.max(least, exact)), nodes: cluster.nodes };
  });
}
