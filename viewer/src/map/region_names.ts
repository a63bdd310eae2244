/** The names of regions, above their discs or within them, and on no other disc; they fade when one looks inside. */

import { oneLine } from "../core/dom.js";
import type { Community } from "../data/payload.js";
import type { Camera } from "./camera.js";
import type { Crowd, Rect } from "./crowd.js";
import { overlaps, type Labels } from "./label_placement.js";
import type { Colours, Scene } from "./scene.js";

export interface RegionName {
  lines: string[];
  /** The middle of the lines. */
  x: number;
  y: number;
  font: number;
  alpha: number;
}

const LETTERS = 32;
const ASIDE = 0.4; // of the radius
const INSIDE = [-0.72, 0, 0.72]; // of it, below the middle of the disc
const OVER = -7, BELOW = 20; // pixels between the box of a name and other discs: above its own disc its letters hardly touch them, below it must not seem to be theirs
const TOUCHES = 20; // cells of large marks that a name may cover, which is about one

const fontOf = (font: number, colours: Colours): string => `600 ${font}px ${colours.font}`;

/** Set the font of names where it is another than before, as that takes longer than to write one; gives its size. */
function useFont(context: CanvasRenderingContext2D, font: number, before: number, colours: Colours): number {
  if (font !== before) {
    context.letterSpacing = `${font * 0.08}px`;
    context.font = fontOf(font, colours);
  }
  return font;
}

interface Words {
  lines: string[];
  half: number;
}

/** A text in two lines of about the same length; nothing where it is one word. */
export function inHalves(text: string): string[] {
  const off = (gap: number): number => Math.abs(text.length - 1 - 2 * gap);
  const gaps = [...text.matchAll(/ /g)].map(({ index }) => index);
  if (!gaps.length) return [];
  const at = gaps.reduce((best, gap) => (off(gap) < off(best) ? gap : best));
  return [text.slice(0, at), text.slice(at + 1)];
}

interface Disc {
  x: number;
  y: number;
  size: number;
}

/** How far a box is from the rim of a disc; less than nothing where it lies on the disc. */
const distance = (box: Rect, { x, y, size }: Disc): number =>
  Math.hypot(x - Math.max(box.left, Math.min(x, box.right)), y - Math.max(box.top, Math.min(y, box.bottom))) - size;

/** The names that have room, the largest regions first; their boxes are added to `taken`; `large` marks are hardly covered. A name that has none is shortened, then broken into two lines. */
export function placeNames(context: CanvasRenderingContext2D, labels: Labels, scene: Scene, shown: readonly number[], camera: Camera, colours: Colours, crowd: Crowd, taken: Rect[], large: boolean): RegionName[] {
  const names: RegionName[] = [];
  const screen = Math.min(camera.width, camera.height);
  const discs = shown.map((region) => {
    const { x, y, radius, name } = scene.regions[region] as Community;
    return { x: camera.screenX(x), y: camera.screenY(y), size: radius * camera.scale, name };
  });
  let used = 0;
  for (const disc of discs) {
    const { x, y, size, name } = disc;
    if (size < 16) break; // those that follow are smaller
    const alpha = Math.min(1, Math.max(0, (0.75 - size / screen) / 0.25));
    if (alpha <= 0) continue;
    const font = size > 90 ? 13 : size > 40 ? 12 : 11;
    used = useFont(context, font, used, colours);
    const short = name.split(", ")[0] as string;
    const off = size + font * 0.4;
    const written = oneLine(short, LETTERS).toUpperCase();
    const [whole, brief, tall] = [name.length > LETTERS ? [] : [oneLine(name, LETTERS).toUpperCase()], [written], inHalves(written)].map((lines) =>
      ({ lines, half: Math.max(...lines.map((line) => labels.width(line, fontOf(font, colours)))) / 2 })) as [Words, Words, Words];
    const fit = ({ lines, half }: Words, lift: number, shift: number, covers: number): boolean => {
      const more = (lines.length - 1) * font * 0.6; // half the height of what is more than one line
      const middle = y + lift + (Math.abs(lift) === off ? Math.sign(lift) * more : 0), at = x + shift * size;
      const box = { left: at - half - 6, top: middle - more - font * 0.75, right: at + half + 6, bottom: middle + more + font * 0.75 };
      if (!lines.length || half > size * 1.7 || box.left < 0 || box.right > camera.width || box.top < 0 || box.bottom > camera.height) return false;
      if (crowd.under(box) > covers || taken.some((other) => overlaps(box, other)) || discs.some((other) => other !== disc && distance(box, other) < (lift === off ? BELOW : OVER))) return false;
      taken.push(box);
      return names.push({ lines, x: at, y: middle, font, alpha }) > 0;
    };
    const across = (words: Words, lift: number): (readonly [Words, number, number])[] => [0, -ASIDE, ASIDE].map((shift) => [words, lift, shift]);
    const spots = [...across(whole, -off), ...across(brief, -off), [brief, off, 0] as const, ...across(tall, -off), [tall, off, 0] as const, ...INSIDE.flatMap((lift) => across(brief, lift * size))]; // inside only where there is no room above or below
    // over marks only where there is no other place
    [0, large ? TOUCHES : 16 + size * 0.7].some((covers) => spots.some(([words, lift, shift]) => fit(words, lift, shift, covers)));
  }
  context.letterSpacing = "0px";
  return names;
}

export function writeNames(context: CanvasRenderingContext2D, names: readonly RegionName[], colours: Colours): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.ground;
  context.fillStyle = colours.muted;
  let used = 0;
  for (const { lines, x, y, font, alpha } of names) {
    context.globalAlpha = alpha;
    used = useFont(context, font, used, colours);
    for (const write of ["strokeText", "fillText"] as const) lines.forEach((line, at) => context[write](line, x, y + (at - (lines.length - 1) / 2) * font * 1.2));
  }
  context.globalAlpha = 1;
  context.letterSpacing = "0px";
}
