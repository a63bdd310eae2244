/** One article in a list: headline, provider and time. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { date, time } from "../core/format.js";
import { hasTime } from "../data/dated_nodes.js";
import type { Graph } from "../data/graph.js";
import { expandableList } from "./expandable_list.js";
import { nodeButton } from "./node_button.js";

/** "18 November 2021", with the time of day where it is known; "" where not even the day is. */
export function published(graph: Graph, article: number): string {
  const day = graph.core.nodes.day[article] ?? null;
  return day === null ? "" : hasTime(graph, article) ? time(graph.textsNow?.time(article) as number) : date(day);
}

/** "Reuters · 18 November 2021"; what is not known is left out. */
function sourceLine(app: App, article: number): string {
  const { graph } = app;
  const providers = graph.across(article, "published_by", "out").map((one) => oneLine(graph.label(one), 60));
  return [...providers, published(graph, article) || "no date"].join(" · ");
}

export function articleItem(app: App, article: number, note = ""): HTMLElement {
  return h("div", { class: "ng-line" }, nodeButton(app, article), h("p", { class: "ng-d-meta" }, note ? h("strong", {}, `${note} · `) : null, sourceLine(app, article)));
}

/** Articles as given, 20 at a time. */
export const articleList = (app: App, articles: readonly number[]): HTMLElement => expandableList(articles, (article) => h("li", {}, articleItem(app, article)));

/** Newest first, undated last. */
export function newestFirst(app: App, articles: readonly number[]): number[] {
  const days = app.graph.core.nodes.day;
  return [...articles].sort((one, other) => (days[other] ?? -Infinity) - (days[one] ?? -Infinity) || one - other);
}
