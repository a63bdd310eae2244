import assert from "node:assert/strict";
import { test } from "node:test";
import { filterNodes } from "../src/data/filter_mask.js";
import { shownNumbers } from "../src/data/shown_numbers.js";
import { START, type Filters, type LaneKind } from "../src/data/state.js";
import { labelRows } from "../src/timeline/label_rows.js";
import { lanesOf, visibleLanes, type Lanes } from "../src/timeline/lanes.js";
import { nextWindow } from "../src/timeline/player.js";
import { smallGraph } from "./small_graph.js";

const graph = smallGraph();
const STORY = 3;

function lanes(node: number, by: LaneKind, part: Partial<Filters> = {}): Lanes {
  const filters = { ...START.filters, ...part };
  return lanesOf(graph, node, by, { numbers: shownNumbers(graph, filters), shown: filterNodes(graph, filters).pass, wide: filterNodes(graph, { ...filters, from: null, until: null }).pass });
}
const said = ({ lanes: made }: Lanes): unknown => made.map(({ label, shown }) => [label, shown.events, shown.articles]);

test("lanes count what the filters let through, and none is empty", () => {
  assert.deepEqual(said(lanes(-1, "company")), [["Amber", 1, 3], ["Birch", 1, 2]]);
  assert.deepEqual(said(lanes(-1, "company", { from: 140, until: 140 })), [["Amber", 0, 1]]);
  assert.deepEqual(said(lanes(-1, "type")), [["Acquisition", 1, 0]]);
  assert.deepEqual(said(lanes(-1, "topic")), [["Trees", 0, 1]]);
});

test("a lane outside the days shown is not drawn", () => {
  assert.deepEqual(visibleLanes(graph, lanes(-1, "company"), { from: 130, until: 150 }).map(({ label }) => label), ["Amber"]);
});

test("a story is a chain of its articles, the first to report it first", () => {
  const made = lanes(STORY, "company");
  assert.equal(made.chain, true);
  assert.deepEqual(said(made), [["The sale of Birch", 1, 0], ["Daily", 0, 1], ["Weekly", 0, 1]]);
});

test("marks get rows of their own while there is room for words, and else a number", () => {
  const days = [0, 1, 2, 50];
  const rows = (most: number): number[][][] => labelRows([0, 1, 2, 3], days, { from: 0, until: 100 }, 600, most, 26).map((row) => row.map(({ nodes }) => nodes));
  assert.deepEqual(rows(3), [[[0], [3]], [[1]], [[2]]]);
  assert.deepEqual(rows(2), [[[0, 1, 2], [3]]]);
});

test("words end before the next mark, and are on the left of a mark at the right edge", () => {
  const [row] = labelRows([0, 1], [0, 98], { from: 0, until: 100 }, 600, 1, 26);
  assert.deepEqual(row?.map(({ leftward }) => leftward), [false, true]);
  const [first, last] = [row?.[0], row?.[1]];
  assert.ok(first && last && first.x + 11 + first.room < last.x - 11 - last.room);
});

test("playing goes from month to month, and from days to the days after them", () => {
  const day = (iso: string): number => Date.parse(iso) / 86_400_000;
  const all = { from: day("2021-01-10"), until: day("2021-12-20") };
  assert.deepEqual(nextWindow(all, all), { from: day("2021-01-01"), until: day("2021-02-01") });
  assert.deepEqual(nextWindow({ from: day("2021-01-01"), until: day("2021-02-01") }, all), { from: day("2021-02-01"), until: day("2021-03-01") });
  assert.deepEqual(nextWindow({ from: day("2021-03-05"), until: day("2021-03-15") }, all), { from: day("2021-03-15"), until: day("2021-03-25") });
  assert.equal(nextWindow({ from: day("2021-12-01"), until: day("2022-01-01") }, all), null);
});
