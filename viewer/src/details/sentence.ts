/** A sentence that something rests on, the words that matter marked, with where it stands and who read it. */

import type { App } from "../app.js";
import { h } from "../dom.js";
import { percent } from "../format.js";
import type { Evidence } from "../texts.js";
import { articleLine } from "./article_line.js";
import { folded } from "./section.js";
import { readerWords, ruleWords } from "./wording.js";

const LONG = 700;
const BEFORE = 200;

/** The text with its marked spans; what lies outside of the text, or in a span before, is left out. */
export function marked(text: string, marks: readonly (readonly [number, number])[], from = 0, until = text.length): (Node | string)[] {
  const parts: (Node | string)[] = [];
  let at = from;
  for (const [start, end] of [...marks].sort((one, other) => one[0] - other[0])) {
    const first = Math.max(start, at);
    const past = Math.min(end, until);
    if (!(past > first)) continue;
    parts.push(text.slice(at, first), h("mark", {}, text.slice(first, past)));
    at = past;
  }
  parts.push(text.slice(at, until));
  return parts;
}

/** A quotation; a very long one shows the words round the first mark, and all on request. */
export function quotation(text: string, marks: readonly (readonly [number, number])[]): HTMLElement {
  if (text.length <= LONG) return h("blockquote", { dir: "auto" }, marked(text, marks));
  const from = Math.max(0, Math.min(...marks.map(([start]) => start), text.length) - BEFORE);
  const first = marks.length ? from : 0;
  const past = Math.min(text.length, first + LONG);
  return h("blockquote", { dir: "auto" },
    first ? "… " : null, marked(text, marks, first, past), past < text.length ? " …" : null,
    folded("Show the whole sentence", h("p", {}, marked(text, marks))),
  );
}

/** How a sentence was read: rule, reader and confidence, in words. */
export function reading(evidence: Evidence): HTMLElement {
  const parts: string[] = [];
  if (evidence.rule) parts.push(`Rule: ${ruleWords(evidence.rule)}`);
  if (evidence.extractor) parts.push(`read by ${readerWords(evidence.extractor)}`);
  if (evidence.confidence !== null) parts.push(`confidence ${percent(evidence.confidence)}`);
  return h("p", { class: "ng-d-meta" }, parts.join(" · "));
}

/** The sentences of one article, under its headline. */
export function quoted(app: App, article: number, found: readonly Evidence[], withReading = true): HTMLElement {
  return h("li", { class: "ng-quoted" },
    articleLine(app, article),
    merged(found).flatMap((one) => [quotation(one.sentence, one.marks), withReading ? reading(one) : null]),
  );
}

/** Several rows of one sentence as one, with all their marks; the surest row speaks. */
export function merged(rows: readonly Evidence[]): Evidence[] {
  const found = new Map<string, Evidence>();
  for (const row of rows) {
    const before = found.get(row.sentence);
    if (!before) found.set(row.sentence, { ...row });
    else {
      const surer = (row.confidence ?? -1) > (before.confidence ?? -1) ? row : before;
      found.set(row.sentence, { ...surer, marks: [...before.marks, ...row.marks] });
    }
  }
  return [...found.values()];
}

/** Rows by the article that they stand in, in the order of the articles (by time). */
export function byArticle(rows: readonly Evidence[]): [number, Evidence[]][] {
  const found = new Map<number, Evidence[]>();
  for (const row of rows) {
    const before = found.get(row.article);
    if (before) before.push(row);
    else found.set(row.article, [row]);
  }
  return [...found].sort((one, other) => one[0] - other[0]);
}
