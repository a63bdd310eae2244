/** What a thing is to others by edges that have no list of their own: its maker, its employer, what is above it. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { factSentence } from "./fact_sentence.js";
import { nodeButton, nodeList } from "./node_button.js";

/** Edges between two things of these kinds say what one is to the other; those to articles and events have lists of their own. */
const LISTED = new Set(["mentions", "tells", "has_topic", "published_by", "actor", "related", "near_duplicate", "part_of_story", "part_event"]);

const FEW = 6; // of more things a list is easier to read than a sentence

/** "Ada Roe works for Sanofi.": one sentence for each kind of edge and direction. */
export function relations(app: App, node: number): HTMLElement | null {
  const { graph } = app;
  const rows = new Map<string, Set<number>>();
  graph.eachEdge(node, (edge, other, outgoing) => {
    const group = graph.group(edge);
    if (LISTED.has(group.kind) || group.event || !app.numbers().passes(other)) return;
    const how = outgoing || !group.directed ? group.label : group.inverse;
    rows.set(how, (rows.get(how) ?? new Set()).add(other));
  });
  const name = h("bdi", {}, oneLine(graph.label(node), 80));
  const sentences = [...rows].map(([how, found]) => {
    const others = [...found];
    const beginning = h("span", {}, name.cloneNode(true), ` ${how}${others.length > FEW ? ":" : ""}`);
    if (others.length > FEW) return h("div", {}, h("p", { class: "ng-sentence" }, beginning), nodeList(app, others));
    return factSentence(beginning, others.map((other) => nodeButton(app, other)), graph.label(others.at(-1) as number));
  });
  return sentences.length ? h("div", {}, sentences) : null;
}
