/** Rings round nodes: the chosen one, that under the pointer, those of the set. */

import type { Camera } from "./camera.js";
import { growth, radius, type Colours, type Scene } from "./scene.js";

/** Mark a node: the chosen one, or that under the pointer. */
export function ring(context: CanvasRenderingContext2D, scene: Scene, node: number, colours: Colours, camera: Camera, unit: number): void {
  const size = radius(scene.weight[node] as number, unit, growth(camera.zoom)) + 4;
  context.beginPath();
  context.arc(camera.screenX(scene.x[node] as number), camera.screenY(scene.y[node] as number), size, 0, 7);
  context.strokeStyle = colours.ground;
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = colours.accent;
  context.lineWidth = 2;
  context.stroke();
}

/** The line that a lasso has drawn so far. */
export function paintLasso(context: CanvasRenderingContext2D, points: readonly { x: number; y: number }[], colours: Colours): void {
  context.beginPath();
  for (const { x, y } of points) context.lineTo(x, y);
  context.closePath();
  context.strokeStyle = colours.accent;
  context.lineWidth = 1.5;
  context.setLineDash([4, 3]);
  context.stroke();
  context.setLineDash([]);
}

/** Whether a point lies within a polygon, by the even-odd rule. */
export function inside(points: readonly { x: number; y: number }[], x: number, y: number): boolean {
  let within = false;
  points.forEach((one, at) => {
    const other = points[(at || points.length) - 1] as { x: number; y: number };
    if (one.y > y !== other.y > y && x < ((other.x - one.x) * (y - one.y)) / (other.y - one.y) + one.x) within = !within;
  });
  return within;
}
