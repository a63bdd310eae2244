/** The canvas of the overlay: somewhat larger than the map, so that a drag moves it and draws it anew only now and then. */

import { h } from "../core/dom.js";
import type { Camera } from "./camera.js";
import { fitCanvas } from "./canvas_renderer.js";

/** CSS pixels that it is larger on each side, as in map.css: so far it is moved. */
export const RIM = 96;

export class OverlayCanvas {
  readonly element = h("canvas", { class: "ng-map-over" });
  readonly context = this.element.getContext("2d") as CanvasRenderingContext2D;
  /** Whether it shows something else than it should, wherever it is moved to. */
  #stale = true;
  #drawn = { x: 0, y: 0, scale: 0 };

  spoil(): void {
    this.#stale = true;
  }

  /** Move what was drawn with the camera, or clear it and `paint` anew. */
  draw(camera: Camera, paint: () => void): void {
    const { x, y, scale } = camera;
    const across = (this.#drawn.x - x) * scale, down = (this.#drawn.y - y) * scale;
    const moves = !this.#stale && scale === this.#drawn.scale && Math.max(Math.abs(across), Math.abs(down)) <= RIM;
    this.element.style.transform = moves ? `translate(${across}px, ${down}px)` : "";
    if (moves) return;
    this.#stale = false;
    this.#drawn = { x, y, scale };
    fitCanvas(this.element, this.context, camera, RIM);
    paint();
  }
}
