/** What the discs of the communities tell. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { filterNodes } from "../src/data/filter_mask.js";
import { START } from "../src/data/state.js";
import { communityFacts } from "../src/map/community_facts.js";
import { smallCore, smallGraph } from "./small_graph.js";

test("a disc counts the things of the kinds that are shown, and all articles that pass", () => {
  const core = smallCore();
  core.communities = [0, 1].map((at) => ({ name: `${at}`, x: at, y: 0, radius: 1, size: 5 }));
  core.nodes.community = [0, 1, 0, 1, 0, -1, -1, 0, 1, 0];
  const graph = smallGraph(core);
  const facts = (kinds: string[] | null): [number[], number, string[], [number, number, number][]] => {
    const { mask, pass } = filterNodes(graph, { ...START.filters, kinds });
    const { sizes, months, topics, links } = communityFacts(graph, pass, mask);
    return [[...sizes], months.reduce((sum, one) => sum + one.reduce((all, bar) => all + bar, 0), 0), topics, links];
  };
  assert.deepEqual(facts(null), [[3, 2], 3, ["Trees", ""], [[0, 1, 6]]]);
  assert.deepEqual(facts(["company"]), [[1, 1], 3, ["Trees", ""], [[0, 1, 3]]]);
  assert.deepEqual(facts(["topic", "article"]), [[1, 0], 3, ["Trees", ""], []]);
});
