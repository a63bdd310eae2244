import assert from "node:assert/strict";
import { test } from "node:test";
import type { Community } from "../src/data/payload.js";
import { inside } from "../src/map/node_marks.js";
import { roomLayout } from "../src/map/room_layout.js";

/** Discs in rows, wider than tall, with a node in the middle and one at the edge of each, and one below all. */
function discs(many: number): { x: number[]; y: number[]; community: number[]; regions: Community[] } {
  const regions = Array.from({ length: many }, (_, at): Community => ({ name: `${at}`, x: (at % 6) * 10_000 + 5_000, y: Math.floor(at / 6) * 10_000 + 5_000, radius: 2_000 + (at % 4) * 800, size: 5 }));
  return {
    x: [...regions.flatMap((one) => [one.x, one.x + one.radius]), 30_000], y: [...regions.flatMap((one) => [one.y, one.y]), 60_000],
    community: [...regions.flatMap((_, at) => [at, at]), -1], regions,
  };
}

for (const ratio of [0.5, 0.75, 1, 2]) {
  test(`a room of ratio ${ratio} is filled, no disc lies over another, and members stay where they were in theirs`, () => {
    const { x, y, community, regions } = discs(18);
    const made = roomLayout(x, y, community, regions, ratio);
    const edges = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
    made.regions.forEach((one, at) => {
      edges.left = Math.min(edges.left, one.x - one.radius);
      edges.right = Math.max(edges.right, one.x + one.radius);
      edges.top = Math.min(edges.top, one.y - one.radius);
      edges.bottom = Math.max(edges.bottom, one.y + one.radius);
      assert.ok(Math.hypot((made.x[2 * at] as number) - one.x, (made.y[2 * at] as number) - one.y) < 2);
      assert.ok(Math.abs((made.x[2 * at + 1] as number) - one.x - one.radius) < 2);
      for (const other of made.regions.slice(0, at)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > (one.radius + other.radius) * 0.99, `${one.name} and ${other.name}`);
    });
    const got = (edges.right - edges.left) / (edges.bottom - edges.top);
    assert.ok(got / ratio < 1.4 && ratio / got < 1.4, `${got} for ${ratio}`);
    assert.ok((made.y.at(-1) as number) > edges.bottom, "what is outside stays below");
  });
}

test("a map that fits the room stays as it is, and the same map is laid out in the same way", () => {
  const { x, y, community, regions } = discs(18);
  assert.deepEqual(roomLayout(x, y, community, regions, 2.05).regions, regions);
  assert.deepEqual(roomLayout(x, y, community, regions, 0.6), roomLayout(x, y, community, regions, 0.6));
  assert.deepEqual([...roomLayout([1], [2], [-1], [], 1).x], [1]);
});

test("a point is within a polygon or outside", () => {
  const square = [{ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 10, y: 10 }, { x: 0, y: 10 }];
  assert.equal(inside(square, 5, 5), true);
  assert.equal(inside(square, 15, 5), false);
  assert.equal(inside([], 5, 5), false);
});
