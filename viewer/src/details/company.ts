/** A company (and an organisation): what it is, what it did, with whom, and who wrote about it. */

import type { App } from "../core/app.js";
import { h } from "../core/dom.js";
import type { NodeDetails } from "../data/payload.js";
import type { Texts } from "../data/texts.js";
import { articleList, newestFirst } from "./article_item.js";
import { roleSections } from "./event_item.js";
import { nodeFacts } from "./node_facts.js";
import { companionsOfKinds, partners } from "./partners.js";
import { relations } from "./relations.js";
import { nothing, section } from "./section.js";

export function company(app: App, node: number, texts: Texts): (HTMLElement | null)[] {
  const details = texts.details(node);
  const events = roleSections(app, node);
  const numbers = app.numbers();
  const articles = newestFirst(app, numbers.articlesOf(node));
  return [
    ...nodeFacts(texts, node),
    relations(app, node),
    ...(events.length ? events : [section("Events", null, nothing("No event was found."))]),
    partners(app, node),
    companionsOfKinds(app, node, numbers.together(node), ["company", "story", "topic", "product", "person", "organisation", "place"]),
    section("Articles", articles.length, articles.length ? articleList(app, articles) : nothing(app.graph.core.help.unnamed)),
    doubts(details),
  ];
}

export function doubts(details: NodeDetails): HTMLElement | null {
  return details.doubts?.length ? section("Open questions", details.doubts.length, h("ul", { class: "ng-d-list ng-doubts" }, details.doubts.map((doubt) => h("li", { dir: "auto" }, doubt)))) : null;
}
