/** Which labels are drawn, and where: the weightiest first, none over another, and those that are there stay if they can. */

import { tied, untied } from "../core/dom.js";
import type { Camera } from "./camera.js";
import type { Crowd, Rect } from "./crowd.js";
import type { Colours } from "./scene.js";

export interface Candidate {
  id: number;
  lines: readonly string[];
  x: number;
  y: number;
  /** Radius of what is named. */
  size: number;
  /** CSS pixels. */
  font: number;
  bold?: boolean;
  /** How many cells of marks its label may cover. */
  covers: number;
}

export interface PlacedLabel extends Candidate {
  left: number;
  /** Middle of its lines. */
  middle: number;
  width: number;
  side: number;
}

const SIDES = 12;
const GAP = 4;
const MARGIN = 3;
const LEADING = 1.2;
const STAYS = 24; // cells that a label would rather cover than change its side
const MORE = [1, 2.2, 3.3]; // lines of so many letters; of more a label has one line more

/** A label on one line of so many letters, or on two to four of about the same length. */
export function labelLines(text: string, letters: number): string[] {
  const lines: string[] = [];
  let left = tied(text);
  for (let many = 1 + MORE.filter((lines) => text.length > letters * lines).length; many > 1; many--) {
    const off = (at: number): number => Math.abs(at - left.length / many);
    const at = [...left.matchAll(/ /g)].reduce((best, { index }) => (off(index) < off(best) ? index : best), 0);
    if (!at) break;
    lines.push(left.slice(0, at));
    left = left.slice(at + 1);
  }
  return [...lines, left].map(untied);
}

export class Labels {
  #before = new Map<number, number>();
  readonly #widths = new Map<string, number>();

  constructor(private readonly context: CanvasRenderingContext2D) {}

  width(text: string, font: string): number {
    const key = font + text;
    let width = this.#widths.get(key);
    if (width === undefined) {
      this.context.font = font;
      width = this.context.measureText(text).width;
      this.#widths.set(key, width);
    }
    return width;
  }

  /** Labels were placed earlier? They come first among candidates of about their weight. */
  stays(id: number): boolean {
    return this.#before.has(id);
  }

  /** Place candidates, in the order given; `taken` are boxes that must stay free, and gets those of the labels. */
  place(candidates: Iterable<Candidate>, camera: Camera, colours: Colours, crowd: Crowd, taken: Rect[], most: number): PlacedLabel[] {
    const placed: PlacedLabel[] = [];
    for (const one of candidates) {
      if (placed.length >= most) break;
      const font = fontOf(one, colours);
      const width = Math.max(...one.lines.map((line) => this.width(line, font)));
      const side = this.#side(one, width, camera, crowd, taken);
      if (side < 0) continue;
      const { left, middle } = spot(one, width, side);
      taken.push(box(one, left, middle, width));
      placed.push({ ...one, left, middle, width, side });
    }
    this.#before = new Map(placed.map(({ id, side }) => [id, side]));
    return placed;
  }

  /** The side where the label covers least, -1: nowhere; a label stays where it is unless it would cover much more. */
  #side(one: Candidate, width: number, camera: Camera, crowd: Crowd, taken: readonly Rect[]): number {
    const last = this.#before.get(one.id);
    let best = -1;
    let least = Infinity;
    for (let side = 0; side < SIDES; side++) {
      const { left, middle } = spot(one, width, side);
      const own = box(one, left, middle, width);
      if (own.left < 2 || own.top < 2 || own.right > camera.width - 2 || own.bottom > camera.height - 2) continue;
      const covered = crowd.under(box(one, left, middle, width, 0));
      const cost = covered - (side === last ? STAYS : 0) + side * 0.1;
      if (covered > one.covers || cost >= least || taken.some((other) => overlaps(own, other))) continue;
      least = cost;
      best = side;
    }
    return best;
  }
}

const fontOf = (one: { font: number; bold?: boolean }, colours: Colours): string => `${one.bold ? "600 " : ""}${one.font}px ${colours.font}`;

export const overlaps = (a: Rect, b: Rect): boolean => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** How many pixels the lines of a label are high beyond the first. */
const more = ({ lines, font }: Candidate): number => (lines.length - 1) * font * LEADING;

function box(one: Candidate, left: number, middle: number, width: number, margin = MARGIN): Rect {
  const half = one.font * 0.62 + more(one) / 2 + margin;
  return { left: left - margin, top: middle - half, right: left + width + margin, bottom: middle + half };
}

/** Right, left, above and below what is named; to the right and left of it, somewhat lower or higher; above and below it, but beginning or ending there. */
function spot(one: Candidate, width: number, side: number): { left: number; middle: number } {
  const { x, y, size, font } = one;
  if (side < 2 || (side > 3 && side < 8)) return { left: side % 2 ? x - size - GAP - width : x + size + GAP, middle: side < 2 ? y : y + (side < 6 ? 1 : -1) * (size * 0.5 + font * 0.5 + more(one) / 2) };
  const away = size + GAP + font * 0.6 + more(one) / 2;
  return { left: side < 4 ? x - width / 2 : side % 2 ? x + size - width : x - size, middle: side === 2 || side === 8 || side === 9 ? y - away : y + away };
}

/** Write labels with a halo in the ground's colour, so that they can be read over lines and points. */
export function writeLabels(context: CanvasRenderingContext2D, placed: readonly PlacedLabel[], colours: Colours): void {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3.5;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.text;
  let used = "";
  for (const one of placed) {
    const side = one.side === 2 || one.side === 3 ? 0.5 : one.side % 2; // lines begin, end or are centred at what they name
    const x = one.left + side * one.width;
    const font = fontOf(one, colours);
    if (font !== used) context.font = used = font; // to set it takes longer than to write a name
    context.textAlign = side === 0.5 ? "center" : side ? "right" : "left";
    for (const write of ["strokeText", "fillText"] as const) one.lines.forEach((line, at) => context[write](line, x, one.middle - more(one) / 2 + at * one.font * LEADING));
  }
}
