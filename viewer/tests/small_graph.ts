/** A graph of a few things, as Python would write it: three articles, two companies, an event, a story, a topic, two providers. */

import { readFileSync } from "node:fs";
import { Graph } from "../src/data/graph.js";
import type { CorePayload, KindInfo, TextsPayload } from "../src/data/payload.js";

/** The patterns that the page has, from the table that Python reads. */
const shippedPatterns: Record<string, string> = Object.fromEntries(readFileSync("../src/newsgraph/data/question_patterns.csv", "utf8").trim().split("\n").slice(1).map((row) => {
  const [, key = "", words = ""] = /^(.*?),(.*)$/.exec(row) ?? [];
  return [key, words.startsWith('"') ? words.slice(1, -1).replace(/""/g, '"') : words];
}));

/** With those that Python adds: words for events, and for all that can be counted. */
const patternsOf = (asked: CorePayload["asked"]): Record<string, string> => {
  const events = asked.flatMap(({ kind, words }) => (kind === "event" ? [words] : [])).join("|");
  return { ...shippedPatterns, EVENTS: events, NOUNS: [events, ...Object.entries(shippedPatterns).flatMap(([key, words]) => (key.startsWith("#") ? [words] : []))].join("|") };
};

const kind = (name: string, count: number): KindInfo => ({ name, label: name, plural: `${name}s`.replace("ys", "ies"), colour: "#000000", dark: "#ffffff", shape: "disc", outline: "M0,0z", count, classes: [`ng:${name}`] });

