import assert from "node:assert/strict";
import { test } from "node:test";
import { parse } from "../src/questions/phrase.js";
import { smallCore, smallGraph } from "./small_graph.js";

test("a name that a company and a provider have is the company's, but in what is by it", () => {
  const core = smallCore();
  core.names = { node: [1], names: ["Daily|BCH"] }; // Birch is also called like provider 5
  const graph = smallGraph(core);
  assert.deepEqual(parse(graph, "events with Daily")?.things, [1]);
  assert.deepEqual(parse(graph, "articles about Daily")?.things, [1]);
  assert.deepEqual(parse(graph, "articles by Daily")?.things, [5]);
  assert.deepEqual(parse(graph, "acquisitions by Daily")?.things, [1]);
  assert.deepEqual(parse(graph, "articles by Weekly")?.things, [6]);
  assert.deepEqual(parse(graph, "events with BCH")?.things, [1]);
});
