/** Where the viewer is narrow: the filters as a sheet over everything, the details as one at the foot in three heights. */

import { focusedIn, h } from "../core/dom.js";
import type { CorePayload } from "../data/payload.js";
import type { State } from "../data/state.js";

export interface NarrowLayout {
  /** The details with their handle. */
  readonly side: HTMLElement;
  /** Called after the details are up to date. */
  update(state: State, before: State): void;
  resize(): void;
}

const HEIGHTS = ["peek", "half", "full"] as const;
const NARROW = 860; // as in base.css
const SWIPE = 24;
const LOW = "(max-height: 520px)"; // as in base.css: the page scrolls as one

export function makeNarrowLayout(root: HTMLElement, next: CorePayload["help"]["sheet"], filters: HTMLElement, filterButton: HTMLElement, details: HTMLElement, main: HTMLElement, around: readonly HTMLElement[]): NarrowLayout {
  const narrow = (): boolean => root.clientWidth <= NARROW;
  let height: (typeof HEIGHTS)[number] = "peek";

  const handle = h("button", { type: "button", class: "ng-handle-bar" });
  const side = h("div", { class: "ng-side" }, handle, details);
  const setHeight = (to: typeof height): void => {
    height = to;
    root.dataset["sheet"] = to;
    handle.setAttribute("aria-label", next[to]);
    cover();
  };
  /** What a sheet covers takes no keyboard. */
  const cover = (): void => {
    main.inert = narrow() && (open || height === "full");
  };
  const step = (by: number): void => setHeight(HEIGHTS[Math.min(2, Math.max(0, HEIGHTS.indexOf(height) + by))] as typeof height);
  let from: number | null = null;
  let swiped = false;
  handle.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    swiped = false;
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointerup", (event) => {
    const moved = from === null ? 0 : event.clientY - from;
    from = null;
    swiped = Math.abs(moved) > SWIPE;
    if (swiped) step(moved < 0 ? 1 : -1);
  });
  handle.addEventListener("click", () => {
    if (!swiped) setHeight(height === "full" ? "peek" : height === "half" ? "full" : "half");
    swiped = false;
  });
  // heard before the details hear it: they give the focus back to where it was, which must be there again by then
  side.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !narrow() || height === "peek") return;
    setHeight("peek");
    setTimeout(() => side.contains(focusedIn(root)) && handle.focus());
  }, true);

  let open = false;
  const close = h("button", { type: "button", class: "ng-button ng-only-narrow ng-close", onclick: () => toggle(false) }, "Close");
  const toggle = (on: boolean): void => {
    if (open === on) return;
    open = on;
    root.classList.toggle("ng-filters-open", on);
    for (const one of [...around, side]) one.inert = on;
    cover();
    filters.setAttribute("role", on ? "dialog" : "complementary");
    if (on) filters.setAttribute("aria-modal", "true");
    else filters.removeAttribute("aria-modal");
    if (on) close.focus();
    else if (narrow()) filterButton.focus();
  };
  filters.prepend(close);
  filterButton.addEventListener("click", () => toggle(true));
  filters.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !open) return;
    event.preventDefault();
    toggle(false);
  });
  setHeight("peek");
  let first = true;
  return {
    side,
    update: (state, before) => {
      if (first && state.node !== null) setHeight("half"); // a link to a thing shows it, but takes no focus
      first = false;
      if (state.view !== before.view && height === "full") setHeight("half"); // it would cover the view that was asked for
      if (state.node === before.node && state.edge === before.edge) return;
      if (state.node === null) return setHeight("peek");
      if (height === "peek") setHeight("half");
      if (narrow() && matchMedia(LOW).matches) requestAnimationFrame(() => side.scrollIntoView({ block: "start" }));
    },
    resize: () => {
      if (!narrow()) toggle(false);
      cover();
    },
  };
}
