/** A story: its articles by time with the copies put together, its events and companies, and why they are one story. */

import type { App } from "../core/app.js";
import { h } from "../core/dom.js";
import { count, counted, date, dates } from "../core/format.js";
import type { NodeDetails } from "../data/payload.js";
import type { Texts } from "../data/texts.js";
import { articleItem } from "./article_item.js";
import { doubts } from "./company.js";
import { copyGroups } from "./copies.js";
import { eventList } from "./event_item.js";
import { expandableList } from "./expandable_list.js";
import { nodeList } from "./node_button.js";
import { nodeFacts } from "./node_facts.js";
import { companions } from "./partners.js";
import { facts, folded, nothing, section } from "./section.js";
import { outletsOf, dateRange } from "./story_item.js";

export function story(app: App, node: number, texts: Texts): (HTMLElement | null)[] {
  const { graph } = app;
  const details = texts.details(node);
  const numbers = app.numbers();
  const articles = numbers.articlesOf(node);
  const lead = graph.leadOf(node);
  const dayOf = (article: number): number => graph.core.nodes.day[article] ?? Infinity;
  const groups = copyGroups(graph, [...articles].sort((one, other) => dayOf(one) - dayOf(other) || one - other));
  const events = numbers.left([...new Set(articles.flatMap((article) => graph.across(article, "tells", "out")))]);
  const together = numbers.together(node);
  const outlets = outletsOf(app, articles);
  return [
    facts([["When", dateRange(app, articles) || lasted(app, node, details)], ["Outlets", outlets.length ? nodeList(app, outlets) : count(details.outlets ?? 0)]]),
    ...nodeFacts(texts, node),
    section("Articles by time", articles.length,
      groups.length ? expandableList(groups, (group) => copies(app, group, lead), 20, { class: "ng-d-list ng-d-time", ordered: true }) : nothing("No article reports it.")),
    section("Events", events.length || null, events.length ? eventList(app, events) : nothing(app.graph.core.help.eventless)),
    companions(app, node, together, "company"),
    companions(app, node, together, "topic"),
    why(app, texts, (details.links ?? []).filter(({ article, other }) => numbers.passes(article) && numbers.passes(other)), articles.length),
    doubts(details),
  ];
}

/** From the first to the last article, where these are not here. */
function lasted(app: App, node: number, { last }: NodeDetails): string {
  const first = app.graph.core.nodes.day[node] ?? null;
  if (first === null) return "not dated";
  return last == null || last === first ? date(first) : dates(first, last);
}

function copies(app: App, group: readonly number[], lead: number): HTMLElement {
  const first = group.includes(lead) ? lead : (group[0] as number);
  const rest = group.filter((one) => one !== first);
  return h("li", {}, articleItem(app, first, first === lead ? "Lead" : ""),
    rest.length ? folded(`${counted(group.length, "copy", "copies")} of one text`, h("ul", { class: "ng-d-list" }, rest.map((one) => h("li", {}, articleItem(app, one))))) : null);
}

/** Which rule joined how many articles, and on request which pair. */
function why(app: App, texts: Texts, links: NonNullable<NodeDetails["links"]>, articles: number): HTMLElement {
  const rules = new Map<string, typeof links>();
  for (const link of links) rules.set(link.rule, [...(rules.get(link.rule) ?? []), link]);
  return section(app.graph.core.help.joined, null,
    rules.size
      ? [...rules].map(([rule, joined]) => folded(`${counted(joined.length, "pair")}: ${texts.ruleWords(rule)}`,
          expandableList(joined, ({ article, other }) => h("li", { class: "ng-pair" }, articleItem(app, article), articleItem(app, other)), 10)))
      : nothing(app.graph.core.help[articles > 1 ? "unreasoned" : "oneArticle"]),
  );
}
