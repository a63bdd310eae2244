/** A button that chooses a thing, with the shape of its kind before the name. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { nodeIcon } from "../core/kind_icons.js";
import { expandableList } from "./expandable_list.js";

export function nodeButton(app: App, node: number, text?: string): HTMLButtonElement {
  const name = oneLine(text ?? app.graph.label(node), 220);
  return h("button", { type: "button", class: "ng-thing", onclick: () => app.choose(node) }, nodeIcon(app.graph, node, 12), h("span", { dir: "auto" }, name));
}

/** A button that shows what the link between two things rests on. */
export function evidenceButton(app: App, node: number, other: number, text: string): HTMLButtonElement {
  const names = `${oneLine(app.graph.label(node), 60)} and ${oneLine(app.graph.label(other), 60)}`;
  return h("button", { type: "button", class: "ng-proof", "aria-label": `${text}: ${names}`, onclick: () => app.chooseEdge(node, other) }, text);
}

const FEW = 8;

/** Things side by side, some at a time. */
export const nodeList = (app: App, nodes: readonly number[]): HTMLElement => expandableList(nodes, (node) => h("li", {}, nodeButton(app, node)), FEW, { class: "ng-things" });
