/** The title of the document: what is shown, and of which corpus, so that tabs, bookmarks, histories and prints can be told apart. */

import { oneLine } from "../core/dom.js";
import { filterWords } from "../core/filter_words.js";
import { capital } from "../core/display_names.js";
import type { Graph } from "../data/graph.js";
import type { State } from "../data/state.js";

/** "Sanofi and Owkin – A sample", "November 2021 – Table – A sample". */
export function pageTitle(graph: Graph, state: State, view: string): string {
  const name = (iri: string | null): string => {
    const node = iri === null ? undefined : graph.byIri(iri);
    return node === undefined ? (iri ?? "") : oneLine(graph.label(node), 80);
  };
  const subject = [state.node, state.edge ?? state.to].filter((iri) => iri !== null).map(name).join(" and ");
  const asked = subject ? "" : capital(filterWords(graph, state.filters).join(", "));
  return [subject || oneLine(asked, 80), state.view === "map" ? "" : view, graph.core.title || "newsgraph"].filter(Boolean).join(" – ");
}
