/** The upper level of the map: communities as discs with name, topic and articles by month, and weighted links between them. */

import { oneLine } from "../core/dom.js";
import { counted } from "../core/format.js";
import type { Community } from "../data/payload.js";
import type { Camera } from "./camera.js";
import { BARS, type CommunityFacts } from "./community_facts.js";
import { discName, inTwo, LEADING, type DiscName } from "./disc_names.js";
import type { Rect } from "./crowd.js";
import { overlaps, type Labels } from "./label_placement.js";
import { RIM } from "./overlay_canvas.js";
import type { Colours, Scene } from "./scene.js";

const NAMED = 17; // pixels of radius from which a disc has a name
const FULL = 34; // and from which it has all else
const SMALL = 10; // pixels of the letters of a name that lies over the edge of its disc
const NONE: DiscName = { lines: [], font: 0 };
const REMEMBERED = 2000; // names
const BEYOND = 3.4; // radii that such a name may be wide

export function paintCommunities(context: CanvasRenderingContext2D, scene: Scene, shown: readonly number[], facts: CommunityFacts, camera: Camera, colours: Colours, labels: Labels, hover: number): void {
  const of = (number: number): { x: number; y: number; size: number } => {
    const { x, y, radius } = scene.regions[number] as Community;
    return { x: camera.screenX(x), y: camera.screenY(y), size: radius * camera.scale };
  };
  const here = new Set(shown);
  const most = facts.links[0]?.[2] ?? 1;
  context.lineCap = "round";
  for (const [one, other, count] of facts.links) {
    if (!here.has(one) || !here.has(other)) continue;
    const a = of(one), b = of(other);
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.strokeStyle = colours.line;
    context.globalAlpha = 0.15 + 0.4 * Math.sqrt(count / most);
    context.lineWidth = 1 + 9 * Math.sqrt(count / most);
    context.stroke();
  }
  context.globalAlpha = 1;
  context.lineCap = "butt";
  const inSight = shown.map((number) => ({ number, ...of(number) })).filter(({ x, y, size }) => x >= -size - RIM && y >= -size - RIM && x <= camera.width + size + RIM && y <= camera.height + size + RIM);
  for (const { number, x, y, size } of inSight) {
    context.beginPath();
    context.arc(x, y, size, 0, 7);
    context.fillStyle = colours.raised;
    context.fill();
    context.strokeStyle = number === hover ? colours.accent : colours.line;
    context.lineWidth = number === hover ? 2 : 1;
    context.stroke();
  }
  context.textAlign = "center";
  context.textBaseline = "middle";
  const style = (font: number, weight = ""): string => `${weight}${font}px ${colours.font}`;
  const measure = (words: string, letters: number): number => labels.width(words, style(letters, "600 "));
  const written: Rect[] = [];
  const write = (lines: readonly string[], font: string, x: number, top: number, step: number): number => {
    context.font = font;
    lines.forEach((line, at) => context.fillText(line, x, top + at * step));
    return top + lines.length * step;
  };
  const nameless: typeof inSight = [];
  for (const one of inSight) {
    const { number, x, y, size } = one;
    if (size < NAMED) continue;
    const name = oneLine((scene.regions[number] as Community).name, 90);
    const largest = size > 70 ? 14 : size > 45 ? 12 : size >= FULL ? 11 : 10;
    const { lines, font, full } = remembered(labels, `${size} ${style(largest)} ${name}`, () => {
      const upper = size >= FULL ? discName(name, size, -size * 0.3, largest, 3, measure) : NONE;
      // the name alone, if there is no room for all
      return upper.lines.length ? { ...upper, full: true } : { ...discName(name, size, 0, largest, 4, measure), full: false };
    });
    const step = font * LEADING;
    const middle = full ? y - size * 0.3 : y;
    if (!lines.length) nameless.push(one);
    else {
      const half = Math.max(...lines.map((line) => measure(line, font))) / 2 + 2;
      written.push({ left: x - half, right: x + half, top: middle - (lines.length * step) / 2, bottom: middle + (lines.length * step) / 2 });
    }
    context.fillStyle = colours.text;
    let top = write(lines, style(font, "600 "), x, middle - ((lines.length - 1) * step) / 2, step);
    if (!full) continue;
    const plain = style(Math.max(10, font - 2));
    context.fillStyle = colours.muted;
    const topic = facts.topics[number] ?? "";
    for (const text of [lines.some((line) => line.replace(/,$/, "") === topic) ? "" : topic, size > 60 ? counted(facts.sizes[number] ?? 0, "thing") : ""]) {
      const broken = inTwo(text, size * 1.75, (words) => labels.width(words, plain));
      if (!text || top + (broken.length - 0.5) * step > y + size * 0.4) continue; // there the bars begin
      top = write(broken, plain, x, top, step);
    }
    bars(context, facts.months[number] ?? new Uint32Array(BARS), x, y + size * 0.72, size, colours);
  }
  // names that are too long for their small discs lie over their edges, where no other name does
  context.lineJoin = "round";
  context.lineWidth = 3;
  context.strokeStyle = colours.raised;
  context.fillStyle = colours.text;
  for (const { number, x, y, size } of nameless) {
    const first = (scene.regions[number] as Community).name.split(", ")[0] as string;
    const lines = inTwo(first, size * BEYOND, (words) => measure(words, SMALL));
    const half = Math.max(0, ...lines.map((line) => measure(line, SMALL))) / 2 + 2, high = (lines.length * SMALL * LEADING) / 2;
    const box = { left: x - half, right: x + half, top: y - high, bottom: y + high };
    if (!lines.length || box.left < 0 || box.right > camera.width || written.some((other) => overlaps(box, other))) continue;
    written.push(box);
    context.font = style(SMALL, "600 ");
    const top = y - high + (SMALL * LEADING) / 2;
    lines.forEach((line, at) => context.strokeText(line, x, top + at * SMALL * LEADING));
    write(lines, context.font, x, top, SMALL * LEADING);
  }
}

type DrawnName = DiscName & { full: boolean };

const drawn = new WeakMap<Labels, Map<string, DrawnName>>();

/** How a name was broken before into a disc of this size: while the map is dragged, nothing changes. */
function remembered(labels: Labels, key: string, make: () => DrawnName): DrawnName {
  let names = drawn.get(labels);
  if (!names || names.size > REMEMBERED) drawn.set(labels, (names = new Map()));
  let name = names.get(key);
  if (!name) names.set(key, (name = make()));
  return name;
}

/** Articles by time, so wide and high as the lower half of the disc has room. */
function bars(context: CanvasRenderingContext2D, counts: Uint32Array, x: number, foot: number, size: number, colours: Colours): void {
  const most = Math.max(1, ...counts), step = (size * 1.15) / BARS;
  context.fillStyle = colours.muted;
  counts.forEach((count, at) => {
    const high = Math.max(count ? 1.5 : 0, (count / most) * size * 0.32);
    context.fillRect(x + (at - BARS / 2) * step, foot - high, Math.max(1, step - 0.8), high);
  });
  context.fillRect(x - (BARS / 2) * step, foot, BARS * step, 0.6);
}
