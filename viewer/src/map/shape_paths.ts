/** The kinds' shapes on a 2D context, as large as the same shapes in the points' shader. */

const SCALE = 0.15; // of an outline, so that a disc has nine tenths of the radius

const paths = new Map<string, Path2D>();

/** An outline at a place, to be filled by the rule "evenodd". */
export function shapePath(outline: string, x: number, y: number, radius: number): Path2D {
  let known = paths.get(outline);
  if (!known) paths.set(outline, (known = new Path2D(outline)));
  const path = new Path2D();
  path.addPath(known, { a: radius * SCALE, d: radius * SCALE, e: x, f: y });
  return path;
}
