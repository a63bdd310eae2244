/** Communities as soft discs with names above them; names fade when one looks inside. */

import { oneLine } from "../dom.js";
import type { Community } from "../payload.js";
import type { Camera } from "./camera.js";
import type { Labels, Rect } from "./labels.js";
import type { Colours } from "./scene.js";

export interface Name {
  text: string;
  x: number;
  y: number;
  font: number;
  alpha: number;
  community: number;
}

export function drawRegions(context: CanvasRenderingContext2D, communities: readonly Community[], shown: readonly number[], camera: Camera, colours: Colours): void {
  context.beginPath();
  for (const number of shown) {
    const { x, y, radius } = communities[number] as Community;
    const left = camera.screenX(x);
    const top = camera.screenY(y);
    const size = radius * camera.scale;
    if (left + size < 0 || top + size < 0 || left - size > camera.width || top - size > camera.height) continue;
    context.moveTo(left + size, top);
    context.arc(left, top, size, 0, 7);
  }
  context.fillStyle = colours.raised;
  context.fill();
}

const tracked = (context: CanvasRenderingContext2D, font: number): void => {
  context.letterSpacing = `${font * 0.08}px`;
};

/** The names that have room, the largest regions first; their boxes are added to `taken`. */
export function placeNames(context: CanvasRenderingContext2D, labels: Labels, communities: readonly Community[], shown: readonly number[], camera: Camera, colours: Colours, taken: Rect[]): Name[] {
  const names: Name[] = [];
  const screen = Math.min(camera.width, camera.height);
  for (const community of shown) {
    const { x, y, radius, name } = communities[community] as Community;
    const size = radius * camera.scale;
    if (size < 22 || !name) continue;
    const alpha = Math.min(1, Math.max(0, (0.75 - size / screen) / 0.25));
    if (alpha <= 0) continue;
    const font = size > 90 ? 13 : size > 45 ? 12 : 11;
    const text = oneLine(name, Math.max(12, Math.min(40, Math.floor((size * 2.6) / (font * 0.72))))).toUpperCase();
    tracked(context, font);
    const half = labels.width(text, `600 ${font}px ${colours.font}`) / 2;
    const left = camera.screenX(x);
    const middle = camera.screenY(y) - size - font * 0.3;
    const box = { left: left - half - 4, top: middle - font * 0.75, right: left + half + 4, bottom: middle + font * 0.75 };
    if (box.left < 0 || box.right > camera.width || box.top < 0 || box.bottom > camera.height) continue;
    if (taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom)) continue;
    taken.push(box);
    names.push({ text, x: left, y: middle, font, alpha, community });
  }
  context.letterSpacing = "0px";
  return names;
}

export function writeNames(context: CanvasRenderingContext2D, names: readonly Name[], colours: Colours): void {
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 3;
  for (const { text, x, y, font, alpha } of names) {
    context.globalAlpha = alpha;
    context.font = `600 ${font}px ${colours.font}`;
    tracked(context, font);
    context.strokeStyle = colours.ground;
    context.fillStyle = colours.muted;
    context.strokeText(text, x, y);
    context.fillText(text, x, y);
  }
  context.globalAlpha = 1;
  context.letterSpacing = "0px";
}
