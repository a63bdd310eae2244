import assert from "node:assert/strict";
import { test } from "node:test";
import { decisionEntries, canJoin, canName, settings } from "../src/collection/decision_entries.js";
import { eventValues } from "../src/data/event_values.js";
import { comparisonFacts, inCommon } from "../src/collection/comparison_facts.js";
import { graphml } from "../src/collection/graphml_text.js";
import { partNodes } from "../src/collection/part_nodes.js";
import { statementsCsv } from "../src/collection/statements_csv.js";
import { turtle } from "../src/collection/turtle_text.js";
import { Graph } from "../src/data/graph.js";
import { payloadPart } from "../src/data/payload_part.js";
import { START, Store, fromFragment, toFragment } from "../src/data/state.js";
import { Texts } from "../src/data/texts.js";
import { smallCore, smallGraph, smallTexts } from "./small_graph.js";

const graph = new Graph(smallCore(), () => Promise.resolve(smallTexts()));
const texts = await graph.texts();
const all = new Uint8Array(graph.size).fill(1);

test("a part holds the things, what they are linked to, and the sources", () => {
  const keep = partNodes(graph, [1], all);
  assert.deepEqual([...keep], [1, 1, 1, 1, 0, 1, 1, 1, 1, 0]);
});

test("a story is taken away with what its articles tell of, but not with other articles", () => {
  assert.deepEqual([...partNodes(graph, [3], all)], [1, 1, 1, 1, 0, 1, 1, 1, 1, 0]);
  const few = all.slice();
  few[8] = few[2] = 0;
  assert.deepEqual([...partNodes(graph, [3], few)], [1, 1, 0, 1, 0, 1, 0, 1, 0, 0], "as far as the filters let it through");
});

test("a part is a graph of its own, with its own numbers and the same sentences", () => {
  const part = payloadPart(graph, texts.payload, partNodes(graph, [1], all), "Birch");
  const made = new Graph(part.core, () => Promise.resolve(part.texts));
  assert.equal(made.size, 8);
  assert.deepEqual(part.core.kinds.map(({ name, count }) => [name, count]), [["company", 2], ["event", 1], ["story", 1], ["provider", 2], ["article", 2]]);
  assert.equal(part.core.nodes.articles[0], 2, "only articles of the part are counted");
  assert.deepEqual(part.core.articleOrigin, [0, 1]);
  const event = made.byIri("event/1") as number;
  const edge = made.edgesOf(event, "tells", "in")[0] as number;
  const its = new Texts(part.texts, made);
  assert.equal(its.evidence(edge)[0]?.sentence, "The sale of timber is done.");
  assert.equal(made.label(its.evidence(edge)[0]?.article as number), "First");
  assert.deepEqual(made.across(event, "actor", "out").map((node) => made.label(node)), ["Amber", "Birch"]);
});

test("the whole graph as a part is the same graph", () => {
  const part = payloadPart(graph, texts.payload, all, graph.core.title);
  assert.deepEqual(part.core, graph.core);
  assert.deepEqual(part.texts, texts.payload);
});

test("Turtle has roles, properties and articles with their addresses", () => {
  const text = turtle(graph, texts, partNodes(graph, [1], all));
  for (const line of ["@prefix ng: <https://w3id.org/newsgraph/ns#> .", '<https://example.org/event/1>\n    a ng:event', "ng:acquirer <https://example.org/company/amber>", 'schema:url <https://daily.example/1>', 'sem:hasTimeStamp "1970-04-11"^^xsd:date']) assert.ok(text.includes(line), line);
  assert.ok(!text.includes("topic/trees"));
});

test("GraphML escapes what XML cannot hold", () => {
  const core = smallCore();
  core.nodes.label[0] = 'A & B <"\u0007>';
  const odd = smallGraph(core);
  assert.ok(graphml(odd, new Texts(smallTexts(), odd), all).includes('<data key="n-label">A &amp; B &lt;&quot;\ufffd&gt;</data>'));
});

test("the list of statements has a line for each article that supports one", () => {
  const lines = statementsCsv(graph, texts, all).trim().split("\r\n");
  assert.equal(lines.filter((line) => line.startsWith("Amber,acquired")).length, 2);
  assert.ok(lines.some((line) => line.includes("The sale of timber is done.") && line.includes("https://daily.example/1")));
});

