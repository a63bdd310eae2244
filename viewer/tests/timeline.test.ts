import assert from "node:assert/strict";
import { test } from "node:test";
import { filterNodes } from "../src/data/filter_mask.js";
import { shownNumbers } from "../src/data/shown_numbers.js";
import { START, type Filters, type LaneKind } from "../src/data/state.js";
import { labelRows } from "../src/timeline/label_rows.js";
import { isKnownFirst, lanesOf, remarks, visibleLanes, type Lanes } from "../src/timeline/lanes.js";
import { nextWindow } from "../src/timeline/player.js";
import { Graph } from "../src/data/graph.js";
import { smallCore, smallGraph, smallTexts } from "./small_graph.js";

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

test("who was first with a story is said only where it is known", async () => {
  const [first, second] = [7, 8];
  const known = async (days: [number, number], seconds: number): Promise<boolean[]> => {
    const core = smallCore(), texts = smallTexts();
    core.nodes.day.splice(first, 2, ...days);
    texts.articles.time[0] = seconds;
    const made = new Graph(core, () => Promise.resolve(texts));
    await made.texts();
    return [first, second].map((article) => isKnownFirst(made, article));
  };
  const midnight = 100 * 86_400;
  assert.deepEqual(await known([100, 101], midnight), [true, false], "no other is of that day");
  assert.deepEqual(await known([100, 100], midnight), [false, false], "the hour of the first is not known");
  assert.deepEqual(await known([100, 100], midnight + 60), [true, false]);
});

test("things for which there is no lane left are counted", () => {
  const core = smallCore(), many = 15; // topics that the third article has
  core.kinds = core.kinds.map((one) => (one.name === "topic" ? { ...one, count: many } : one));
  const more = Array.from({ length: many - 1 }, (_, at) => `Topic ${at}`), place = 5, moved = (node: number): number => (node < place ? node : node + many - 1);
  core.nodes.label.splice(place, 0, ...more);
  core.nodes.iri.splice(place, 0, ...more.map((_, at) => `topic/${at}`));
  for (const column of ["x", "y", "community"] as const) core.nodes[column].splice(place, 0, ...more.map(() => 0));
  core.nodes.day.splice(place, 0, ...more.map(() => null));
  for (const column of ["articles", "origins", "confidence"] as const) (core.nodes[column] as number[]).splice(place, 0, ...more.map(() => 1));
  core.edges = core.edges.map((group) => {
    let source = 0;
    let pairs = group.source.map((step, at) => [moved((source += step)), moved(group.target[at] as number)] as const);
    if (group.kind === "has_topic") pairs = Array.from({ length: many }, (_, at) => [moved(9), 4 + at] as const);
    return { ...group, source: pairs.map(([source], at) => source - (pairs[at - 1]?.[0] ?? 0)), target: pairs.map(([, target]) => target) };
  });
  const made = smallGraph(core), filters = START.filters;
  const cut = lanesOf(made, -1, "topic", { numbers: shownNumbers(made, filters), shown: filterNodes(made, filters).pass, wide: filterNodes(made, filters).pass });
  assert.deepEqual([cut.lanes.length, cut.left], [12, 3]);
  assert.equal(remarks(made, cut, null), "No lane here for 3 more: the table lists all.");
  assert.equal(remarks(graph, lanes(-1, "topic"), null), "");
});