/** Nodes: companies 0 and 1, event 2, story 3, topic 4, providers 5 and 6, articles 7, 8 and 9; article 8 is a copy of 7. Days are 100, 101 and 140. */
export function smallCore(): CorePayload {
  const edges = (name: string, pairs: [number, number][], more: object = {}): CorePayload["edges"][number] => ({
    kind: name, label: name, inverse: `${name} of`, inferred: true, directed: true, property: `ng:${name}`, origin: "",
    source: pairs.map(([source], at) => source - (pairs[at - 1]?.[0] ?? 0)), target: pairs.map(([, target]) => target), ...more,
  });
  const asked: CorePayload["asked"] = [
    ...["article|articles", "provider|providers|outlets", "topic|topics", "story|stories", "product|products", "company|companies", "event|events", "person|people|who"].map((words) => ({ words, kind: words.split("|")[0]!, types: [] })),
    { words: "acquisition|acquisitions", kind: "event", types: ["acquisition"], label: "Acquisition", sides: [["acquirer"], ["target", "seller"], ["acquirer"]] },
    { words: "bought|buy", kind: "event", types: ["acquisition"], sides: [["acquirer"], ["target", "seller"], ["acquirer"]], verb: 1 },
    ...["appointment|appointments", "departure|departures"].map((words) => ({ words, kind: "event", types: [words.split("|")[0]!], label: words === "departure|departures" ? "Departure" : "Appointment" })),
    { words: "deals", kind: "event", types: ["acquisition", "merger"] }, { words: "job changes", kind: "event", types: ["appointment", "departure"] },
  ];
  return {
    version: 2, title: "small", base: "https://example.org/", program: "newsgraph", asOf: null, complete: true, total: 10, prefixes: { ng: "https://w3id.org/newsgraph/ns#", schema: "https://schema.org/", sem: "http://semanticweb.cs.vu.nl/2009/11/sem/", xsd: "http://www.w3.org/2001/XMLSchema#" },
    kinds: [kind("company", 2), kind("event", 1), kind("story", 1), kind("topic", 1), kind("provider", 2), kind("article", 3)],
    asked,
    fillers: "s|did|that|the|of|in|on|with|about|by|who|what|which|were|was|do|have|common|compare|and|there|happened|wrote",
    patterns: patternsOf(asked),
    askedLinks: [
      { role: "maker", nouns: "", verbs: "", links: ["<made_by"], many: "products" }, { role: "supplier", nouns: "customers?", verbs: "", links: [">supplies_to"], many: "customers" },
      { role: "competitor", nouns: "competitors?|rivals?", verbs: "competes? with", links: ["<competes_with", ">competes_with"], many: "competitors" },
    ],
    help: { page: [], views: { map: "", focus: "", timeline: "", table: "", set: "" }, statuses: {}, sheet: { peek: "", half: "", full: "" }, set: "", file: "", focus: "", decisions: "", lanes: "", topic: "", unlinked: "", apart: "", lasso: "", closed: "", decided: "", html: "", ttl: "", graphml: "", csv: "", compare: "", saving: "", savingOne: "", undo: "", change: "", collecting: "", hollow: "", coarse: "", close: "", day: "", grounds: "", noNew: "", disputed: "", nothing: "", dateless: "", searchStopped: "", unsaid: "", ask: "", alone: "", empty: "", unfocused: "", same: "", bare: "", scattered: "", picture: "", unnamed: "", unstated: "", noArticle: "", articleless: "", noAmount: "", eventless: "", unlinkedToArticles: "", unread: "", hops: "", timeline: "", play: "", circles: "", typeMore: "", newsOnly: "no events known from before", recalled: "", joined: "", withAll: "", unchosen: "", rows: "", otherEvents: "", sameEvents: "", unreasoned: "", oneArticle: "", sieve: "", least: "", oneCircle: "", listed: "", earlier: "", mapped: "", steer: "", puzzled: "", pruned: "", dayless: "", unplaced: "", sure: "", hidden: "", undrawn: "", filteredOut: "", otherDays: "", full: "" },
    signs: { sun: "", moon: "", funnel: "" }, eventGroups: [{ name: "deals", label: "Deals", outline: "M0,0z" }], eventTypes: [{ name: "acquisition", label: "Acquisition", short: "acquisition", group: "deals", counted: "", class: "ng:Acquisition", main: ["acquirer", "target"] }],
    statuses: ["announced"], roles: ["acquirer", "target"], amountKinds: [], communities: [],
    nodes: {
      label: ["Amber", "Birch", "Amber buys Birch", "The sale of Birch", "Trees", "Daily", "Weekly", "First", "Second", "Third"],
      iri: ["company/amber", "company/birch", "event/1", "story/1", "topic/trees", "provider/daily", "provider/weekly"],
      x: new Array(10).fill(0), y: new Array(10).fill(0), community: new Array(10).fill(-1),
      day: [null, null, 100, 100, null, null, null, 100, 101, 140], articles: [3, 2, 2, 2, 1, 2, 1, 1, 1, 1], origins: [2, 1, 1, 1, 1, 2, 1, 1, 1, 1],
      confidence: [90, 80, 70, null, null, null, null, null, null, null],
    },
    events: { type: [0], status: [0], when: ["1970-04-11"], background: [0], amount: [5e6], currency: ["USD"], amountOf: [null], percent: [null], count: [null], part: [null], disputed: [0] },
    storyLead: [7],
    articleOrigin: [0, 1, 0],
    names: { node: [], names: [] },
    edges: [
      edges("mentions", [[7, 0], [7, 1], [8, 0], [8, 1], [9, 0]]),
      edges("tells", [[7, 2], [8, 2]]),
      edges("part_of_story", [[7, 3], [8, 3]]),
      edges("has_topic", [[9, 4]]),
      edges("published_by", [[7, 5], [8, 6], [9, 5]]),
      edges("actor", [[2, 0], [2, 1]], { role: [0, 1], roles: ["acquirer", "target"], roleProperties: ["ng:acquirer", "ng:target"] }),
      edges("acquired", [[0, 1]], { event: [2] }),
    ],
    replaced: [],
  };
}

export const smallGraph = (core: CorePayload = smallCore()): Graph => new Graph(core, () => Promise.reject(new Error("no texts")) as Promise<TextsPayload>);

/** Excerpts, addresses and two sentences: edges 5 and 6 are those by which articles 7 and 8 tell of the event. */
export function smallTexts(): TextsPayload {
  return {
    articles: {
      excerpt: ["Timber is dear, and a sale was to be expected.", "Copied from the Daily: after the sale.", "In the forest."], url: ["https://daily.example/1", "", "https://daily.example/3"],
      iri: ["article/1", "article/2", "article/3"], time: [8640000, 8726400, null],
    },
    sentences: { article: [0, 1], text: ["The sale of timber is done.", "Timber prices rose after that."] },
    rules: ["pattern"], ruleWords: {}, relationWords: {}, extractors: ["rules/1"],
    evidence: { edge: [5, 1], sentence: [0, 1], marks: ["4-8", ""], rule: [0, 0], extractor: [0, 0], confidence: [80, null] },
    reasons: { edge: [], rule: [] },
    details: { "2": { ledger: [{ field: "amount", relation: "main", value: "$5M", note: "", articles: 2, outlets: 2, origins: 1, first: null, tellers: [7, 8] }] }, "3": { links: [{ article: 7, other: 8, rule: "near_copy" }] } },
  };
}
