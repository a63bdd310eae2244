import assert from "node:assert/strict";
import { test } from "node:test";
import type { Graph } from "../src/data/graph.js";
import { filterNodes } from "../src/data/filter_mask.js";
import { START } from "../src/data/state.js";
import { answering } from "../src/questions/as_filters.js";
import { parse } from "../src/questions/phrase.js";
import { questionWords } from "../src/questions/question_words.js";
import { smallCore, smallGraph } from "./small_graph.js";

/** The small graph with two products, 10 by Amber and 11 by no known maker; article 7 names both and article 8, without Amber, the first. */
function withProducts(): Graph {
  const core = smallCore();
  const group = core.edges[0]!;
  core.kinds.push({ ...core.kinds[0]!, name: "product", label: "product", plural: "products", count: 2 });
  core.asked.push({ words: "product|products", kind: "product", types: [] });
  core.nodes.label.push("Saw", "Axe");
  core.nodes.iri.push("", "", "", "product/saw", "product/axe"); // those of articles are with the texts
  core.nodes.day.push(null, null);
  core.edges.push({ ...group, source: [7, 0, 1], target: [10, 11, 10] }, { ...group, kind: "made_by", source: [10], target: [0] });
  return smallGraph(core);
}

const products = (graph: Graph, text: string): string[] => {
  const question = parse(graph, text);
  if (!question) throw new Error(`${text} is a question`);
  const { pass } = filterNodes(graph, { ...START.filters, ...answering(graph, START, question).filters });
  return [10, 11].filter((node) => pass[node]).map((node) => graph.label(node));
};

test("products of a company are those that it makes, where the data tell it", () => {
  const graph = withProducts();
  assert.deepEqual(products(graph, "products of Amber"), ["Saw"]);
  assert.deepEqual(products(graph, "Amber's products"), ["Saw"]);
  assert.equal(questionWords(graph, parse(graph, "products of Amber")!), "products: with Amber as maker");
});

test("products with a company, or of one whose products are not known, are those of the same articles", () => {
  const graph = withProducts();
  assert.deepEqual(products(graph, "products with Amber"), ["Saw", "Axe"]);
  assert.deepEqual(products(graph, "products of Birch"), ["Saw", "Axe"]);
});
