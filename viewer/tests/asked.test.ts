import assert from "node:assert/strict";
import { test } from "node:test";
import { filterNodes } from "../src/data/filter_mask.js";
import { Graph } from "../src/data/graph.js";
import { START, Store } from "../src/data/state.js";
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

test("what has no amount is neither large nor small, and disputed figures are only those", () => {
  const graph = smallGraph();
  for (const [phrase, sort, label] of [["largest acquisitions", "-amount", "Largest Acquisition: with an amount"], ["smallest acquisitions", "amount", "Smallest Acquisition: with an amount"], ["disputed figures", "disputed", "events: disputed"]] as const) {
    const question = asked(graph, phrase)!;
    const { filters, table } = answering(graph, START, question);
    assert.deepEqual([table?.sort, questionWords(graph, question)], [sort, label]);
    assert.equal(filterNodes(graph, filters!).counts[1], phrase === "disputed figures" ? 0 : 1); // events
  }
  assert.equal(asked(graph, "largest companies")?.least, null);
});

test("types of one word are told by it", () => {
  const core = smallCore();
  core.asked.push({ words: "moves|move", kind: "event", types: ["acquisition", "merger", "spin_off"] });
  core.eventTypes.push(...["merger", "spin_off"].map((name) => ({ ...core.eventTypes[0]!, name })));
  const graph = smallGraph(core);
  assert.equal(questionWords(graph, asked(graph, "moves in 1970")!), "Moves: 1970");
});

test("people are asked for by what they are called, and one thing is opened where no list tells of it", () => {
  const core = smallCore();
  core.fillers += "|is|owns|competes";
  core.asked.push({ words: "sued|suing", kind: "event", types: ["lawsuit"], sides: [["plaintiff"], ["defendant"], []], verb: 1 });
  const graph = smallGraph(core);
  for (const [phrase, text] of [["who is the CEO of Amber?", "ceo Amber"], ["co-founder of Amber", "co-founder Amber"], ["who works at Amber", "Amber"]] as const) {
    const { filters, table } = answering(graph, START, asked(graph, phrase)!);
    assert.deepEqual([table?.list, table?.text, filters?.things], ["person", text, []], phrase);
  }
  for (const phrase of ["who is Amber", "what is Amber", "who competes with Amber", "who owns Amber?"]) {
    const question = asked(graph, phrase)!;
    assert.deepEqual([answering(graph, START, question).node, questionWords(graph, question)], ["company/amber", "Amber"], phrase);
  }
  assert.equal(asked(graph, "who is mentioned with Amber")?.subject?.kind, "person");
  assert.deepEqual(answering(graph, START, asked(graph, "who is suing Amber")!).filters?.as, [["company/amber", "defendant"]]);
  assert.deepEqual(answering(graph, START, asked(graph, "who is Amber suing")!).filters?.as, [["company/amber", "plaintiff"]]);
});

test("things are ordered by what there is most of, and a count of articles is no word of theirs", () => {
  const core = smallCore();
  core.fillers += "|most|had";
  const graph = smallGraph(core);
  for (const [phrase, list, sort] of [
    ["outlets with most articles", "provider", "-articles"], ["number of articles per outlets", "provider", "-articles"], ["which companies had most acquisitions", "company", "-events"],
    ["companies with most events", "company", "-events"], ["month with most acquisitions", "event", "-date"],
  ] as const) {
    const question = asked(graph, phrase)!;
    const { filters, table } = answering(graph, START, question);
    assert.deepEqual([table?.list, table?.sort, filters?.words], [list, sort, ""], phrase);
  }
  assert.equal(questionWords(graph, asked(graph, "companies with most events")!), "companies with most events");
});

test("a time without a year is the latest that has an answer, one with a year is that year", () => {
  const graph = smallGraph(); // its event is of 11 April 1970, its last article of 21 May
  const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
  const core = smallCore();
  core.nodes.day = core.nodes.day.map((one, node) => (node === 9 && one !== null ? one + 1096 : one)); // three years later
  const later = smallGraph(core);
  assert.equal(asked(later, "acquisitions in April")?.from, day("1970-04-01"));
  assert.equal(asked(later, "acquisitions in Q2")?.from, day("1970-04-01"));
  assert.equal(asked(later, "acquisitions in March")?.from, day("1973-03-01")); // there is none in any
  assert.equal(asked(later, "acquisitions in 1972")?.from, day("1972-01-01"));
  assert.equal(asked(later, "acquisitions this month")?.from, day("1973-05-01"));
  assert.equal(asked(graph, "acquisitions in April")?.from, day("1970-04-01"));
});

test("two names are compared where the phrase says so, and else asked for together", () => {
  const core = smallCore();
  core.fillers += "|is|vs|owned";
  const graph = smallGraph(core);
  for (const phrase of ["Amber and Birch", "Amber vs Birch", "Amber, Birch", "compare Amber with Birch"]) assert.equal(asked(graph, phrase)?.subject, null, phrase);
  for (const phrase of ["is Amber owned by Birch", "Amber in Birch"]) assert.equal(asked(graph, phrase)?.subject?.kind, "article", phrase);
});

test("what a step took out of the set is known, so that it can be said", () => {
  const store = new Store(START);
  store.gather({ set: ["company/amber"] });
  assert.deepEqual(store.setBefore, []);
  store.change(answering(smallGraph(), store.state, asked(smallGraph(), "Birch and Trees")!));
  assert.deepEqual([store.setBefore, store.state.work.set], [["company/amber"], ["company/birch", "topic/trees"]]);
  store.undo();
  assert.deepEqual(store.state.work.set, ["company/amber"]);
});
