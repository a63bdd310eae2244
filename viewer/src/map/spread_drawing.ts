/** Draws the neighbourhood that is spread round the chosen node: lines with words and arrows, marks, and signs to spread further. */

import { oneLine } from "../core/dom.js";
import type { Camera } from "./camera.js";
import type { Rect } from "./crowd.js";
import { overlaps, type Labels } from "./label_placement.js";
import { ring } from "./node_marks.js";
import { growth, markColour, radius, type Colours, type Scene } from "./scene.js";
import { shapePath } from "./shape_paths.js";
import type { SpreadNode } from "./spread.js";

const ARROW = 7; // pixels
const WORD = 11; // pixels of the font
export const SIGN = 6.5; // radius of the signs that spread further
const CLEAR = 14; // least pixels from the middle of a mark to that of its sign, in both directions: its label is below

/** Where the sign of a node is: above it to the right. */
export function signAt(one: SpreadNode, scene: Scene, camera: Camera, unit: number): { x: number; y: number } {
  const away = Math.max(CLEAR, (radius(scene.weight[one.node] as number, unit, growth(camera.zoom)) + SIGN) * 0.75);
  return { x: camera.screenX(one.x) + away, y: camera.screenY(one.y) - away };
}

/** What labels keep clear of: the sign but for its lowest pixels, so that a label may be beside the mark itself. */
export function signBox(one: SpreadNode, scene: Scene, camera: Camera, unit: number): Rect {
  const { x, y } = signAt(one, scene, camera, unit);
  return { left: x - SIGN, right: x + SIGN, top: y - SIGN, bottom: y + SIGN - 4 };
}

/** `scene` has the nodes in their places; `taken` gets the boxes of the words. `other` is the other end of the chosen link. */
export function paintSpread(context: CanvasRenderingContext2D, scene: Scene, node: number, other: number, nodes: readonly SpreadNode[], colours: Colours, camera: Camera, unit: number, chosenUnit: number, labels: Labels, taken: Rect[]): void {
  const size = (one: number): number => radius(scene.weight[one] as number, one === node ? chosenUnit : unit, growth(camera.zoom)) + 2;
  const point = (one: number): [number, number] => [camera.screenX(scene.x[one] as number), camera.screenY(scene.y[one] as number)];
  const words: { text: string; x: number; y: number; strong: boolean }[] = [];
  for (const one of nodes) {
    const [ax, ay] = point(one.parent), [bx, by] = point(one.node);
    const chosen = one.node === other && one.parent === node;
    const length = Math.hypot(bx - ax, by - ay) || 1;
    const [dx, dy] = [(bx - ax) / length, (by - ay) / length];
    context.beginPath();
    context.moveTo(ax, ay);
    context.lineTo(bx, by);
    context.strokeStyle = chosen ? colours.accent : one.direct ? colours.muted : colours.line;
    context.globalAlpha = one.direct || chosen ? 0.9 : 0.45;
    context.lineWidth = chosen ? 2.5 : one.direct ? 1.4 : 1;
    context.setLineDash(one.firm ? [] : [5, 4]);
    context.stroke();
    context.setLineDash([]);
    if (one.arrow) {
      const [tip, away] = one.arrow > 0 ? [one.node, 1] : [one.parent, -1];
      const [px, py] = point(tip);
      const x = px - dx * away * size(tip), y = py - dy * away * size(tip);
      context.beginPath();
      context.moveTo(x, y);
      for (const side of [-0.45, 0.45]) context.lineTo(x - away * ARROW * (dx + dy * side), y - away * ARROW * (dy - dx * side));
      context.closePath();
      context.fillStyle = context.strokeStyle;
      context.fill();
    }
    context.globalAlpha = 1;
    if (one.words && (one.direct || chosen)) words.push({ text: oneLine(one.words, 28), x: ax + (bx - ax) * 0.58, y: ay + (by - ay) * 0.58, strong: chosen });
  }
  for (const one of [...nodes.map((each) => each.node), node]) {
    const [x, y] = point(one);
    const path = shapePath(scene.outlines[scene.kind[one] as number] ?? "", x, y, size(one) - 2);
    context.strokeStyle = colours.ground;
    context.lineWidth = 2;
    context.stroke(path);
    context.fillStyle = markColour(scene, colours, one);
    context.fill(path, "evenodd");
  }
  ring(context, scene, node, colours, camera, chosenUnit);
  for (const one of nodes) if (one.open !== null) sign(context, signAt(one, scene, camera, unit), one.open, colours);
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.font = `${WORD}px ${colours.font}`;
  context.strokeStyle = colours.ground;
  for (const { text, x, y, strong } of words) {
    const half = labels.width(text, context.font) / 2 + 2;
    const box = { left: x - half, right: x + half, top: y - WORD * 0.7, bottom: y + WORD * 0.7 };
    if (!strong && taken.some((one) => overlaps(one, box))) continue;
    taken.push(box);
    context.lineWidth = 4;
    context.strokeText(text, x, y);
    context.fillStyle = strong ? colours.accent : colours.muted;
    context.fillText(text, x, y);
  }
}

function sign(context: CanvasRenderingContext2D, { x, y }: { x: number; y: number }, open: boolean, colours: Colours): void {
  context.beginPath();
  context.arc(x, y, SIGN, 0, 7);
  context.fillStyle = colours.ground;
  context.fill();
  context.lineWidth = 1;
  context.strokeStyle = colours.muted;
  context.stroke();
  context.beginPath();
  context.moveTo(x - 3, y);
  context.lineTo(x + 3, y);
  if (!open) {
    context.moveTo(x, y - 3);
    context.lineTo(x, y + 3);
  }
  context.lineWidth = 1.4;
  context.stroke();
}
