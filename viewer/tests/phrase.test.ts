import assert from "node:assert/strict";
import { test } from "node:test";
import { filterWords } from "../src/core/filter_words.js";
import { filterNodes, UNPRICED } from "../src/data/filter_mask.js";
import { answering } from "../src/questions/as_filters.js";
import { parse, type Question } from "../src/questions/phrase.js";
import { questionWords } from "../src/questions/question_words.js";
import { readyQuestions } from "../src/questions/ready_questions.js";
import { fromFragment, START, toFragment } from "../src/data/state.js";
import { smallCore, smallGraph } from "./small_graph.js";

const graph = smallGraph();
const day = (iso: string): number => Date.parse(`${iso}T00:00:00Z`) / 86_400_000;
const read = (text: string): Question => {
  const question = parse(graph, text);
  if (!question) throw new Error(`${text} is a question`);
  return question;
};

test("a type of event, an amount and a year", () => {
  const question = read("Which acquisitions over $1.5bn were there in 2021?");
  assert.deepEqual(question.subject, { kind: "event", types: ["acquisition"] });
  assert.equal(question.least, 1.5e9);
  assert.equal(question.currency, "USD");
  assert.deepEqual([question.from, question.until], [day("2021-01-01"), day("2021-12-31")]);
  assert.equal(question.words, "");
});

for (const [text, from, until] of [
  ["events in November 2021", "2021-11-01", "2021-11-30"], ["events in nov. 2021", "2021-11-01", "2021-11-30"], ["events in Q3 2021", "2021-07-01", "2021-09-30"],
  ["events from 2019 to 2021", "2019-01-01", "2021-12-31"], ["events between May 2020 and June 2020", "2020-05-01", "2020-06-30"],
  ["events since 2020", "2020-01-01", null], ["events before 2020", null, "2019-12-31"], ["events after March 2020", "2020-04-01", null], ["events on 2021-11-18", "2021-11-18", "2021-11-18"],
  ["events on 18 November 2021", "2021-11-18", "2021-11-18"], ["events on the 3rd of Sept 2021", "2021-09-03", "2021-09-03"], ["events since Nov 5, 2021", "2021-11-05", null],
  ["what happened in November 2021?", "2021-11-01", "2021-11-30"], ["18 November 2021", "2021-11-18", "2021-11-18"],
] as const) {
  test(`time: ${text}`, () => {
    const question = read(text);
    assert.deepEqual([question.from, question.until], [from && day(from), until && day(until)]);
    assert.equal(question.words, "");
  });
}

for (const [text, least, most, currency] of [
  ["deals under €5m", null, 5e6, "EUR"], ["deals over 1 billion dollars", 1e9, null, "USD"], ["deals more than $100,000 and less than $2 million", 1e5, 2e6, "USD"], ["deals at least 10k", 1e4, null, null],
] as const) {
  test(`amount: ${text}`, () => {
    const question = read(text);
    assert.deepEqual([question.least, question.most, question.currency], [least, most, currency]);
  });
}

test("outlets about a topic are filtered by it, the most articles first", () => {
  const change = answering(graph, START, read("outlets about Trees"));
  assert.deepEqual(change.filters?.topics, ["topic/trees"]);
  assert.equal(change.table?.list, "provider");
  assert.equal(change.table?.sort, "-articles");
});

test("things that are named twice, or by two names, are one thing; two companies are compared", () => {
  const change = answering(graph, START, read("what do Amber and Birch have in common"));
  assert.equal(change.view, "set");
  assert.deepEqual(change.work?.set, ["company/amber", "company/birch"]);
});

test("a thing in a time asks for its articles, a time alone for events, and who wrote for outlets", () => {
  const told = read("Amber in November 2021");
  assert.deepEqual([told.subject?.kind, told.things, told.from], ["article", [0], day("2021-11-01")]);
  assert.equal(read("what happened in 2021").subject?.kind, "event");
  assert.equal(parse(graph, "sawmills in November 2021"), null);
  const outlets = read("Who wrote about Birch?");
  assert.deepEqual([outlets.subject?.kind, outlets.things, outlets.words], ["provider", [1], ""]);
});

