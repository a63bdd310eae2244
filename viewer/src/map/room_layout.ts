/** The map in the shape of its room: discs stay as they are and move, so that neither a wide nor a tall room has an empty part. */

import type { Community } from "../data/payload.js";

export interface Placed {
  x: Float32Array;
  y: Float32Array;
  regions: Community[];
}

const ALIKE = 1.1; // a map whose shape differs by no more from that of the room stays as it is
const GAP = 1.06; // between discs, of the sum of their radii
const PAIRS = 4_000_000; // that are looked at, at most
const ATTEMPTS = 5;
const PULL = 0.015; // part of the distance from the middle by which a disc moves in a round
const UNITS = 65_535;

/**
 * Places for a room of a ratio of width to height. The arrangement is stretched to the ratio, then discs that lie over others are pushed
 * apart, while all are drawn towards the middle. Nodes outside of discs follow below, in rows as before.
 */
export function roomLayout(xs: ArrayLike<number>, ys: ArrayLike<number>, community: ArrayLike<number>, regions: readonly Community[], ratio: number): Placed {
  const x = Float32Array.from(xs), y = Float32Array.from(ys);
  const before = boxOf(regions);
  if (regions.length < 2) return { x, y, regions: [...regions] };
  const now = (before.right - before.left) / (before.bottom - before.top);
  const change = ratio / now;
  if (change < ALIKE && change > 1 / ALIKE) return { x, y, regions: [...regions] };
  const middle = { x: (before.left + before.right) / 2, y: (before.top + before.bottom) / 2 };
  let asked = ratio;
  let discs = [...regions], badness = Infinity;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const made = packed(regions, middle, asked / now, asked);
    const { left, right, top, bottom } = boxOf(made);
    const got = (right - left) / (bottom - top);
    const wide = Math.max((right - left) / ratio, bottom - top); // what decides how small all is drawn
    if (wide < badness) {
      badness = wide;
      discs = made;
    }
    asked *= ratio / got;
  }
  const after = boxOf(discs);
  for (let node = 0; node < x.length; node++) {
    const disc = community[node] as number;
    const from = regions[disc], to = discs[disc];
    if (from && to) {
      x[node]! += to.x - from.x;
      y[node]! += to.y - from.y;
    } else below(x, y, node, before, after);
  }
  return scaled({ x, y, regions: discs });
}

/** The discs stretched by a factor, then apart from each other and near the middle, in an ellipse of a ratio. */
function packed(regions: readonly Community[], middle: { x: number; y: number }, change: number, ratio: number): Community[] {
  const stretch = Math.sqrt(change);
  const discs = regions.map((one) => ({ ...one, x: (one.x - middle.x) * stretch, y: (one.y - middle.y) / stretch }));
  const rounds = Math.max(20, Math.min(200, Math.floor(PAIRS / ATTEMPTS / discs.length ** 2)));
  for (let round = 0; round < rounds; round++) {
    const pull = round < rounds * 0.75 ? PULL : 0;
    for (const disc of discs) {
      disc.x -= disc.x * Math.min(0.5, pull / ratio);
      disc.y -= disc.y * Math.min(0.5, pull * ratio);
    }
    for (let at = 0; at < discs.length; at++) {
      for (let other = at + 1; other < discs.length; other++) {
        const a = discs[at] as Community, b = discs[other] as Community;
        const dx = b.x - a.x || 1, dy = b.y - a.y;
        const distance = Math.hypot(dx, dy), least = (a.radius + b.radius) * GAP;
        if (distance >= least) continue;
        const push = (least - distance) / distance, share = b.radius ** 2 / (a.radius ** 2 + b.radius ** 2);
        a.x -= dx * push * share;
        a.y -= dy * push * share;
        b.x += dx * push * (1 - share);
        b.y += dy * push * (1 - share);
      }
    }
  }
  return discs;
}

/** Rows below the discs: in a narrower room the end of a row goes on in another row below it. */
function below(x: Float32Array, y: Float32Array, node: number, before: Box, after: Box): void {
  const [wide, room] = [before.right - before.left, after.right - after.left];
  const rows = Math.ceil(wide / room - 0.05);
  const along = (x[node] as number) - before.left;
  const row = Math.max(0, Math.min(rows - 1, Math.floor((along / wide) * rows)));
  x[node] = after.left + (along - (row * wide) / rows) * Math.min(1.6, room / (wide / rows));
  y[node] = after.bottom + ((y[node] as number) - before.bottom) * rows + row * (wide / 60);
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function boxOf(discs: readonly Community[]): Box {
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const { x, y, radius } of discs) {
    box.left = Math.min(box.left, x - radius);
    box.right = Math.max(box.right, x + radius);
    box.top = Math.min(box.top, y - radius);
    box.bottom = Math.max(box.bottom, y + radius);
  }
  return box;
}

/** In map units: 0 to 65535 on the longer side. */
function scaled({ x, y, regions }: Placed): Placed {
  let { left, right, top, bottom } = boxOf(regions);
  for (let node = 0; node < x.length; node++) {
    left = Math.min(left, x[node] as number);
    right = Math.max(right, x[node] as number);
    top = Math.min(top, y[node] as number);
    bottom = Math.max(bottom, y[node] as number);
  }
  const scale = UNITS / Math.max(1, right - left, bottom - top);
  return {
    x: x.map((value) => (value - left) * scale), y: y.map((value) => (value - top) * scale),
    regions: regions.map((one) => ({ ...one, x: (one.x - left) * scale, y: (one.y - top) * scale, radius: one.radius * scale })),
  };
}
