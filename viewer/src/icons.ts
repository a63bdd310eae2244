/** The shape of a kind, small, in its colour: for lists and legends. */

import type { App } from "./app.js";
import { s } from "./dom.js";
import type { Shape } from "./payload.js";

const PATHS: Record<Exclude<Shape, "disc" | "ring" | "dot">, string> = {
  square: "M2 2h8v8H2z",
  diamond: "M6 .8 11.2 6 6 11.2.8 6z",
  star: "M6 .5l1.6 3.6 3.9.4-2.9 2.6.8 3.9L6 9 2.6 11l.8-3.9L.5 4.5l3.9-.4z",
  hexagon: "M3.3 1.2h5.4L11.4 6l-2.7 4.8H3.3L.6 6z",
  triangle: "M6 1l5.3 9.5H.7z",
  triangle_down: "M6 11L.7 1.5h10.6z",
  cross: "M4.5 1h3v3.5H11v3H7.5V11h-3V7.5H1v-3h3.5z",
};

/** Draw the shape of a kind; decoration only, as a word always stands beside it. */
export function icon(kind: string, app: App): SVGSVGElement {
  const shape = app.graph.core.kinds.find((one) => one.name === kind)?.shape ?? "dot";
  const colour = app.colour(kind);
  const mark =
    shape === "disc" ? s("circle", { cx: 6, cy: 6, r: 5, fill: colour })
    : shape === "dot" ? s("circle", { cx: 6, cy: 6, r: 3, fill: colour })
    : shape === "ring" ? s("circle", { cx: 6, cy: 6, r: 4, fill: "none", stroke: colour, "stroke-width": 2 })
    : s("path", { d: PATHS[shape], fill: colour });
  return s("svg", { class: "ng-icon", viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true", focusable: "false" }, mark);
}
