/** One story in a list: name, its lead's headline, how many report it and when. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { date, dates } from "../core/format.js";
import type { Texts } from "../data/texts.js";
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

/** `told` says how many report it. `later` takes what fills in the lead's headline when the texts come; without it they are there. */
export function storyItem(app: App, story: number, later?: ((texts: Texts) => void)[], told = ""): HTMLElement {
  const { graph } = app;
  const articles = app.numbers().articlesOf(story);
  // a story that is named by its lead's headline needs no second line
  const named = articles.some((article) => graph.label(article) === graph.label(story));
  const lead = named ? null : h("p", { class: "ng-d-lead", dir: "auto" }, "\u00a0");
  const fill = (texts: Texts): void => {
    const article = texts.details(story).lead;
    if (lead && article !== undefined) lead.textContent = oneLine(graph.label(article), 140);
  };
  if (later) later.push(fill);
  else if (graph.textsNow) fill(graph.textsNow);
  return h("div", { class: "ng-line" }, nodeButton(app, story), lead, h("p", { class: "ng-d-meta" }, [told || standing(app, story, true), dateRange(app, articles)].filter(Boolean).join(" · ")));
}
