/** Mouse, pen, fingers, wheel and keys on the map: they move the camera; clicks and hovering are passed to the view. */

import type { Camera } from "./camera.js";

export interface MapActions {
  hover(x: number, y: number): void;
  leave(): void;
  click(x: number, y: number, touch: boolean, shift: boolean): void;
  /** Whether a drag that begins here moves what lies there, or draws a lasso; else it moves the map. */
  begin(x: number, y: number, shift: boolean): "move" | "lasso" | null;
  /** What is moved is here now, or the lasso's line; `done` at the end. */
  drag(points: readonly { x: number; y: number }[], done: boolean): void;
  expand(): void;
  double(x: number, y: number): void;
  fit(): void;
  enter(): void;
  escape(): void;
}

const STEP = 60;
const ZOOM = 1.5;

export function listenToMap(surface: HTMLElement, camera: Camera, actions: MapActions): void {
  const fingers = new Map<number, { x: number; y: number }>();
  let travelled = 0;
  let grip: "move" | "lasso" | null = null;
  let trail: { x: number; y: number }[] = [];
  const at = (event: MouseEvent): { x: number; y: number } => {
    const box = surface.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const spread = (): { x: number; y: number; size: number } => {
    const [a, b] = [...fingers.values()] as [{ x: number; y: number }, { x: number; y: number }];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: Math.max(1, Math.hypot(a.x - b.x, a.y - b.y)) };
  };
  surface.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    if (fingers.size === 0) {
      travelled = 0;
      trail = [at(event)];
      grip = actions.begin(trail[0]?.x ?? 0, trail[0]?.y ?? 0, event.shiftKey);
    }
    fingers.set(event.pointerId, at(event));
    surface.setPointerCapture(event.pointerId);
  });
  surface.addEventListener("pointermove", (event) => {
    const now = at(event);
    const last = fingers.get(event.pointerId);
    if (!last) {
      if (event.pointerType !== "touch") actions.hover(now.x, now.y);
      return;
    }
    if (fingers.size === 2) {
      const before = spread();
      fingers.set(event.pointerId, now);
      const after = spread();
      travelled += 9;
      camera.pan(after.x - before.x, after.y - before.y);
      camera.zoomAt(after.size / before.size, after.x, after.y);
      return;
    }
    travelled += Math.abs(now.x - last.x) + Math.abs(now.y - last.y);
    fingers.set(event.pointerId, now);
    if (travelled > 4 && grip) {
      trail.push(now);
      actions.drag(trail, false);
    } else if (travelled > 4) {
      actions.leave();
      surface.classList.add("ng-dragged");
      camera.pan(now.x - last.x, now.y - last.y);
    }
  });
  /** A press that moved nothing; it chooses with the browser's own click, as what it opens would else be hit by that click. */
  let press: { x: number; y: number; touch: boolean; shift: boolean } | null = null;
  const up = (event: PointerEvent): void => {
    const known = fingers.delete(event.pointerId);
    surface.classList.remove("ng-dragged");
    press = null;
    if (known && fingers.size === 0 && travelled <= 4 && event.type === "pointerup") press = { ...at(event), touch: event.pointerType === "touch", shift: event.shiftKey };
    else if (known && grip && travelled > 4) actions.drag(trail, true);
    if (fingers.size === 0) grip = null;
  };
  surface.addEventListener("click", () => {
    const now = press;
    press = null;
    if (now) actions.click(now.x, now.y, now.touch, now.shift);
  });
  surface.addEventListener("pointerup", up);
  surface.addEventListener("pointercancel", up);
  surface.addEventListener("pointerleave", () => actions.leave());
  surface.addEventListener("dblclick", (event) => {
    const { x, y } = at(event);
    actions.double(x, y);
  });
  surface.addEventListener("wheel", (event) => {
    event.preventDefault();
    const { x, y } = at(event);
    const lines = event.deltaMode === 1 ? 24 : 1;
    camera.zoomAt(2 ** (-Math.max(-240, Math.min(240, event.deltaY * lines)) / 240), x, y);
  }, { passive: false });
  surface.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act: Record<string, () => void> = {
      "+": () => camera.zoomAt(ZOOM),
      "=": () => camera.zoomAt(ZOOM),
      "-": () => camera.zoomAt(1 / ZOOM),
      "0": () => actions.fit(),
      ArrowLeft: () => camera.pan(STEP, 0),
      ArrowRight: () => camera.pan(-STEP, 0),
      ArrowUp: () => camera.pan(0, STEP),
      ArrowDown: () => camera.pan(0, -STEP),
      e: () => actions.expand(),
      Enter: () => actions.enter(),
      Escape: () => actions.escape(),
    };
    if (!Object.hasOwn(act, event.key)) return;
    act[event.key]?.();
    event.preventDefault();
  });
}
