/** A button that chooses a thing, with the shape of its kind before the name. */

import type { App } from "../app.js";
import { h, oneLine } from "../dom.js";
import { kindIcon } from "../icons.js";

export function thing(app: App, node: number, text?: string): HTMLButtonElement {
  const name = oneLine(text ?? app.graph.label(node), 220);
  return h("button", { type: "button", class: "ng-thing", onclick: () => app.choose(node) }, kindIcon(app.graph.kind(node), 12), h("span", { dir: "auto" }, name));
}

/** A button that shows what the link between two things rests on. */
export function proof(app: App, node: number, other: number, text: string): HTMLButtonElement {
  const names = `${oneLine(app.graph.label(node), 60)} and ${oneLine(app.graph.label(other), 60)}`;
  return h("button", { type: "button", class: "ng-proof", "aria-label": `${text}: ${names}`, onclick: () => app.chooseEdge(node, other) }, text);
}

/** Things side by side, each with a number behind it where `counts` has one: "AI (12)". */
export function things(app: App, nodes: readonly number[], note?: (node: number) => string): HTMLElement {
  return h("ul", { class: "ng-things" }, nodes.map((node) => h("li", {}, thing(app, node), note ? h("span", { class: "ng-d-meta" }, note(node)) : null)));
}
