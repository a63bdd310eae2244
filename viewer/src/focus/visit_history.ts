/** What was looked at in this visit: the last few things by name, and the way back. */

import type { App } from "../core/app.js";
import { h, oneLine, put } from "../core/dom.js";

const KEPT = 50;
const NAMED = 4;

export interface VisitHistory {
  element: HTMLElement;
  /** Add what is looked at now; -1 for nothing. */
  visit(node: number): void;
  /** Go to the thing before; whether there is one. */
  back(): boolean;
}

export function makeVisitHistory(app: App): VisitHistory {
  const nodes: number[] = [];
  const element = h("nav", { class: "ng-trail", "aria-label": "Recently viewed" });
  const go = (place: number): void => {
    const node = nodes[place];
    if (node === undefined) return;
    nodes.length = place; // the visit that follows puts it back
    app.choose(node, { view: "focus" });
  };
  const back = (): boolean => {
    if (nodes.length < 2) return false;
    go(nodes.length - 2);
    return true;
  };
  const render = (): void => {
    const last = nodes.length - 1;
    put(element,
      h("button", { type: "button", class: "ng-button", disabled: last < 1, title: "Backspace", onclick: back }, "Back"),
      h("ol", {}, nodes.slice(-NAMED).map((node, at, shown) => {
        const name = oneLine(app.graph.label(node), 28);
        return h("li", {}, at === shown.length - 1
          ? h("span", { "aria-current": "page", dir: "auto" }, name)
          : h("button", { type: "button", dir: "auto", title: app.graph.label(node), onclick: () => go(nodes.length - shown.length + at) }, name));
      })));
  };
  render();
  return {
    element,
    back,
    visit: (node) => {
      if (node < 0 || nodes.at(-1) === node) return;
      if (nodes.at(-2) === node) nodes.pop(); // the browser's own "back"
      else nodes.push(node);
      if (nodes.length > KEPT) nodes.shift();
      render();
    },
  };
}
