/** How many articles stand behind a thing, of those that the filters let through. */

import type { App } from "../core/app.js";
import { backing } from "../core/display_names.js";
import { count, counted } from "../core/format.js";
import { allNumbers } from "../data/shown_numbers.js";

/** "7 articles, 5 of them independent"; `whole` adds how many there are without the filters; "" for an article and where nothing is counted. */
export function standing(app: App, node: number, outlets = false, whole = false): string {
  const { graph } = app;
  const numbers = app.numbers();
  const now = numbers.articles(node);
  if (graph.isArticle(node) || now === null) return "";
  const told = backing(now, numbers.origins(node) ?? 0, outlets ? numbers.outlets(node) : 0);
  const all = allNumbers(graph).articles(node) ?? now;
  return whole && now !== all ? told.replace(/^\S+ articles?/, `${count(now)} of ${counted(all, "article")}`) : told;
}
