/** The kinds' shapes on a 2D context: the outlines of the legend, as large as the same shapes in the points' shader. */

import { OUTLINES } from "../core/kind_icons.js";
import type { Shape } from "../data/payload.js";

const SCALE = 0.15; // of an outline, so that a disc has nine tenths of the radius

const paths = new Map<Shape, Path2D>();

/** A shape at a place, to be filled by the rule "evenodd". */
export function shapePath(shape: Shape | undefined, x: number, y: number, radius: number): Path2D {
  const known = shape && shape in OUTLINES ? shape : "disc";
  let outline = paths.get(known);
  if (!outline) paths.set(known, (outline = new Path2D(OUTLINES[known])));
  const path = new Path2D();
  path.addPath(outline, { a: radius * SCALE, d: radius * SCALE, e: x, f: y });
  return path;
}
