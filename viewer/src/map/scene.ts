/** What a renderer draws: points and lines in map units, as columns; made once a graph. */

import type { Community, Shape } from "../data/payload.js";
import type { Box } from "./camera.js";

/** Places, weights and colours change with the room and with what the reader wants marks to say. */
export interface Scene {
  /** Map units, y downwards. */
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  readonly kind: Uint8Array;
  /** Number of each node's colour in the palette: that of its kind, or of a step of a scale. */
  colour: Uint8Array;
  /** 0 to 1: how much is reported of it; decides size, order and labels. */
  weight: Float32Array;
  /** All nodes, the lightest first. */
  rank: Int32Array;
  /** Ends of the lines, as node numbers. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** One a kind. */
  readonly shapes: readonly Shape[];
  readonly outlines: readonly string[];
  regions: readonly Community[];
  /** Number of each node's region, -1: none. */
  readonly region: ArrayLike<number>;
}

/** What of a scene is drawn now: the nodes that the filters let through, the weightiest last so that they lie on top. */
export interface VisibleScene {
  readonly mask: Uint8Array;
  readonly order: Int32Array;
  /** Lines with both ends shown. */
  readonly lines: Int32Array;
  /** Regions with something shown in them, the largest first. */
  readonly regions: readonly number[];
}

export interface Colours {
  /** One a kind and then one a step of the scale, as "#rrggbb". */
  readonly palette: readonly string[];
  readonly ground: string;
  readonly raised: string;
  readonly text: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly font: string;
}

export function visibleScene(scene: Scene, mask: Uint8Array): VisibleScene {
  const { from, to, regions } = scene;
  const order = only(scene.rank.length, (at) => mask[scene.rank[at] as number] === 1).map((at) => scene.rank[at] as number);
  const used = new Uint8Array(regions.length);
  for (const node of order) used[scene.region[node] as number] = 1; // writing to -1 does nothing
  const size = (number: number): number => regions[number]?.radius ?? 0;
  return {
    mask,
    order,
    lines: only(from.length, (line) => mask[from[line] as number] === 1 && mask[to[line] as number] === 1),
    regions: [...used.keys()].filter((number) => used[number]).sort((a, b) => size(b) - size(a) || a - b),
  };
}

/** The numbers below `many` that fit. */
function only(many: number, fits: (at: number) => boolean): Int32Array {
  const found = new Int32Array(many);
  let count = 0;
  for (let at = 0; at < many; at++) if (fits(at)) found[count++] = at;
  return found.subarray(0, count);
}

const NEAR = 0.1; // of the area without the outermost points

/** What must be seen for all to be seen: regions and points, but of the outermost hundredth only those that are near. */
export function wholeBox(scene: Scene, { order, regions }: VisibleScene): Box {
  const range = (place: ArrayLike<number>, middle: "x" | "y"): [number, number] => {
    const values = Float64Array.from(order, (node) => place[node] as number).sort();
    const few = Math.floor(values.length * 0.01);
    const discs = regions.map((number) => scene.regions[number] as Community);
    const low = discs.reduce((least, disc) => Math.min(least, disc[middle] - disc.radius), values[few] ?? 0);
    const high = discs.reduce((most, disc) => Math.max(most, disc[middle] + disc.radius), values[values.length - 1 - few] ?? 65535);
    const near = (high - low) * NEAR;
    const close = values.filter((value) => value > low - near && value < high + near);
    return [Math.min(low, close[0] ?? low), Math.max(high, close.at(-1) ?? high)];
  };
  const [left, right] = range(scene.x, "x");
  const [top, bottom] = range(scene.y, "y");
  return { left, top, right: Math.max(right, left + 1000), bottom: Math.max(bottom, top + 1000) };
}

export const markColour = (scene: Scene, colours: Colours, node: number): string => colours.palette[scene.colour[node] as number] ?? colours.muted;

/** Radius in CSS pixels of a node of a weight; `unit` is that of the lightest. Nodes grow more slowly than the map does. */
export const radius = (weight: number, unit: number, growth: number): number => unit * growth * (1 + 2.6 * weight);
export const growth = (zoom: number): number => Math.min(4, Math.max(0.7, zoom) ** 0.45);
/** Few nodes are drawn large, many small. */
export const unit = (width: number, height: number, nodes: number): number => Math.min(3.4, Math.max(1.25, 0.082 * Math.sqrt((width * height) / Math.max(1, nodes))));
