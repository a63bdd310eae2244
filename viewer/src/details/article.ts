/** An article: its words, its source, the events it reports and the names it mentions. */

import type { App } from "../core/app.js";
import { h, outward } from "../core/dom.js";
import type { Texts } from "../data/texts.js";
import { articleItem, published } from "./article_item.js";
import { copyGroups } from "./copies.js";
import { expandableList } from "./expandable_list.js";
import { nodeButton, nodeList } from "./node_button.js";
import { nodeFacts } from "./node_facts.js";
import { sentencesOf } from "./quotes.js";
import { facts, folded, nothing, section } from "./section.js";
import { storyItem } from "./story_item.js";

export function article(app: App, node: number, texts: Texts): (HTMLElement | null)[] {
  const { graph } = app;
  const details = texts.details(node);
  const url = texts.url(node);
  const providers = graph.across(node, "published_by", "out");
  const topics = graph.across(node, "has_topic", "out");
  const stories = app.numbers().left(graph.across(node, "part_of_story", "out"));
  const numbers = app.numbers();
  const shown = (edge: number): boolean => numbers.passes(graph.target[edge] as number);
  const tells = graph.edgesOf(node, "tells", "out").filter(shown);
  const mentions = graph.edgesOf(node, "mentions", "out").filter(shown);
  const near = numbers.left(graph.across(node, "near_duplicate"));
  const copies = near.length ? copyGroups(graph, [node, ...copyClosure(app, node)]).find((group) => group.includes(node)) ?? [] : [];
  const related = numbers.left(graph.across(node, "related"));
  return [
    details.notes?.length ? h("ul", { class: "ng-warning" }, details.notes.map((note) => h("li", { dir: "auto" }, note))) : null,
    h("p", { class: "ng-excerpt", dir: "auto" }, texts.excerpt(node) || "No excerpt."),
    url ? h("p", { class: "ng-out" }, outward(url, `Read it at ${host(url)}`)) : null,
    facts([
      ["Published", published(graph, node) || "not dated"],
      ...(providers.length ? [["By", nodeList(app, providers)] as const] : []),
      ...(topics.length ? [["Topics", nodeList(app, topics)] as const] : []),
    ]),
    ...nodeFacts(texts, node),
    section("Events reported", tells.length || null, tells.length ? expandableList(tells, (edge) => said(app, edge, texts)) : nothing("No event was found in it.")),
    section("Names mentioned", mentions.length || null,
      mentions.length ? expandableList(mentions, (edge) => said(app, edge, texts, true)) : nothing("No name was found in it.")),
    stories.length ? section("Story", null, h("ul", { class: "ng-d-list" }, stories.map((story) => h("li", {}, storyItem(app, story))))) : null,
    copies.length > 1 ? section("Copies of this text", copies.length - 1, expandableList(copies.filter((one) => one !== node), (one) => h("li", {}, articleItem(app, one)))) : null,
    related.length ? section("Listed as related", related.length, expandableList(related, (one) => h("li", {}, articleItem(app, one)), 5)) : null,
  ];
}

/** The thing at the far end, and the sentences that say so; folded where they only name it. */
function said(app: App, edge: number, texts: Texts, fold = false): HTMLElement {
  const [node, far] = [app.graph.source[edge] as number, app.graph.target[edge] as number];
  const found = texts.evidence(edge);
  const rows = sentencesOf(app, texts, node, found, fold ? null : app.graph.across(far, "actor", "out"));
  const target = nodeButton(app, far);
  return h("li", { class: "ng-quoted" }, target, rows.length && fold ? folded(rows.length > 2 ? `${rows.length / 2} sentences` : "The sentence", ...rows) : rows);
}

function copyClosure(app: App, node: number): number[] {
  const found = new Set([node]);
  for (const one of found) for (const other of app.numbers().left(app.graph.across(one, "near_duplicate"))) found.add(other);
  found.delete(node);
  return [...found].sort((one, other) => one - other);
}

const host = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, "").replace(/[/?#].*$/s, "");
