/** An event: who did what for how much, every value reported of it, and the sentences that report it. */

import type { App } from "../core/app.js";
import { capital, roleWords } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { date } from "../core/format.js";
import type { Texts } from "../data/texts.js";
import { amountOf, eventList, statusOf } from "./event_item.js";
import { expandableList } from "./expandable_list.js";
import { ledger } from "./ledger.js";
import { nodeList } from "./node_button.js";
import { nodeFacts } from "./node_facts.js";
import { quotes } from "./quotes.js";
import { facts, nothing, section } from "./section.js";
import { storyItem } from "./story_item.js";

/** The fact that names the source of the date: it is shown beside the date. */
const DATED = "Date from";

export function event(app: App, node: number, texts: Texts): (HTMLElement | null)[] {
  const { graph } = app;
  const { core } = graph;
  const details = texts.details(node);
  const day = core.nodes.day[node] ?? null;
  const from = (details.facts ?? []).find(([label]) => label === DATED)?.[1];
  const rest = (details.facts ?? []).filter(([label]) => label !== DATED);
  const type = core.eventTypes[core.events.type[graph.eventPlace(node)] as number]?.label ?? "";
  const tells = graph.edgesOf(node, "tells", "in");
  const tellers = tells.map((edge) => graph.source[edge] as number);
  const stories = [...new Set(tells.flatMap((edge) => graph.across(graph.source[edge] as number, "part_of_story", "out")))];
  const wholes = graph.across(node, "part_event", "in");
  const parts = graph.across(node, "part_event", "out");
  return [
    facts([
      ["Type", type],
      ...parties(app, node),
      ["Amount", amountOf(app, node) || "not stated"],
      ["Date", day === null ? "not stated" : from ? `${date(day)}, from ${from}` : date(day)],
      ["Status", capital(statusOf(app, node))],
    ]),
    ...nodeFacts({ ...details, facts: rest }),
    wholes.length ? section("Part of", null, eventList(app, wholes)) : null,
    parts.length ? section("Parts", parts.length, eventList(app, parts)) : null,
    ledger(app, details.ledger ?? []),
    section("Reported by", tells.length || null,
      tells.length ? quotes(app, texts, tellers, tells.flatMap((edge) => texts.evidence(edge)), graph.across(node, "actor", "out")) : nothing("No single sentence states it.")),
    stories.length ? section(stories.length > 1 ? "Stories" : "Story", null, expandableList(stories, (story) => h("li", {}, storyItem(app, story)), 5)) : null,
  ];
}

/** "Investor: Sanofi", "Investee: Owkin": one row a role. */
function parties(app: App, node: number): [string, HTMLElement][] {
  const { graph } = app;
  const found = new Map<string, number[]>();
  for (const edge of graph.edgesOf(node, "actor", "out")) {
    const group = graph.group(edge);
    const role = group.roles?.[group.role?.[graph.placeOf(edge)] ?? -1] ?? "party";
    const before = found.get(role) ?? [];
    found.set(role, [...before, graph.target[edge] as number]);
  }
  return [...found].map(([role, nodes]) => [capital(roleWords(role)), nodeList(app, nodes)]);
}