test("words that name nothing are searched for in the texts", () => {
  assert.equal(read("acquisitions of sawmills").words, "sawmills");
});

for (const text of ["Amber", "outlet bought", "two-part deal", "“acquisitions in 2021”", "", "   ", "sawmills"]) {
  test(`no question: ${text}`, () => assert.equal(parse(graph, text), null));
}

test("two companies are compared in the time that is asked", () => {
  const question = read("compare Amber and Birch in 2021");
  assert.deepEqual([answering(graph, START, question).filters?.from, answering(graph, START, question).filters?.until], [day("2021-01-01"), day("2021-12-31")]);
  assert.equal(questionWords(graph, question), "Compare Amber and Birch: 2021");
});

for (const [text, kind, types] of [
  ["who bought Birch", "event", ["acquisition"]], ["deals with Amber", "event", ["acquisition"]], ["job changes in 1970", "event", ["appointment", "departure"]],
  ["appointments and departures in 1970", "event", ["appointment", "departure"]], ["companies with acquisitions in 1970", "company", ["acquisition"]], ["events in 1970: appointments", "event", ["appointment"]],
] as const) {
  test(`asked for: ${text}`, () => assert.deepEqual([parse(graph, text)?.subject?.kind, parse(graph, text)?.subject?.types], [kind, types]));
}

test("a status alone asks for events, in either spelling, also one that does not occur", () => {
  for (const text of ["rumours", "rumored events", "what was rumoured"]) assert.deepEqual([read(text).subject?.kind, read(text).statuses], ["event", ["rumoured"]], text);
  assert.equal(parse(graph, "sawmill plan denied"), null);
});

test("a type that does not occur has an answer: there are none", () => {
  const question = read("departures");
  assert.deepEqual(answering(graph, START, question).filters?.types, ["departure"]);
  assert.equal(questionWords(graph, question), "Departure");
});

test("a question replaces the filters but what is hidden, and its state survives an address", () => {
  const before = { ...START, filters: { ...START.filters, providers: ["provider/daily"], hidden: ["company/birch"] } };
  const after = { ...before, ...answering(graph, before, read("acquisitions over $1bn in 2021")) };
  assert.deepEqual(after.filters.providers, []);
  assert.deepEqual(after.filters.hidden, ["company/birch"]);
  assert.deepEqual(fromFragment(toFragment(after)), after);
});

test("every ready question is understood, and reads as what it asks", () => {
  const phrases = readyQuestions(graph);
  assert.ok(phrases.length >= 5);
  for (const phrase of phrases) assert.ok(questionWords(graph, read(phrase)).length > 5, phrase);
});

test("a ready question has its type in the plural", () => {
  for (const [label, words] of [["Product launch", "product launches in 1970"], ["Bankruptcy", "bankruptcies in 1970"], ["Merger", "mergers in 1970"]] as const) {
    const core = smallCore();
    core.eventTypes = core.eventTypes.map((type) => ({ ...type, label }));
    assert.equal(readyQuestions(smallGraph(core))[0], words);
  }
});

test("the first and a number of rows are orders, and events with an amount are those that state one", () => {
  for (const text of ["first articles about Amber", "oldest articles about Amber", "the 3 first articles about Amber"]) assert.equal(answering(graph, START, read(text)).table?.sort, "date", text);
  assert.deepEqual(["the largest 5 deals", "5 largest deals", "the ten largest deals"].map((text) => read(text).words), ["", "", ""]);
  assert.deepEqual([read("deals in 1970 with an amount").least, read("deals with a stated price").least, read("first deals of Amber").least], [0, 0, null]);
  assert.equal(questionWords(graph, read("first articles about Amber")), "First articles: with Amber");
  assert.equal(parse(graph, "7 deals"), null); // which of them?
});

test("a slip of the finger in the word for what is asked is forgiven", () => {
  for (const text of ["aquisitions over $1bn", "acquisitoins over $1bn", "acqusitions over $1bn"]) assert.deepEqual(read(text).subject, { kind: "event", types: ["acquisition"] }, text);
  assert.equal(parse(graph, "equisitions over $1bn"), null); // another first letter
  assert.equal(parse(graph, "seals over $1bn"), null); // too short: it may be just what is meant
});

