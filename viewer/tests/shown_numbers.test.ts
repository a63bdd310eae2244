import assert from "node:assert/strict";
import { test } from "node:test";
import { articlesBy, eventsBy } from "../src/data/choice_counts.js";
import { briefing, daysBefore } from "../src/data/briefing.js";
import { filterNodes } from "../src/data/filter_mask.js";
import { neighbours } from "../src/data/neighbours.js";
import { shownNumbers } from "../src/data/shown_numbers.js";
import { START, type Filters } from "../src/data/state.js";
import { smallCore, smallGraph } from "./small_graph.js";

const [AMBER, BIRCH, EVENT, STORY, TREES, DAILY] = [0, 1, 2, 3, 4, 5];
const asked = (part: Partial<Filters>): Filters => ({ ...START.filters, ...part });
const graph = smallGraph();
const counts = (part: Partial<Filters>, node: number): unknown => {
  const numbers = shownNumbers(graph, asked(part));
  return [numbers.articles(node), numbers.origins(node), numbers.outlets(node), numbers.events(node), numbers.days(node)];
};

test("without filters everything counts", () => {
  assert.deepEqual(counts({}, AMBER), [3, 2, 2, 1, [100, 140]]);
  assert.deepEqual(counts({}, DAILY), [2, 2, 1, 0, [100, 140]]);
});

test("days narrow articles, origins, outlets, events and the days seen", () => {
  assert.deepEqual(counts({ from: 101, until: 140 }, AMBER), [2, 2, 2, 0, [101, 140]]);
  assert.deepEqual(counts({ until: 101 }, AMBER), [2, 1, 2, 1, [100, 101]]);
});

test("of one article all is asked at once", () => {
  const { pass } = filterNodes(graph, asked({ topics: ["topic/trees"], until: 101 }));
  assert.equal(pass[AMBER], 0);
  assert.equal(pass[TREES], 1, "a chosen topic stays");
});

test("an event counts by its own day and by the topics of its articles", () => {
  assert.equal(filterNodes(graph, asked({ from: 100, until: 100 })).pass[EVENT], 1);
  assert.equal(filterNodes(graph, asked({ topics: ["topic/trees"] })).pass[EVENT], 0);
});

test("a type leaves the articles that report such an event, and the companies that take part in it", () => {
  const { pass } = filterNodes(graph, asked({ types: ["acquisition"] }));
  assert.deepEqual([...pass], [1, 1, 1, 1, 0, 1, 1, 1, 1, 0]);
  assert.deepEqual([...filterNodes(graph, asked({ types: ["merger"] })).pass], new Array(10).fill(0));
});

test("copies of one text are one origin, counted over what passes", () => {
  assert.equal(filterNodes(graph, asked({ origins: 2 })).pass[AMBER], 1);
  assert.equal(filterNodes(graph, asked({ origins: 2, until: 101 })).pass[AMBER], 0);
});

test("a link made from an event goes with the event", () => {
  const numbers = shownNumbers(graph, asked({ from: 101, until: 101 }));
  const [birch] = neighbours(graph, AMBER, numbers).filter((one) => one.node === BIRCH);
  assert.deepEqual(birch, { node: BIRCH, edges: [], articles: 1, firm: true });
});

test("the numbers beside the choices of a filter ignore that filter alone", () => {
  const filters = asked({ providers: ["provider/weekly"], topics: ["topic/trees"] });
  assert.equal(articlesBy(graph, filters, "topics")(TREES), 0);
  assert.equal(articlesBy(graph, filters, "providers")(DAILY), 1);
  assert.deepEqual(eventsBy(graph, asked({ types: ["merger"] }), "types"), [1]);
});

test("a briefing compares a selection with the time before", () => {
  const found = briefing(graph, asked({ from: 101, until: 140 }));
  assert.deepEqual(found.before, [61, 100]);
  assert.deepEqual(found.newCompanies, []);
  assert.deepEqual(found.companies.map(({ node, now, before }) => [node, now, before]), [[AMBER, 2, 1], [BIRCH, 1, 1]]);
  assert.deepEqual(found.stories, [{ node: STORY, now: 1, before: 1 }]);
  assert.equal(briefing(graph, START.filters).newCompanies, null);
});

test("a company is new if no earlier article names it, whatever that one tells of", () => {
  const core = smallCore();
  core.edges[1] = { ...core.edges[1]!, source: [8], target: [EVENT] }; // only the second article tells of it, and it is of that day
  core.nodes.day[EVENT] = 101;
  core.events.when = ["1970-04-12"];
  assert.deepEqual(briefing(smallGraph(core), asked({ from: 101, until: 140, types: ["acquisition"] })).newCompanies, []);
  core.edges[0] = { ...core.edges[0]!, source: [7, 1, 0, 1], target: [0, 0, 1, 0] }; // now the first article names only Amber
  assert.deepEqual(briefing(smallGraph(core), asked({ from: 101, until: 140, types: ["acquisition"] })).newCompanies?.map(({ node }) => node), [BIRCH]);
});

test("an event is of a month if it is known to lie in it; others are told beside", () => {
  const core = smallCore(), april = { from: 90, until: 119 };
  const events = (when: string, day: number, part: Partial<Filters>): unknown => {
    core.events.when = [when];
    core.nodes.day[EVENT] = day;
    const found = briefing(smallGraph(core), asked(part));
    return [found.counts.get("event")?.now, found.deals, [...found.vague]];
  };
  assert.deepEqual(events("1970-04-11", 100, april), [1, [EVENT], []]);
  assert.deepEqual(events("1970-04", 90, april), [1, [EVENT], []]);
  assert.deepEqual(events("1970-04", 90, { from: 100, until: 105 }), [0, [], [["1970-04", 1]]]);
  assert.deepEqual(events("1970", 0, april), [0, [], [["1970", 1]]]);
  assert.deepEqual(events("1970", 0, { from: 0 }), [1, [EVENT], []]);
  assert.deepEqual(events("1970", 0, {}), [1, [EVENT], []]);
});

test("before a whole month is the month before; before the first article is nothing", () => {
  const day = (iso: string): number => Date.parse(iso) / 86_400_000;
  assert.deepEqual(daysBefore(graph, [day("2021-03-01"), day("2021-03-31")]), [day("2021-02-01"), day("2021-02-28")]);
  assert.equal(daysBefore(graph, [90, 100]), null);
});
