/** The search of the whole viewer: "/" leads to it, what is chosen there is shown. */

import type { App, Part } from "../core/app.js";
import { h, keyRoom } from "../core/dom.js";
import { prepareIndex } from "../data/name_search.js";
import { combobox } from "./combobox.js";

export function makeSearch(app: App): Part {
  const field = combobox(app, { label: "Search", placeholder: "Name, ticker or headline", choose: (node) => app.choose(node) });
  field.input.setAttribute("aria-keyshortcuts", "/");
  field.element.append(h("kbd", { class: "ng-key", "aria-hidden": "true" }, "/"));
  const slash = (event: Event): void => {
    if (!(event instanceof KeyboardEvent)) return;
    const at = event.composedPath()[0] as HTMLElement;
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || at.isContentEditable || /^(input|textarea|select)$/i.test(at.tagName)) return;
    event.preventDefault();
    field.input.focus();
    field.input.select();
  };
  const keys = keyRoom(app.root);
  keys.addEventListener("keydown", slash);
  prepareIndex(app.graph);
  return {
    element: h("div", { class: "ng-search", role: "search" }, field.element),
    update: () => undefined,
    destroy: () => {
      keys.removeEventListener("keydown", slash);
      field.destroy();
    },
  };
}
