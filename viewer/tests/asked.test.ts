import assert from "node:assert/strict";
import { test } from "node:test";
import { Graph } from "../src/data/graph.js";
import { START } from "../src/data/state.js";
import { prepareTexts } from "../src/data/text_index.js";
import { answering } from "../src/questions/as_filters.js";
import { asked } from "../src/questions/asked.js";
import { questionWords } from "../src/questions/question_words.js";
import { smallCore, smallGraph, smallTexts } from "./small_graph.js";

const read = async (): Promise<Graph> => {
  const graph = new Graph(smallCore(), () => Promise.resolve(smallTexts()));
  await prepareTexts(graph);
  return graph;
};

test("words that leave nothing are let go, and said", async () => {
  const graph = await read();
  const question = asked(graph, "acquisitions of timber and zebras");
  assert.deepEqual([question?.words, question?.missed], ["timber", "zebras"]);
  assert.equal(questionWords(graph, question!), "Acquisition: with the words “timber”, no text of these has “zebras”");
  assert.equal(answering(graph, START, question!).filters?.missed, "zebras");
});

test("words stay where the rest of the question leaves nothing either, or nothing is known of the texts yet", async () => {
  assert.equal(asked(await read(), "departures of zebras")?.words, "zebras");
  assert.equal(asked(smallGraph(), "acquisitions of zebras")?.words, "zebras");
});
