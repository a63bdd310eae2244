/** What is known of a thing as one sentence each: "Osterholt employs Katrin Vollmer and Dale Wetherill." */

import { h } from "../core/dom.js";
import type { Content } from "./section.js";

/** A beginning, and what it is said of, joined as in "A, B and C"; `end` is the last of these as text, whose own full stop is enough. */
export function factSentence(beginning: Content, items: readonly Content[], end: string): HTMLElement {
  const joined = items.flatMap((item, at) => [at === 0 ? " " : at < items.length - 1 ? ", " : " and ", item]);
  return h("p", { class: "ng-sentence", dir: "auto" }, beginning, joined, end.endsWith(".") ? null : ".");
}
