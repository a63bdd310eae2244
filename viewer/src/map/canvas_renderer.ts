/** Points and lines on a 2D canvas: where there is no WebGL, and for pictures that are saved. */

import { h } from "../core/dom.js";
import type { Camera } from "./camera.js";
import type { Renderer } from "./renderer.js";
import { growth, markColour, radius, type Colours, type Scene, type VisibleScene } from "./scene.js";
import { shapePath } from "./shape_paths.js";

/** More would not be drawn in the time of a frame. */
export const MOST = 2000;

export function makeCanvasRenderer(scene: Scene): Renderer {
  const canvas = h("canvas");
  const context = canvas.getContext("2d") as CanvasRenderingContext2D;
  let shown: VisibleScene;
  let colours: Colours;
  return {
    element: canvas,
    setShown: (next) => {
      if (next.order.length <= MOST) {
        shown = next;
        return;
      }
      const order = next.order.slice(-MOST);
      const mask = new Uint8Array(next.mask.length);
      for (const node of order) mask[node] = 1;
      shown = { ...next, mask, order, lines: next.lines.filter((line) => mask[scene.from[line] as number] && mask[scene.to[line] as number]) };
    },
    setTheme: (next) => {
      colours = next;
    },
    draw: (camera, unit, moving) => {
      fitCanvas(canvas, context, camera);
      paint(context, scene, shown, colours, camera, unit, !moving);
    },
    destroy: () => canvas.remove(),
  };
}

/** Fit a canvas to the screen, or to so many pixels more on each side, and clear it; then a unit of the context is a CSS pixel. */
export function fitCanvas(canvas: HTMLCanvasElement, context: CanvasRenderingContext2D, camera: Camera, rim = 0): void {
  const ratio = globalThis.devicePixelRatio || 1;
  const width = Math.round((camera.width + 2 * rim) * ratio);
  const height = Math.round((camera.height + 2 * rim) * ratio);
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, rim * ratio, rim * ratio);
  context.clearRect(-rim, -rim, camera.width + 2 * rim, camera.height + 2 * rim);
}

export function paint(context: CanvasRenderingContext2D, scene: Scene, shown: VisibleScene, colours: Colours, camera: Camera, unit: number, lines: boolean): void {
  const { x, y, from, to } = scene;
  context.beginPath();
  for (const number of shown.regions) {
    const region = scene.regions[number] as { x: number; y: number; radius: number };
    const size = region.radius * camera.scale;
    context.moveTo(camera.screenX(region.x) + size, camera.screenY(region.y));
    context.arc(camera.screenX(region.x), camera.screenY(region.y), size, 0, 7);
  }
  context.fillStyle = colours.raised;
  context.fill();
  if (lines) {
    context.beginPath();
    for (const line of shown.lines) {
      const a = from[line] as number;
      const b = to[line] as number;
      context.moveTo(camera.screenX(x[a] as number), camera.screenY(y[a] as number));
      context.lineTo(camera.screenX(x[b] as number), camera.screenY(y[b] as number));
    }
    context.globalAlpha = lineAlpha(shown.lines.length);
    context.strokeStyle = colours.line;
    context.lineWidth = 1;
    context.stroke();
    context.globalAlpha = 1;
  }
  const grown = growth(camera.zoom);
  context.strokeStyle = colours.ground;
  for (const node of shown.order) {
    const kind = scene.kind[node] as number;
    const size = radius(scene.weight[node] as number, unit, grown);
    const left = camera.screenX(x[node] as number);
    const top = camera.screenY(y[node] as number);
    if (left < -size || top < -size || left > camera.width + size || top > camera.height + size) continue;
    const path = shapePath(scene.outlines[kind] ?? "", left, top, size);
    if (size > 2.5) context.stroke(path);
    context.fillStyle = markColour(scene, colours, node);
    context.fill(path, "evenodd");
  }
}

/** Many lines are drawn fainter, so that they do not become a blot. */
export const lineAlpha = (lines: number): number => Math.min(0.55, Math.max(0.16, 6 / Math.sqrt(Math.max(1, lines))));
