/** The map in the shape of its room: discs stay as they are and move, so that neither a wide nor a tall room has an empty part. */

import type { Community } from "../data/payload.js";

export interface Placed {
  x: Float32Array;
  y: Float32Array;
  regions: Community[];
}

const ALIKE = 1.1; // a map whose shape differs by no more from that of the room stays as it is
const GAP = 1.1; // between discs, of the sum of their radii
const PAIRS = 4_000_000; // that are looked at, at most
const DENSE = 0.8; // of a box that discs can fill at best
const GROWN = 24; // times that the box grows at most, by one part in so many
const CLOSE = 0.01; // overlap that is no more seen, as the gap is wider
const UNITS = 65_535;

/**
 * Places for a room of a ratio of width to height. Discs keep about where they were, left or right, above or below. Nodes outside of discs follow below, in rows as before.
 */
export function roomLayout(xs: ArrayLike<number>, ys: ArrayLike<number>, community: ArrayLike<number>, regions: readonly Community[], ratio: number): Placed {
  const x = Float32Array.from(xs), y = Float32Array.from(ys);
  const before = boxOf(regions);
  if (regions.length < 2) return { x, y, regions: [...regions] };
  const now = (before.right - before.left) / (before.bottom - before.top);
  const change = ratio / now;
  if (change < ALIKE && change > 1 / ALIKE) return { x, y, regions: [...regions] };
  const discs = packed(regions, before, ratio);
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

/** The discs in a box of a ratio, where each was in the box before: pushed apart within its walls, which give way until all have room. */
function packed(regions: readonly Community[], before: Box, ratio: number): Community[] {
  const area = regions.reduce((sum, { radius }) => sum + Math.PI * radius ** 2, 0);
  const largest = Math.max(...regions.map((one) => one.radius));
  let high = Math.max(2 * largest, 2 * largest / ratio, Math.sqrt(area / DENSE / ratio));
  const part = (value: number, low: number, past: number): number => (value - low) / Math.max(1, past - low) - 0.5;
  // discs in one line could only be pushed along it: each is moved a little, always in the same way
  const aside = (at: number): number => (((at * 0.618) % 1) - 0.5) * largest * 0.3;
  const discs = regions.map((one, at) => ({ ...one, x: part(one.x, before.left, before.right) * high * ratio + aside(at), y: part(one.y, before.top, before.bottom) * high + aside(at + 7) }));
  const rounds = Math.max(6, Math.min(60, Math.floor(PAIRS / GROWN / discs.length ** 2)));
  for (let grown = 0; grown < GROWN; grown++) {
    let worst = 0;
    for (let round = 0; round < rounds; round++) {
      worst = pushApart(discs);
      for (const disc of discs) {
        const [wide, tall] = [(high * ratio) / 2 - disc.radius, high / 2 - disc.radius];
        disc.x = Math.max(-wide, Math.min(wide, disc.x));
        disc.y = Math.max(-tall, Math.min(tall, disc.y));
      }
    }
    if (worst < CLOSE) break;
    high *= 1 + 1 / GROWN;
  }
  for (let round = 0; round < rounds; round++) pushApart(discs);
  return discs;
}

/** Push discs that lie over each other apart, the small ones more; gives the deepest overlap, as a part of what lies between their middles. */
function pushApart(discs: Community[]): number {
  let worst = 0;
  for (let at = 0; at < discs.length; at++) {
    for (let other = at + 1; other < discs.length; other++) {
      const a = discs[at] as Community, b = discs[other] as Community;
      const least = (a.radius + b.radius) * GAP;
      const dx = b.x - a.x, dy = b.y - a.y;
      if (dx > least || dx < -least || dy > least || dy < -least) continue;
      const distance = Math.hypot(dx, dy);
      if (distance >= least) continue;
      worst = Math.max(worst, 1 - distance / least);
      const push = distance ? (least - distance) / distance : 0, share = b.radius ** 2 / (a.radius ** 2 + b.radius ** 2);
      const [px, py] = distance ? [dx * push, dy * push] : [least, 0];
      a.x -= px * share;
      a.y -= py * share;
      b.x += px * (1 - share);
      b.y += py * (1 - share);
    }
  }
  return worst;
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
