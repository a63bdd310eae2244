/** A button that chooses a thing, with the shape of its kind before the name. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { kindIcon } from "../core/kind_icons.js";
import { paged } from "./expandable_list.js";

export function thing(app: App, node: number, text?: string): HTMLButtonElement {
  const name = oneLine(text ?? app.graph.label(node), 220);
  return h("button", { type: "button", class: "ng-thing", onclick: () => app.choose(node) }, kindIcon(app.graph.kind(node), 12), h("span", { dir: "auto" }, name));
}

/** A button that shows what the link between two things rests on. */
export function proof(app: App, node: number, other: number, text: string): HTMLButtonElement {
  const names = `${oneLine(app.graph.label(node), 60)} and ${oneLine(app.graph.label(other), 60)}`;
  return h("button", { type: "button", class: "ng-proof", "aria-label": `${text}: ${names}`, onclick: () => app.chooseEdge(node, other) }, text);
}

const FEW = 8;

/** Things side by side, some at a time. */
export const things = (app: App, nodes: readonly number[]): HTMLElement => paged(nodes, (node) => h("li", {}, thing(app, node)), FEW, { class: "ng-things" });
