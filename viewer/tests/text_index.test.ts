import assert from "node:assert/strict";
import { test } from "node:test";
import { Graph } from "../src/data/graph.js";
import { maskOf } from "../src/data/filter_mask.js";
import { searchNames } from "../src/data/name_search.js";
import { slipsBetween } from "../src/data/spelling.js";
import { START } from "../src/data/state.js";
import { prepareTexts } from "../src/data/text_index.js";
import { smallCore, smallGraph, smallTexts } from "./small_graph.js";

const open = (): Graph => new Graph(smallCore(), () => Promise.resolve(smallTexts()));

test("headlines, excerpts and sentences are found by their words, in any order, from the beginnings of words", async () => {
  const index = await prepareTexts(open());
  assert.deepEqual(index.search("sale timber").articles, [7, 8]);
  assert.deepEqual(index.search("TIMB").articles, [8, 7]);
  assert.deepEqual(index.search("third").articles, [9]);
  assert.deepEqual(index.search("sale nowhere").articles, []);
});

test("typing errors are forgiven where nothing has the word", async () => {
  const index = await prepareTexts(open());
  assert.deepEqual(index.search("tmiber"), { articles: [8, 7], words: ["timber"] });
  assert.deepEqual(index.search("forrest").words, ["forest"]);
});

test("words in a row come first, and the best passage is the sentence that has them", async () => {
  const index = await prepareTexts(open());
  assert.deepEqual(index.search("timber sale").articles, [7, 8]);
  assert.equal(index.best(8, ["timber", "prices"]).text, "Timber prices rose after that.");
});

test("very short words alone find nothing, as they would find all", async () => {
  assert.deepEqual((await prepareTexts(open())).search("a").articles, []);
});

test("names with a typing error are found, and what was mended is told", () => {
  const graph = open();
  const { found, mended } = searchNames(graph, "ambre", 5);
  assert.equal(mended, "amber");
  assert.equal(found[0]?.node, 0);
  assert.equal(searchNames(graph, "amber", 5).mended, "");
});

test("of names that begin with what was typed, companies come first, however often the others are reported", () => {
  const core = smallCore();
  core.nodes.label[4] = "Birch and beech";
  core.nodes.label[5] = "Birch";
  core.nodes.articles[4] = 90;
  core.nodes.articles[5] = 80;
  const order = (text: string): number[] => searchNames(smallGraph(core), text, 9).found.map(({ node }) => node);
  assert.deepEqual(order("birch"), [1, 5, 4, 2, 3]);
  assert.deepEqual(order("bir"), [1, 4, 5, 2, 3]);
});

test("a filter by words leaves the articles that have them, and the things in these", async () => {
  const graph = open();
  const kinds = graph.core.kinds.map(({ name }) => name);
  const asked = { ...START.filters, kinds, words: "third" };
  assert.equal(maskOf(graph, asked)[7], 1, "before the texts are read all are shown");
  await prepareTexts(graph);
  const mask = maskOf(graph, { ...asked });
  assert.deepEqual([...mask].map((on, node) => (on ? node : -1)).filter((node) => node >= 0), [0, 4, 5, 9]);
});

test("filters by things and amounts", () => {
  const graph = open();
  const kinds = graph.core.kinds.map(({ name }) => name);
  const left = (more: object): number[] => [...maskOf(graph, { ...START.filters, kinds, ...more })].map((on, node) => (on ? node : -1)).filter((node) => node >= 0);
  assert.deepEqual(left({ things: ["company/birch"] }), [0, 1, 2, 3, 5, 6, 7, 8]);
  assert.deepEqual(left({ things: ["company/birch", "topic/trees"] }), []);
  assert.ok(left({ least: 4e6, currency: "USD" }).includes(2));
  assert.ok(!left({ least: 6e6 }).includes(2));
  assert.ok(!left({ currency: "EUR" }).includes(2));
  assert.ok(!left({ hidden: ["event/1"] }).includes(2));
});

for (const [one, other, slips] of [["owkn", "owkin", 1], ["sanfoi", "sanofi", 1], ["kitten", "sitting", 3], ["same", "same", 0], ["", "ab", 2]] as const) {
  test(`slips between ${one} and ${other}`, () => {
    assert.equal(slipsBetween(one, other, 5), slips);
    assert.equal(slipsBetween(other, one, 5), slips);
    if (slips) assert.equal(slipsBetween(one, other, slips - 1), slips, "no more than asked is counted");
  });
}
