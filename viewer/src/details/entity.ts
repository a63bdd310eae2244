/** A topic, organisation, person, product, place or provider: what is known of it, its events and its articles. */

import type { App } from "../core/app.js";
import type { Texts } from "../data/texts.js";
import { articleList, newestFirst } from "./article_item.js";
import { doubts } from "./company.js";
import { eventList, roleSections } from "./event_item.js";
import { nodeFacts } from "./node_facts.js";
import { companionsOfKinds, companions } from "./partners.js";
import { relations } from "./relations.js";
import { nothing, section } from "./section.js";

export function entity(app: App, node: number, texts: Texts): (HTMLElement | null)[] {
  const { graph } = app;
  const details = texts.details(node);
  const numbers = app.numbers();
  const articles = newestFirst(app, numbers.articlesOf(node));
  const together = numbers.together(node);
  const party = graph.across(node, "actor", "in");
  const named = [...together.keys()].filter((other) => graph.eventPlace(other) >= 0 && !party.includes(other));
  return [
    relations(app, node),
    ...nodeFacts(texts, node),
    ...roleSections(app, node),
    companions(app, node, together, "company"),
    section(graph.core.help[party.length ? "otherEvents" : "sameEvents"], named.length || null, named.length ? eventList(app, named) : nothing(graph.core.help.eventless)),
    companionsOfKinds(app, node, together, ["topic", "product", "person", "organisation", "place"]),
    section("Articles", articles.length, articles.length ? articleList(app, articles) : nothing(graph.core.help.unlinkedToArticles)),
    doubts(details),
  ];
}
