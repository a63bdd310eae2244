/** The kinds' shapes as paths of a 2D context; the same shapes as in the points' shader, of about equal area. */

import type { Shape } from "../data/payload.js";

const corners = (count: number, turn: number, inner = 1): [number, number][] =>
  Array.from({ length: count }, (_, at) => {
    const angle = ((at / count) * 2 + turn) * Math.PI;
    const reach = at % 2 ? inner : 1;
    return [Math.cos(angle) * reach, Math.sin(angle) * reach];
  });

const POLYGONS: Partial<Record<Shape, [number, number][]>> = {
  square: [[-0.8, -0.8], [0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]],
  diamond: [[0, -1.12], [1.12, 0], [0, 1.12], [-1.12, 0]],
  star: corners(10, -0.5, 0.52).map(([x, y]) => [x * 1.22, y * 1.22]),
  hexagon: corners(6, -0.5),
  triangle: [[0, -1.15], [1.08, 0.75], [-1.08, 0.75]],
  triangle_down: [[0, 1.15], [-1.08, -0.75], [1.08, -0.75]],
  cross: [[-0.34, -1], [0.34, -1], [0.34, -0.34], [1, -0.34], [1, 0.34], [0.34, 0.34], [0.34, 1], [-0.34, 1], [-0.34, 0.34], [-1, 0.34], [-1, -0.34], [-0.34, -0.34]],
};

/** Add a shape to the path of a context. */
export function trace(context: CanvasRenderingContext2D, shape: Shape, x: number, y: number, radius: number): void {
  const polygon = POLYGONS[shape];
  if (polygon) {
    polygon.forEach(([dx, dy], at) => {
      if (at) context.lineTo(x + dx * radius, y + dy * radius);
      else context.moveTo(x + dx * radius, y + dy * radius);
    });
    context.closePath();
    return;
  }
  const reach = shape === "dot" ? radius * 0.6 : radius * 0.9;
  context.moveTo(x + reach, y);
  context.arc(x, y, reach, 0, 7);
  if (shape === "ring") {
    context.moveTo(x + reach * 0.5, y);
    context.arc(x, y, reach * 0.5, 0, 7, true);
  }
}
