/** The evidence for a statement: each article with its sentences, copies of one text folded, the parties' names marked. */

import type { App } from "../core/app.js";
import { h } from "../core/dom.js";
import type { TextSpan } from "../core/highlight.js";
import { counted } from "../core/format.js";
import type { Evidence, Texts } from "../data/texts.js";
import { articleItem } from "./article_item.js";
import { copyGroups } from "./copies.js";
import { expandableList } from "./expandable_list.js";
import { folded } from "./section.js";
import { merged, quotation, reading } from "./sentence.js";

/**
 * `rows` are the sentences of all `articles`. With `parties` the marks of the rows are the words that say it, and the parties' names are
 * marked; an article whose sentences leave a party unnamed shows the sentence that names it. Where they are null the marks are
 * names. `plain` leaves out how the sentences were read.
 */
export function quotes(app: App, texts: Texts, articles: readonly number[], rows: readonly Evidence[], parties: readonly number[] | null, plain = false): HTMLElement {
  const by = new Map<number, Evidence[]>(articles.map((article) => [article, []]));
  for (const row of rows) by.get(row.article)?.push(row);
  return expandableList(copyGroups(app.graph, articles), (group) => {
    const [first, ...rest] = group.map((article) => quoted(app, texts, article, by.get(article) ?? [], parties, plain));
    return h("li", { class: "ng-quoted" }, first,
      rest.length ? folded(`${counted(rest.length, "more copy", "more copies")} of this text`, ...rest.map((one) => h("div", { class: "ng-quoted" }, one))) : null);
  }, 10);
}

function quoted(app: App, texts: Texts, article: number, rows: readonly Evidence[], parties: readonly number[] | null, plain: boolean): HTMLElement[] {
  return [articleItem(app, article), ...sentencesOf(app, texts, article, rows, parties, plain)];
}

/** The sentences of one article, without its headline. */
export function sentencesOf(app: App, texts: Texts, article: number, rows: readonly Evidence[], parties: readonly number[] | null, plain = false): HTMLElement[] {
  const named = (parties ?? []).map((party) => namings(app, texts, article, party));
  const open = new Set(named.keys());
  const said = merged(rows).flatMap((row) => {
    const names: TextSpan[] = [];
    named.forEach((found, party) => {
      const here = found.filter((one) => one.sentence === row.sentence);
      names.push(...here.flatMap((one) => one.marks));
      if (here.length) open.delete(party);
    });
    const words = parties ? quotation(row.sentence, names, row.marks) : quotation(row.sentence, row.marks);
    return plain ? [words] : [words, reading(row, parties === null)];
  });
  const context = rows.length ? merged([...open].flatMap((party) => (named[party] ?? []).slice(0, 1))) : [];
  return [
    ...said,
    ...context.flatMap((row) => [h("p", { class: "ng-d-meta ng-reading" }, "The name occurs in:"), quotation(row.sentence, row.marks)]),
  ];
}

/** Where an article names a thing. */
function namings(app: App, texts: Texts, article: number, thing: number): Evidence[] {
  const found: Evidence[] = [];
  app.graph.eachEdge(article, (edge, other, outgoing) => {
    if (other === thing && outgoing) found.push(...texts.evidence(edge));
  });
  return found;
}
