/** The shape of a kind, drawn: kinds are distinguished by shape as well as by colour. */

import type { KindInfo, Shape } from "../data/payload.js";
import { s } from "./dom.js";

/** Outlines in a square from -8 to 8, as SVG path data (`new Path2D` takes them as well); a ring is a line, all others are filled. The renderers draw the same shapes. */
export const OUTLINES: Record<Shape, string> = {
  disc: "M-6,0a6,6 0 1,0 12,0a6,6 0 1,0 -12,0z",
  square: "M-5.3,-5.3h10.6v10.6h-10.6z",
  diamond: "M0,-7.2L7.2,0L0,7.2L-7.2,0z",
  star: "M0,-7.6L2.2,-2.6L7.4,-2.2L3.4,1.3L4.7,6.5L0,3.7L-4.7,6.5L-3.4,1.3L-7.4,-2.2L-2.2,-2.6z",
  hexagon: "M0,-6.8L5.9,-3.4L5.9,3.4L0,6.8L-5.9,3.4L-5.9,-3.4z",
  triangle: "M0,-6.6L6.8,5.4L-6.8,5.4z",
  triangle_down: "M0,6.6L-6.8,-5.4L6.8,-5.4z",
  ring: "M-5,0a5,5 0 1,0 10,0a5,5 0 1,0 -10,0z",
  cross: "M-2.1,-6.2h4.2v4.1h4.1v4.2h-4.1v4.1h-4.2v-4.1h-4.1v-4.2h4.1z",
  dot: "M-3.6,0a3.6,3.6 0 1,0 7.2,0a3.6,3.6 0 1,0 -7.2,0z",
};

/** A kind's shape in its colour; the colour follows the theme, as the frame sets `--ng-kind-NAME`. Says nothing to screen readers. */
export function kindIcon(kind: KindInfo, size = 14): SVGSVGElement {
  const paint = `var(--ng-kind-${kind.name})`;
  const outline = kind.shape === "ring"
    ? { fill: "none", stroke: paint, "stroke-width": 2.6 }
    : { fill: paint };
  return s("svg", { class: "ng-icon", viewBox: "-8 -8 16 16", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    s("path", { d: OUTLINES[kind.shape] ?? OUTLINES.disc, ...outline }));
}
