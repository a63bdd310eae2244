import assert from "node:assert/strict";
import { test } from "node:test";
import { boundWords, filterWords } from "../src/core/filter_words.js";
import { filterNodes } from "../src/data/filter_mask.js";
import { fromFragment, START, toFragment, type Filters } from "../src/data/state.js";
import { answering } from "../src/questions/as_filters.js";
import { parse } from "../src/questions/phrase.js";
import { questionWords } from "../src/questions/question_words.js";
import { smallCore, smallGraph } from "./small_graph.js";

const graph = smallGraph();
const read = (text: string): Filters => {
  const question = parse(graph, text);
  if (!question) throw new Error(`${text} is a question`);
  assert.equal(question.words, "", text);
  return answering(graph, START, question).filters as Filters;
};
const passing = (filters: Filters, kind: string, of = graph): string[] => {
  const [first, past] = of.range(kind), { pass } = filterNodes(of, filters);
  return Array.from({ length: past - first }, (_, at) => first + at).filter((node) => pass[node]).map((node) => of.label(node));
};

for (const [text, bounds, left] of [
  ["companies with more than 2 articles", ["company", "articles", "3", ""], ["Amber"]], ["companies with at least two articles", ["company", "articles", "2", ""], ["Amber", "Birch"]],
  ["companies with 3 articles or more", ["company", "articles", "3", ""], ["Amber"]], ["companies in 3+ articles", ["company", "articles", "3", ""], ["Amber"]],
  ["companies with fewer than 3 articles", ["company", "articles", "", "2"], ["Birch"]], ["companies in only 2 reports", ["company", "articles", "2", "2"], ["Birch"]],
  ["events confirmed by at least 2 sources", ["event", "origins", "2", ""], []], ["companies with at least two independent sources", ["company", "origins", "2", ""], ["Amber"]], ["companies with no fewer than 2 outlets", ["company", "outlets", "2", ""], ["Amber", "Birch"]],
  ["outlets with at most one article", ["provider", "articles", "", "1"], ["Weekly"]], ["companies with over 1 event", ["company", "events", "2", ""], []],
] as const) {
  test(`how many there must be: ${text}`, () => {
    const filters = read(text);
    assert.deepEqual(filters.bounds, [bounds]);
    assert.deepEqual(passing(filters, bounds[0]), left);
    assert.deepEqual(passing(filters, "article"), ["First", "Second", "Third"], "nothing else drops out");
  });
}

for (const [text, bounds, left] of [
  ["companies in at least one story", ["company", "story", "1", ""], ["Amber", "Birch"]], ["companies in several stories", ["company", "story", "3", ""], []], ["companies in no stories", ["company", "story", "0", "0"], []],
  ["companies with multiple topics", ["company", "topic", "2", ""], []], ["topics with only one company", ["topic", "company", "1", "1"], ["Trees"]], ["stories with 2 companies or more", ["story", "company", "2", ""], ["The sale of Birch"]],
  ["stories with at least one event", ["story", "events", "1", ""], ["The sale of Birch"]], ["stories without events", ["story", "events", "0", "0"], []], ["events with at least two companies", ["event", "company", "2", ""], ["Amber buys Birch"]],
  ["articles with at least 2 companies", ["article", "company", "2", ""], ["First", "Second"]], ["articles in no story", ["article", "story", "0", "0"], ["Third"]], ["outlets in at least 1 story", ["provider", "story", "1", ""], ["Daily", "Weekly"]],
  ["companies with 2 to 3 articles", ["company", "articles", "2", "3"], ["Amber", "Birch"]], ["companies with between 1 and 2 articles", ["company", "articles", "1", "2"], ["Birch"]], ["companies in one outlet only", ["company", "outlets", "1", "1"], []],
] as const) {
  test(`how many of another kind: ${text}`, () => {
    const filters = read(text);
    assert.deepEqual(filters.bounds, [bounds]);
    assert.deepEqual(passing(filters, bounds[0]), left);
  });
}

test("what is hidden, or does not pass, does not count", () => {
  const filters = read("companies in at least one story");
  assert.deepEqual(passing({ ...filters, hidden: ["story/1"] }, "company"), []);
  assert.deepEqual(passing({ ...filters, topics: ["topic/trees"] }, "company"), []);
});

test("only what passes the other filters is counted", () => {
  assert.deepEqual(passing(read("companies with more than 2 articles until 1970-04-12"), "company"), []);
  assert.deepEqual(passing(read("companies with at least one acquisition"), "company"), ["Amber", "Birch"]);
  assert.deepEqual(passing(read("companies with at least two acquisitions"), "company"), []);
});

test("what cannot be counted of a thing is no question, and a year is no number of articles", () => {
  for (const text of ["articles with more than 2 articles", "companies with more than 50 people", "companies with at least 2 companies", "companies with at least 2 products", "companies with no acquisitions", "deals with at least 3 parties",
    "companies with more articles than events", "events with 2 companies and 3 topics", "companies 12"]) assert.equal(parse(graph, text), null, text);
  assert.deepEqual(read("companies in 1970 articles").bounds, []);
});

test("layoffs by their jobs: the number of an event is that of its type, and an event without a number is none", () => {
  const core = smallCore();
  core.eventTypes[0] = { ...core.eventTypes[0], counted: "jobs" } as (typeof core.eventTypes)[0];
  core.events.count = [1200];
  const few = smallGraph(core), asked = (text: string): Filters => answering(few, START, parse(few, text)!).filters as Filters;
  assert.deepEqual(passing(asked("acquisitions of over 1,000 jobs"), "event", few), ["Amber buys Birch"]);
  assert.deepEqual(passing(asked("acquisitions of over 1k jobs"), "article", few), ["First", "Second"]);
  assert.deepEqual(passing(asked("acquisitions of more than 1200 jobs"), "event", few), []);
  assert.deepEqual(passing(read("acquisitions of more than 1 job"), "event"), []);
});

test("a bound is said in words, and survives an address", () => {
  const filters = read("companies with more than 2 articles");
  assert.deepEqual(filterWords(graph, filters), ["companies with at least 3 articles"]);
  assert.equal(questionWords(graph, parse(graph, "companies with exactly 1 source")!), "companies: exactly 1 independent source");
  assert.equal(boundWords(graph, ["event", "jobs", "", "400"]), "at most 400 jobs");
  assert.deepEqual([["company", "story", "1", ""], ["company", "story", "2", "5"], ["story", "events", "0", "0"]].map((bound) => boundWords(graph, bound)), ["companies with at least 1 story", "companies with at least 2 and at most 5 stories", "stories with no events"]);
  const state = { ...START, filters };
  assert.deepEqual(fromFragment(toFragment(state)), state);
});

for (const [text, least, most] of [
  ["deals of half a billion or more", 5e8, null], ["deals over half a billion dollars", 5e8, null], ["deals over a quarter of a billion", 2.5e8, null], ["deals under a million", null, 1e6], ["deals of two million or less", null, 2e6],
  ["deals of $500m+", 5e8, null], ["deals over 100 and under 500 million", 1e8, 5e8],
] as const) {
  test(`a sum in words: ${text}`, () => {
    const { least: from, most: to } = read(text);
    assert.deepEqual([from, to], [least, most]);
  });
}
