/** A section of the details: a heading, how many there are, and the content. */

import { h } from "../core/dom.js";
import { count } from "../core/format.js";

export type Content = Node | string | null | undefined | false;

export function section(title: string, many: number | null, ...content: (Content | Content[])[]): HTMLElement {
  return h("section", { class: "ng-d-section" },
    h("h3", {}, title, many === null ? null : h("span", { class: "ng-d-count" }, ` ${count(many)}`)),
    ...content,
  );
}

/** A sentence in the place of an empty list. */
export const nothing = (sentence: string): HTMLElement => h("p", { class: "ng-d-meta ng-d-nothing" }, sentence);

/** Label and value, in order; nothing where there are none. */
export function facts(rows: readonly (readonly [string, Content | Content[]])[]): HTMLElement | null {
  if (!rows.length) return null;
  return h("dl", { class: "ng-facts" }, rows.flatMap(([label, value]) => [h("dt", {}, label), h("dd", { dir: "auto" }, ...[value].flat())]));
}

/** More that few want to see at once. */
export function folded(summary: string, ...content: (Content | Content[])[]): HTMLElement {
  return h("details", { class: "ng-fold" }, h("summary", {}, summary), ...content);
}
