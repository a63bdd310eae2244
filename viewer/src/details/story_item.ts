/** One story in a list: name, its lead's headline, how many report it and when. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { date, dates } from "../core/format.js";
import { nodeButton } from "./node_button.js";
import { standing } from "./standing.js";

/** "18 November 2021" or "2–4 Nov 2021"; "" where nothing is dated. */
export function dateRange(app: App, articles: readonly number[]): string {
  const days = articles.map((article) => app.graph.core.nodes.day[article] ?? null).filter((day): day is number => day !== null);
  if (!days.length) return "";
  const [first, last] = days.reduce(([least, most], day) => [Math.min(least, day), Math.max(most, day)], [Infinity, -Infinity]);
  return first === last ? date(first) : dates(first, last);
}

/** Who published these articles, each once. */
export function outletsOf(app: App, articles: readonly number[]): number[] {
  return [...new Set(articles.flatMap((article) => app.graph.across(article, "published_by", "out")))];
}

/** `told` says how many report it. */
export function storyItem(app: App, story: number, told = ""): HTMLElement {
  const { graph } = app;
  const articles = app.numbers().articlesOf(story);
  // a story that is named by its lead's headline needs no second line
  const named = articles.some((article) => graph.label(article) === graph.label(story));
  const first = graph.leadOf(story);
  const lead = named || first < 0 ? null : h("p", { class: "ng-d-lead", dir: "auto" }, oneLine(graph.label(first), 140));
  return h("div", { class: "ng-line" }, nodeButton(app, story), lead, h("p", { class: "ng-d-meta" }, [told || standing(app, story, true), dateRange(app, articles)].filter(Boolean).join(" · ")));
}
