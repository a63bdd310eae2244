/** Which node lies at a point of the screen; a plain search through what is shown takes far less than a frame. */

import type { Camera } from "./camera.js";
import { growth, radius, type Scene } from "./scene.js";

/** The nearest of `nodes` (the last of two at the same place), or -1; `slack` are pixels round a node that count as it. */
export function pick(scene: Scene, nodes: ArrayLike<number>, camera: Camera, unit: number, x: number, y: number, slack: number): number {
  const grown = growth(camera.zoom);
  let best = -1;
  let least = slack;
  for (let at = nodes.length - 1; at >= 0; at--) {
    const node = nodes[at] as number;
    const dx = camera.screenX(scene.x[node] as number) - x;
    if (dx > 60 || dx < -60) continue;
    const dy = camera.screenY(scene.y[node] as number) - y;
    const distance = Math.hypot(dx, dy) - radius(scene.weight[node] as number, unit, grown);
    if (distance < least) {
      least = Math.max(0, distance);
      best = node;
      if (distance <= 0) break; // it lies on top
    }
  }
  return best;
}
