/** The upper level of the map: communities as discs with name, topic and articles by month, and weighted links between them. */

import { oneLine } from "../core/dom.js";
import { counted } from "../core/format.js";
import type { Community } from "../data/payload.js";
import type { Camera } from "./camera.js";
import { BARS, type CommunityFacts } from "./community_facts.js";
import { discName, inTwo, LEADING } from "./disc_names.js";
import type { Labels } from "./label_placement.js";
import { RIM } from "./overlay_canvas.js";
import type { Colours, Scene } from "./scene.js";

const NAMED = 17; // pixels of radius from which a disc has a name
const FULL = 34; // and from which it has all else

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
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const number of shown) {
    const { x, y, size } = of(number);
    if (x < -size - RIM || y < -size - RIM || x > camera.width + size + RIM || y > camera.height + size + RIM) continue;
    context.beginPath();
    context.arc(x, y, size, 0, 7);
    context.fillStyle = colours.raised;
    context.fill();
    context.strokeStyle = number === hover ? colours.accent : colours.line;
    context.lineWidth = number === hover ? 2 : 1;
    context.stroke();
    if (size < NAMED) continue;
    const full = size >= FULL;
    const { name } = scene.regions[number] as Community;
    const style = (font: number, weight = ""): string => `${weight}${font}px ${colours.font}`;
    const middle = full ? -size * 0.3 : 0;
    const { lines, font } = discName(oneLine(name, 90), size, middle, size > 70 ? 14 : size > 45 ? 12 : full ? 11 : 10, full ? 3 : 2, (words, letters) => labels.width(words, style(letters, "600 ")));
    const step = font * LEADING;
    let top = y + middle - ((lines.length - 1) * step) / 2;
    context.font = style(font, "600 ");
    context.fillStyle = colours.text;
    for (const line of lines) {
      context.fillText(line, x, top);
      top += step;
    }
    if (!full) continue;
    const plain = style(Math.max(10, font - 2));
    context.font = plain;
    context.fillStyle = colours.muted;
    const topic = facts.topics[number] ?? "";
    for (const text of [lines.some((line) => line.replace(/,$/, "") === topic) ? "" : topic, size > 60 ? counted(facts.sizes[number] ?? 0, "thing") : ""]) {
      const broken = inTwo(text, size * 1.75, (words) => labels.width(words, plain));
      if (!text || top + (broken.length - 1) * step > y + size * 0.36) continue; // there the bars begin
      for (const line of broken) {
        context.fillText(line, x, top);
        top += step;
      }
    }
    bars(context, facts.months[number] ?? new Uint32Array(BARS), x, y + size * 0.72, size, colours);
  }
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
