/** A topic, organisation, person, product, place or provider: what is known, told and written of it. */

import type { App } from "../core/app.js";
import type { Texts } from "../data/texts.js";
import { articleList, newest } from "./article_item.js";
import { doubts } from "./company.js";
import { eventList } from "./event_item.js";
import { known } from "./node_facts.js";
import { beside, companions } from "./partners.js";
import { relations } from "./relations.js";
import { nothing, section } from "./section.js";

export function entity(app: App, node: number, texts: Texts): (HTMLElement | null)[] {
  const { graph } = app;
  const details = texts.details(node);
  const articles = newest(app, graph.articlesOf(node));
  const together = graph.together(node);
  const party = graph.across(node, "actor", "in");
  const named = [...together.keys()].filter((other) => graph.eventPlace(other) >= 0 && !party.includes(other));
  return [
    relations(app, node),
    ...known(details),
    party.length ? section("What it did", party.length, eventList(app, party)) : null,
    companions(app, node, together, "company"),
    section(party.length ? "Events in the same articles" : "Events", named.length || null, named.length ? eventList(app, named) : nothing("Its articles tell no event.")),
    beside(app, node, together, ["topic", "product", "person", "organisation", "place"]),
    section("Articles", articles.length, articles.length ? articleList(app, articles) : nothing("No article is linked to it.")),
    doubts(details),
  ];
}
