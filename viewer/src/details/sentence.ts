/** A sentence that something rests on, with the words that matter marked. */

import { readerWords } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { percent } from "../core/format.js";
import { highlighted, type TextSpan } from "../core/highlight.js";
import type { Evidence } from "../data/texts.js";
import { folded } from "./section.js";

const LONG = 700;
const BEFORE = 200;
const PHRASE = 60;

/** A quotation; a very long one shows the words round the first mark, and all on request. */
export function quotation(text: string, names: readonly TextSpan[], said: readonly TextSpan[] = []): HTMLElement {
  if (text.length <= LONG) return h("blockquote", { dir: "auto" }, highlighted(text, names, said));
  const first = Math.max(0, Math.min(text.length, ...[...names, ...said].map(([start]) => start)) - BEFORE);
  const from = names.length + said.length ? first : 0;
  const past = Math.min(text.length, from + LONG);
  return h("blockquote", { dir: "auto" },
    from ? "… " : null, highlighted(text, names, said, from, past), past < text.length ? " …" : null,
    folded("Show the whole sentence", h("p", {}, highlighted(text, names, said))),
  );
}

/** How sure a sentence was read and by which words, or why the words are a name; the rule and the reader on request. */
export function reading(evidence: Evidence, naming: boolean): HTMLElement {
  const sure = evidence.confidence === null ? "Read" : `${percent(evidence.confidence)} sure`.replace(/ /g, "\u00a0");
  const words = evidence.marks.map(([start, end]) => evidence.sentence.slice(start, end)).join(" … ");
  const why = naming ? `: ${evidence.why || "by how the sentence uses the name"}` : words && words.length <= PHRASE ? `, by the words “${words}”` : ", by the words underlined";
  const rule = [`Rule ${evidence.rule || "none"}`, evidence.extractor ? readerWords(evidence.extractor) : ""].filter(Boolean).join(", read by ");
  return h("details", { class: "ng-d-meta ng-reading" }, h("summary", {}, h("span", { dir: "auto" }, `${sure}${why}`)), rule);
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
