/** The focus view while nothing is chosen: things to begin with. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { counted } from "../core/format.js";
import { kindIcon } from "../core/kind_icons.js";

const MOST = 8;

export function emptyState(app: App): HTMLElement {
  const { graph } = app;
  const lists = ["company", "story"].map((name) => {
    const [first, past] = graph.range(name);
    const kind = graph.kindNamed(name);
    if (first === past || !kind) return null;
    const numbers = app.numbers();
    const told = (node: number): number => numbers.articles(node) ?? 0;
    const here = numbers.left(Array.from({ length: past - first }, (_, at) => first + at));
    const nodes = here.sort((one, other) => told(other) - told(one) || one - other).slice(0, MOST);
    if (!nodes.length) return null;
    return h("section", {}, h("h3", {}, `${kind.plural} with the most articles`), h("ul", {}, nodes.map((node) =>
      h("li", {}, h("button", { type: "button", onclick: () => app.choose(node, { view: "focus" }) },
        kindIcon(kind), h("span", { class: "ng-label", dir: "auto" }, oneLine(graph.label(node), 90)), h("span", { class: "ng-what" }, numbers.articles(node) === null ? "" : counted(told(node), "article")))))));
  });
  return h("div", { class: "ng-start" },
    h("h2", {}, graph.core.help.unchosen),
    h("p", {}, !graph.size ? graph.core.help.empty : lists.some((list) => list !== null) ? graph.core.help.focus : graph.core.help.unfocused),
    h("div", { class: "ng-lists" }, lists));
}
