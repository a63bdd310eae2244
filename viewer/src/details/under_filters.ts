/** Details while filters are on: they list and count what passes, and must not claim that there is nothing else. */

import type { App } from "../core/app.js";
import { filterWords, isFiltered } from "../core/filter_words.js";
import { h, put } from "../core/dom.js";
import { cleared } from "../data/state.js";

/** The sections as made, with what empty lists say put right, and what the filters are. */
export function underFilters(app: App, made: readonly (HTMLElement | null)[]): HTMLElement[] {
  const kept = made.filter((one): one is HTMLElement => one !== null);
  const { filters } = app.store.state;
  if (!isFiltered(filters)) return kept;
  for (const one of kept) for (const sentence of [one, ...one.querySelectorAll(".ng-d-nothing")]) if (sentence.matches(".ng-d-nothing")) put(sentence, app.graph.core.help.filteredOut);
  return [
    ...kept,
    h("p", { class: "ng-d-meta ng-d-filtered" }, `${app.graph.core.help.listed} ${filterWords(app.graph, filters).join(", ")}. `,
      h("button", { type: "button", class: "ng-proof", onclick: () => app.store.filter(cleared(filters)) }, "Clear filters")),
  ];
}
