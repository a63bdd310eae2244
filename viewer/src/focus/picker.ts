/** A field that finds one thing: a combobox as the web's accessibility practices describe it. */

import { h, oneLine, put } from "../dom.js";
import { find } from "../find.js";
import type { Graph } from "../graph.js";
import { kindIcon } from "../icons.js";

const MOST = 8;
const WAIT = 80; // milliseconds after a keystroke
let numbers = 0;

export interface Picker {
  element: HTMLElement;
  /** Show a text, as if it had been typed. */
  show(text: string): void;
}

export function makePicker(graph: Graph, label: string, picked: (node: number) => void): Picker {
  const id = `ng-picker-${++numbers}`; // other viewers on the page have pickers too
  const list = h("ul", { id, role: "listbox", "aria-label": label, class: "ng-picks", hidden: true });
  const field = h("input", { type: "text", role: "combobox", "aria-label": label, placeholder: `${label} …`, "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", dir: "auto" });
  let nodes: number[] = [];
  let at = -1;
  let timer = 0;

  const close = (): void => {
    clearTimeout(timer);
    list.hidden = true;
    at = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const pick = (node: number | undefined): void => {
    if (node === undefined) return;
    close();
    picked(node);
  };
  const mark = (next: number): void => {
    at = next;
    for (const [place, option] of [...list.children].entries()) option.setAttribute("aria-selected", String(place === at));
    const option = list.children[at];
    if (option) field.setAttribute("aria-activedescendant", option.id);
    else field.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  };
  const search = (): void => {
    const text = field.value.trim();
    if (!text) return close();
    nodes = find(graph, text, MOST).map((one) => one.node);
    put(list, nodes.map((node, place) =>
      h("li", { id: `${id}-${place}`, role: "option", "aria-selected": "false", onpointerdown: (event: Event) => { event.preventDefault(); pick(node); } },
        kindIcon(graph.kind(node)), h("span", { dir: "auto" }, oneLine(graph.label(node), 80)), h("span", { class: "ng-what" }, graph.kind(node).label))));
    if (!nodes.length) put(list, h("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing is called that"));
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    mark(nodes.length ? 0 : -1);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = window.setTimeout(search, WAIT);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    event.stopPropagation(); // Backspace and Escape mean something else to the view
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) search();
      else if (nodes.length) mark((at + (event.key === "ArrowDown" ? 1 : -1) + nodes.length) % nodes.length);
    } else if (event.key === "Enter") {
      if (list.hidden) search();
      else pick(nodes[at]);
    } else if (event.key === "Escape") {
      if (list.hidden) field.value = "";
      close();
    } else return;
    event.preventDefault();
  });
  return { element: h("div", { class: "ng-picker" }, field, list), show: (text) => { field.value = text; close(); } };
}
