/** A sentence that something rests on, with the words that matter marked. */

import { readerWords, ruleWords } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { percent } from "../core/format.js";
import type { Evidence } from "../data/texts.js";
import { folded } from "./section.js";

export type Span = readonly [number, number];

const LONG = 700;
const BEFORE = 200;

/** The text with names marked and the words that say it underlined; what lies outside of the text is left out. */
export function marked(text: string, names: readonly Span[], said: readonly Span[] = [], from = 0, until = text.length): (Node | string)[] {
  const inside = ([start, end]: Span): Span => [Math.max(start, from), Math.min(end, until)];
  const spans = [names.map(inside), said.map(inside)] as const;
  const cuts = [...new Set([from, until, ...spans.flat(2)])].filter((at) => at >= from && at <= until).sort((one, other) => one - other);
  const within = (list: readonly Span[], start: number, end: number): boolean => list.some(([first, past]) => first <= start && past >= end);
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at] as number;
    const words = text.slice(start, end);
    const name = within(spans[0], start, end) ? h("mark", {}, words) : words;
    return within(spans[1], start, end) ? h("span", { class: "ng-said" }, name) : name;
  });
}

/** A quotation; a very long one shows the words round the first mark, and all on request. */
export function quotation(text: string, names: readonly Span[], said: readonly Span[] = []): HTMLElement {
  if (text.length <= LONG) return h("blockquote", { dir: "auto" }, marked(text, names, said));
  const first = Math.max(0, Math.min(text.length, ...[...names, ...said].map(([start]) => start)) - BEFORE);
  const from = names.length + said.length ? first : 0;
  const past = Math.min(text.length, from + LONG);
  return h("blockquote", { dir: "auto" },
    from ? "… " : null, marked(text, names, said, from, past), past < text.length ? " …" : null,
    folded("Show the whole sentence", h("p", {}, marked(text, names, said))),
  );
}

/** How a sentence was read: rule, reader and confidence, in words. */
export function reading(evidence: Evidence): HTMLElement {
  const parts: string[] = [];
  if (evidence.rule) parts.push(`Rule: ${ruleWords(evidence.rule)}`);
  if (evidence.extractor) parts.push(readerWords(evidence.extractor));
  if (evidence.confidence !== null) parts.push(`${percent(evidence.confidence)} sure`.replace(/ /g, "\u00a0"));
  return h("p", { class: "ng-d-meta ng-reading" }, parts.join(" · "));
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
