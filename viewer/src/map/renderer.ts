/**
 * What draws the points and lines of the map. The camera, gestures, labels, regions and the neighbourhood are the view's own,
 * so that a renderer is small and can be replaced.
 */

import type { Camera } from "./camera.js";
import type { Colours, Scene, VisibleScene } from "./scene.js";

export interface Renderer {
  readonly element: HTMLElement;
  setShown(shown: VisibleScene): void;
  setTheme(colours: Colours): void;
  /** Draw now; lines are left out while the camera moves. `unit` is the radius of the lightest node in CSS pixels. */
  draw(camera: Camera, unit: number, moving: boolean): void;
  /** Release contexts. */
  destroy(): void;
}

/** Null where the browser cannot; `failed` is called when the browser takes the drawing context away. */
export type MakeRenderer = (scene: Scene, failed: () => void) => Renderer | null;
