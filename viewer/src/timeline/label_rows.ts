/** Where the marks of a lane lie and what is written beside them: in as many rows as there is room for, so that few marks are put together. */

import { xOfDay, type DaySpan } from "./axis.js";
import { clustered } from "./clusters.js";

/** Marks at one place, and the room for words to the right of them, in pixels. */
export interface PlacedMark {
  x: number;
  nodes: number[];
  room: number;
  /** Whether the words are to the left of the mark, as there is no room on the right. */
  leftward: boolean;
}

/** Pixels that words need at least, and get at most. */
const LEAST = 84;
const WIDEST = 480;
const GAP = 14; // between words and the next mark
const MARK = 11; // from the middle of a mark to its words

/**
 * Place the nodes of a lane (by day, ascending) in at most `most` rows. Where each has room for some words of its own, none is put together with
 * others; else all lie in one row, with a number for those that are too close (`apart` pixels).
 */
export function labelRows(nodes: readonly number[], day: readonly (number | null)[], span: DaySpan, width: number, most: number, apart: number): PlacedMark[][] {
  const inside = nodes.filter((node) => (day[node] as number) + 0.5 >= span.from && (day[node] as number) + 0.5 <= span.until);
  const ends: number[] = [];
  const rows: PlacedMark[][] = [];
  for (const node of inside) {
    const x = xOfDay((day[node] as number) + 0.5, span, width);
    let row = ends.findIndex((end) => end <= x - MARK);
    if (row < 0 && ends.length < most) row = ends.length;
    if (row < 0) return [withRoom(clustered(nodes, day, span, width, apart), width)];
    ends[row] = x + MARK + LEAST + GAP;
    (rows[row] ??= []).push({ x, nodes: [node], room: 0, leftward: false });
  }
  return rows.map((row) => withRoom(row, width));
}

/** The same marks, each with the room up to the next, the last with that up to the one before where there is more; a bubble with a number is wider than a mark. */
function withRoom(marks: readonly { x: number; nodes: number[] }[], width: number): PlacedMark[] {
  const half = (mark: { nodes: number[] }): number => MARK + (mark.nodes.length > 1 ? 5 : 0);
  const last = marks.at(-1), before = marks.at(-2);
  const left = last ? last.x - half(last) - (before ? before.x + half(before) + GAP : 0) : 0;
  const leftward = last !== undefined && width - last.x - half(last) < LEAST && left >= LEAST * (before ? 2 : 1);
  const useful = (room: number): number => (room < LEAST / 2 ? 0 : Math.min(WIDEST, room));
  return marks.map((mark, at) => {
    const next = marks[at + 1];
    if (!next) return { ...mark, leftward, room: useful(leftward ? left / (before ? 2 : 1) : width - mark.x - half(mark)) };
    const room = next.x - half(next) - 10 - mark.x - half(mark);
    return { ...mark, leftward: false, room: useful(leftward && next === last ? left / 2 : room) };
  });
}