test("decisions are written by names, and events by type, main parties and month", () => {
  assert.equal(decisionEntries(graph, [["not_a_company", "company/birch"], ["same", "company/amber", "company/birch"], ["wrong_event", "event/1"], ["no_verb", "company/amber"], ["person", "company/gone"]]),
    '- not_a_company: "Birch"\n- same: ["Amber", "Birch"]\n- wrong_event: {type: acquisition, parties: ["Amber", "Birch"], month: 1970-04}\n');
  assert.equal(canName(graph, 2), true);
});

test("what a decision can join are companies, events of one type and articles, not organisations", async () => {
  const core = smallCore();
  core.kinds[1] = { ...core.kinds[1]!, count: 2 };
  core.kinds[2] = { ...core.kinds[2]!, name: "organisation", count: 1 };
  core.kinds.splice(3, 1);
  core.nodes.iri = ["company/amber", "company/birch", "event/1", "event/2", "organisation/1", "provider/daily", "provider/weekly"];
  for (const values of Object.values(core.events) as (unknown[])[]) values.push(values[0]);
  core.events.when = ["1970-04-11", "1970-05"];
  core.edges = [{ ...core.edges[5]!, source: [2, 0, 1, 0], target: [0, 1, 0, 1], role: [0, 1, 0, 1] }];
  const odd = smallGraph(core), articles = new Graph(core, () => Promise.resolve(smallTexts()));
  await articles.texts();
  const joined = [[0, 1], [2, 3], [7, 8], [4, 4], [0, 2], [0, 4], [2, 2]].map(([one, other]) => canJoin(articles, one!, other!));
  assert.deepEqual(joined, [true, true, true, false, false, false, false]);
  core.events.when = ["1970-04-11", "1970-04"];
  assert.equal(canJoin(odd, 2, 3), false, "the file could not tell them apart");
  assert.equal(decisionEntries(articles, [["same", "article/1", "article/3"], ["same", "organisation/1", "company/amber"], ["same", "event/1", "company/amber"]]),
    '- same: [{article: "https://example.org/article/1"}, {article: "https://example.org/article/3"}]\n');
  core.events.when = ["1970-04-11", "1970-05"];
  const sale = (month: string): string => `{event: {type: acquisition, parties: ["Amber", "Birch"], month: ${month}}}`;
  assert.equal(decisionEntries(odd, [["same", "event/1", "event/2"]]), `- same: [${sale("1970-04")}, ${sale("1970-05")}]\n`);
});

test("status, amount and part of an event are corrected by its entry, and only by words that the file knows", () => {
  assert.deepEqual(settings(eventValues(graph, 2)!), ["completed", "planned", "rumoured", "denied", "ended"].map((status) => `status: ${status}`).concat("amount: none"));
  assert.equal(decisionEntries(graph, [["status: ended", "event/1"], ["amount: none", "event/1"], ["status: sold}", "event/1"], ["status: ended", "company/gone"]]),
    ["status: ended", "amount: none"].map((set) => `- event: {type: acquisition, parties: ["Amber", "Birch"], month: 1970-04}\n  set: {${set}}\n`).join(""));
});

test("what two companies have in common is what both have", () => {
  const both = inCommon([0, 1].map((node) => comparisonFacts(graph, all, node)));
  assert.deepEqual(both.articles, [7, 8]);
  assert.deepEqual(both.events, [2]);
  assert.deepEqual(both.outlets, [[5, 1], [6, 1]]);
  assert.deepEqual(both.topics, [], "only one of them has the topic");
});

test("undo takes back the set, a note, a decision and what was hidden, one after the other, and nothing else", () => {
  const store = new Store(START);
  store.gather({ set: ["company/amber"] });
  store.filter({ origins: 2 });
  store.filter({ hidden: ["company/birch"] });
  store.gather({ notes: [["company/amber", "ask, 100 % ~ sure?"]], pins: [["company/birch", -120, 40]], decided: [["same", "company/amber", "company/birch"]] });
  assert.deepEqual(fromFragment(toFragment(store.state)), store.state);
  store.undo();
  assert.deepEqual([store.state.work.notes, store.state.filters.hidden], [[], ["company/birch"]]);
  store.undo();
  assert.deepEqual([store.state.filters.hidden, store.state.filters.origins, store.state.work.set], [[], 2, ["company/amber"]]);
  store.undo();
  assert.deepEqual(store.state.work.set, []);
  assert.equal(store.undoable, false);
});
