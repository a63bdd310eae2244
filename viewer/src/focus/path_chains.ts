/** The paths between two things: each a chain from left to right, with the sentence behind every step below. */

import type { App } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { h, oneLine, put } from "../core/dom.js";
import { counted, shortDate } from "../core/format.js";
import { highlighted } from "../core/highlight.js";
import { kindIcon } from "../core/kind_icons.js";
import type { Texts } from "../data/texts.js";
import { edgeWords } from "../core/link_words.js";
import type { Path, Paths } from "./shortest_paths.js";

const SENTENCE = 400;

/** Show the paths found, or say why there are none. */
export function pathChains(app: App, from: number, to: number, { paths, gaveUp }: Paths): HTMLElement {
  const { graph } = app;
  const names = `${oneLine(graph.label(from), 80)} and ${oneLine(graph.label(to), 80)}`;
  const heading = h("h2", { tabindex: -1, dir: "auto" }, `Paths between ${names}`);
  if (from === to) return h("div", { class: "ng-chains" }, heading, h("p", {}, graph.core.help.same));
  if (!paths.length) {
    const why = gaveUp ? graph.core.help.searchStopped : graph.core.help.unlinked;
    return h("div", { class: "ng-chains" }, heading, h("p", {}, why));
  }
  return h("div", { class: "ng-chains" }, heading, paths.map((path, at) => {
    const steps = counted(path.edges.length, "step");
    return h("section", {}, h("h3", {}, at ? `Another path, ${steps}` : `Shortest path, ${steps}`), path.nodes.some((node) => graph.kind(node).name === "topic") ? h("p", { class: "ng-d-meta" }, graph.core.help.topic) : null, chain(app, path), sentences(app, path));
  }));
}

/** The edge from `node` on, in words; against the arrow its inverse is read. */
function reading(app: App, edge: number, node: number): string {
  return edgeWords(app.graph, edge, app.graph.source[edge] === node);
}

function chain(app: App, path: Path): HTMLElement {
  const { graph } = app;
  return h("ol", { class: "ng-chain" }, path.nodes.map((node, at) => {
    const edge = path.edges[at];
    const next = path.nodes[at + 1];
    return h("li", {},
      h("button", { type: "button", class: "ng-stop", title: graph.label(node), onclick: () => app.choose(node, { view: "focus" }) },
        kindIcon(graph.kind(node)), h("span", { class: "ng-hidden" }, `${graph.kind(node).label}: `), h("span", { dir: "auto" }, oneLine(graph.label(node), 70))),
      edge === undefined || next === undefined ? null
        : h("button", { type: "button", class: "ng-link", "aria-label": `${reading(app, edge, node)}: show the evidence`, onclick: () => app.chooseEdge(node, next) }, reading(app, edge, node)));
  }));
}

function sentences(app: App, path: Path): HTMLElement {
  const list = h("ol", { class: "ng-proofs" });
  const fill = (texts: Texts): void => put(list, path.edges.map((edge, at) => proof(app, texts, edge, path.nodes[at] as number, path.nodes[at + 1] as number)));
  const now = app.graph.textsNow;
  if (now) fill(now);
  else {
    put(list, h("li", {}, "Loading the texts …"));
    void app.graph.texts().then(fill);
  }
  return list;
}

function proof(app: App, texts: Texts, edge: number, node: number, next: number): HTMLElement {
  const { graph } = app;
  const [first] = texts.evidence(edge);
  const step = `${oneLine(graph.label(node), 60)} · ${reading(app, edge, node)} · ${oneLine(graph.label(next), 60)}`;
  if (!first) return h("li", {}, h("span", { class: "ng-step", dir: "auto" }, step), h("span", { class: "ng-cited" }, capital(texts.reason(edge)) || graph.core.help.unsaid));
  const day = graph.core.nodes.day[first.article];
  return h("li", {},
    h("span", { class: "ng-step", dir: "auto" }, step),
    h("q", { dir: "auto" }, highlighted(first.sentence, first.marks, [], 0, Math.min(first.sentence.length, SENTENCE)), first.sentence.length > SENTENCE ? "…" : null),
    h("span", { class: "ng-cited", dir: "auto" }, `${oneLine(graph.label(first.article), 90)}${day == null ? "" : `, ${shortDate(day)}`}`));
}
