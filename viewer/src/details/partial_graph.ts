/** Details in a page without articles: it must not claim that there is nothing where the page only leaves it out. */

import type { App } from "../core/app.js";
import { h } from "../core/dom.js";
import { counted } from "../core/format.js";

const NOTHING = ".ng-d-nothing";

/** Drop the sentences for empty lists, and add what the page leaves out. */
export function withoutArticles(app: App, made: readonly (HTMLElement | null)[]): HTMLElement[] {
  const kept = made.filter((one): one is HTMLElement => one !== null && !one.matches(NOTHING));
  for (const one of kept) for (const sentence of one.querySelectorAll(NOTHING)) sentence.remove();
  return [
    ...kept.filter((one) => one.tagName !== "SECTION" || one.childElementCount > 1),
    h("p", { class: "ng-d-meta" }, `This page shows a part of ${counted(app.graph.core.total, "thing")}, ${app.graph.core.help.pruned}`),
  ];
}
