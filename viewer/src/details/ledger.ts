/** Every value reported of an event, side by side: its relation to the main one, and who reports it. */

import type { App } from "../core/app.js";
import { backing, capital, fieldWords } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { whenWords } from "../core/event_words.js";
import { shortDate } from "../core/format.js";
import { articleIndex } from "../data/article_index.js";
import type { NodeDetails } from "../data/payload.js";
import type { Texts } from "../data/texts.js";
import { articleItem } from "./article_item.js";
import { expandableList } from "./expandable_list.js";
import { folded, section } from "./section.js";

type Entry = NonNullable<NodeDetails["ledger"]>[number];

const DISPUTED = new Set(["disputed"]);
const CHIEF = new Set(["main", "decided"]);

/** `all` entries as the graph has them; those of articles that the filters hide are left out. */
export function ledger(app: App, texts: Texts, all: readonly Entry[]): HTMLElement | null {
  const entries = all.flatMap((entry) => shownEntry(app, entry));
  if (!entries.length) return null;
  const fields = new Map<string, Entry[]>();
  // the value that counts comes first, the others as they are
  for (const entry of [...entries].sort((one, other) => Number(CHIEF.has(other.relation)) - Number(CHIEF.has(one.relation)))) fields.set(entry.field, [...(fields.get(entry.field) ?? []), entry]);
  const disputed = entries.some((entry) => DISPUTED.has(entry.relation));
  return section("What the sources say", null,
    disputed ? h("p", { class: "ng-warning" }, "The sources disagree.") : null,
    [...fields].map(([field, told]) => h("div", { class: "ng-ledger" }, h("h4", {}, fieldWords(field)), h("ul", {}, told.map((entry) => row(app, texts, entry, told.length === 1))))),
  );
}

/** An entry as the articles report it that pass the filters; none where none of them does. What people decided has no articles. */
function shownEntry(app: App, entry: Entry): Entry[] {
  const { graph } = app;
  const numbers = app.numbers();
  if (!numbers.narrowed || !graph.core.complete || !entry.tellers.length) return [entry];
  const tellers = numbers.left(entry.tellers);
  if (!tellers.length) return [];
  const { firstArticle, origin, provider } = articleIndex(graph);
  const different = (values: Int32Array): number => new Set(tellers.map((article) => values[article - firstArticle]).filter((value) => value !== -1)).size;
  return [{ ...entry, tellers, articles: tellers.length, origins: different(origin), outlets: different(provider) }];
}

/** `only` where no other value of the field is reported. */
function row(app: App, texts: Texts, entry: Entry, only: boolean): HTMLElement {
  const weight = DISPUTED.has(entry.relation) ? "ng-told ng-told-otherwise" : CHIEF.has(entry.relation) ? "ng-told ng-told-main" : "ng-told";
  const since = entry.first === null ? "" : ` · ${shortDate(Math.floor(entry.first / 86_400))}`;
  const who = backing(entry.articles, entry.origins, entry.outlets) + since;
  return h("li", { class: weight },
    h("p", { class: "ng-told-value" }, h("strong", { dir: "auto" }, valueWords(entry)), h("span", { class: "ng-relation" }, texts.payload.relationWords[only && entry.relation === "main" ? "only" : entry.relation] ?? entry.relation)),
    entry.note ? h("p", { class: "ng-told-note", dir: "auto" }, entry.note) : null,
    entry.tellers.length
      ? folded(who, expandableList(entry.tellers, (article) => h("li", {}, articleItem(app, article)), 10))
      : h("p", { class: "ng-d-meta" }, entry.articles ? who : "no article"),
  );
}

/** Days in words, statuses with a capital; sums as they are reported. */
function valueWords({ field, value }: Entry): string {
  if (field === "date" && /^\d{4}(-\d{2}){0,2}$/.test(value)) return whenWords(value);
  return field === "status" ? capital(value) : value;
}