for (const [text, least, most, currency] of [
  ["deals between $50m and $200m", 5e7, 2e8, "USD"], ["deals from 1 to 5 million", 1e6, 5e6, null], ["deals over 100 and under 500 million", 1e8, 5e8, null], ["deals €2m-€3m", 2e6, 3e6, "EUR"],
  ["deals between 500 and 2 thousand dollars", 500, 2000, "USD"], ["deals from 2019 to 2021", null, null, null], ["deals over $5m from 2019 to 2021", 5e6, null, "USD"],
] as const) {
  test(`bounds of: ${text}`, () => {
    const found = read(text);
    assert.deepEqual([found.least, found.most, found.currency, found.words], [least, most, currency, ""]);
  });
}

for (const [text, words, many] of [
  ["deals over $5m", "over $5M", 0], ["deals at least $5m", "at least $5M", 1], ["deals of $5m or more", "at least $5M", 1], ["deals under $5m", "under $5M", 0], ["deals up to $5m", "at most $5M", 1], ["deals of $5m or less", "at most $5M", 1],
  ["deals between $1m and $5m", "from $1M to $5M", 1], ["deals over $1m and under $5m", "over $1M and under $5M", 0], ["deals of at least $5m and less than $6m", "at least $5M and under $6M", 1],
] as const) {
  test(`the bound itself: ${text}`, () => {
    const state = { ...START, ...answering(graph, START, read(text)) };
    assert.equal(filterWords(graph, state.filters).at(-1), words);
    assert.equal(filterNodes(graph, state.filters).counts[1], many, "of a deal of just $5m");
    assert.deepEqual(fromFragment(toFragment(state)), state);
  });
}

test("a number of other things is no amount, and what is to be left out is not shown", () => {
  for (const text of ["companies with more than 5 articles", "acquisitions over 10 stories"]) assert.equal(parse(graph, text)?.least ?? null, null, text);
  for (const text of ["deals not about Amber", "outlets that did not write about Amber", "articles without Amber"]) assert.equal(parse(graph, text), null, text);
  assert.equal(read("deals over 5,000 in 1970").least, 5000);
});

test("events are asked for that failed, or of which no amount is stated", () => {
  for (const text of ["failed deals", "deals cancelled in 1970", "deals called off"]) assert.deepEqual([read(text).statuses, read(text).words], [["ended"], ""], text);
  assert.deepEqual(read("deals of failed banks").statuses, []); // it is the banks that failed
  assert.deepEqual(read("largest deals without a price").statuses, [UNPRICED]);
  assert.equal(read("largest deals without a price").least, null);
  const filters = answering(graph, START, read("deals with no amount")).filters!;
  assert.equal(filterNodes(graph, filters).counts[1], 0); // the only deal has one
  assert.deepEqual(filterWords(graph, filters).at(-1), "no amount");
});

test("things are asked for by a relation that lasts", () => {
  const core = smallCore();
  const edge = { kind: "competes_with", label: "competes with", inverse: "competes with", inferred: true, directed: false, property: "ng:competesWith", origin: "", source: [0], target: [1] };
  const rivals = smallGraph({ ...core, edges: [...core.edges, edge] });
  for (const text of ["competitors of Amber", "who competes with Amber?", "Amber's rivals", "which companies were competitors of Amber"]) {
    const { filters, table } = answering(rivals, START, parse(rivals, text)!);
    assert.deepEqual([table?.list, filters?.things, filters?.as], ["company", ["company/amber"], [["company/amber", "competitor"]]], text);
    assert.deepEqual([...filterNodes(rivals, filters!).pass.subarray(0, 2)], [0, 1], text);
  }
  // of a relation of which nothing is known no company is left
  assert.equal(filterNodes(rivals, answering(rivals, START, parse(rivals, "customers of Amber")!).filters!).counts[0], 0);
  assert.equal(parse(rivals, "who competes with Amber in tea")?.opens, true);
});
