/** One page of a list as a real table: header buttons that sort, rows whose first cell chooses. */

import type { App } from "../core/app.js";
import { h, oneLine } from "../core/dom.js";
import { highlighted } from "../core/highlight.js";
import { nodeIcon } from "../core/kind_icons.js";
import { matchSpans } from "../data/name_search.js";
import type { Column } from "./column.js";
import type { List } from "./lists.js";

export interface TablePage {
  readonly list: List;
  readonly columns: readonly Column[];
  readonly rows: Int32Array;
  /** Column name, "-name" downwards. */
  readonly sort: string;
  readonly caption: string;
}

export function htmlTable(app: App, { list, columns, rows, sort, caption }: TablePage, resort: (sort: string) => void): HTMLTableElement {
  const down = sort.startsWith("-");
  const sorted = sort.replace(/^-/, "");
  const header = columns.map((column) => {
    const on = column.name === sorted;
    const arrow = h("span", { class: "ng-t-arrow", "aria-hidden": "true" }, on ? (down ? "▼" : "▲") : "");
    return h("th", { scope: "col", class: column.numeric ? "ng-num" : null, "aria-sort": on ? (down ? "descending" : "ascending") : null },
      h("button", { type: "button", "data-column": column.name, onclick: () => resort(next(column, sort)) }, column.numeric ? [arrow, column.label] : [column.label, arrow]));
  });
  return h("table", {}, h("caption", { class: "ng-hidden" }, caption), h("thead", {}, h("tr", {}, header)), h("tbody", {}, Array.from(rows, (row) => line(app, list, columns, row))));
}

/** Numbers begin with the largest, names with A; a second press turns round, a third gives the order of the list. */
function next(column: Column, sort: string): string {
  const steps = column.numeric ? [`-${column.name}`, column.name, ""] : [column.name, `-${column.name}`, ""];
  return steps[steps.indexOf(sort) + 1] ?? (steps[0] as string);
}

function line(app: App, list: List, columns: readonly Column[], row: number): HTMLTableRowElement {
  const { graph } = app;
  return h("tr", { "data-row": row }, columns.map((column, at) => {
    const node = column.node?.(row) ?? -1;
    const text = oneLine(column.text(row), column.marked ? 400 : 160);
    const inside = node < 0 ? (column.marked ? highlighted(text, matchSpans(text, column.marked)) : text) : [nodeIcon(graph, node, 12), h("span", { dir: "auto" }, text)];
    if (at > 0) return h("td", { class: column.numeric ? "ng-num" : column.marked ? "ng-said-in" : column.wide || node >= 0 ? "ng-wide" : null, dir: column.numeric ? null : "auto" }, node < 0 ? inside : h("button", { type: "button", class: "ng-thing", onclick: () => app.choose(node) }, inside));
    if (!list.edges) return h("th", { scope: "row" }, ticker(app, row), h("button", { type: "button", class: "ng-thing", onclick: () => app.choose(row) }, inside));
    const [from, to] = [graph.source[row] as number, graph.target[row] as number];
    const said = `${text} ${graph.group(row).label} ${oneLine(graph.label(to), 160)}: show the evidence`;
    return h("th", { scope: "row" }, h("button", { type: "button", class: "ng-thing", "aria-label": said, onclick: () => app.chooseEdge(from, to) }, inside));
  }));
}

/** A box that adds the thing of a row to the set. */
function ticker(app: App, row: number): HTMLElement {
  const box = h("input", { type: "checkbox", class: "ng-tick-box", "aria-label": `${oneLine(app.graph.label(row), 80)}: in the set`, title: "In the set", onchange: () => app.collect([row], box.checked) });
  box.checked = app.store.state.work.set.includes(app.graph.iri(row) ?? "");
  return box;
}

/** Mark the rows of what is chosen, and tick those of the set. */
export function markChosenRows(app: App, table: HTMLElement, list: List): void {
  const { graph, store } = app;
  const node = app.chosen();
  const other = store.state.edge === null ? -1 : (graph.byIri(store.state.edge) ?? -1);
  for (const line of table.querySelectorAll<HTMLElement>("tr[data-row]")) {
    const row = Number(line.dataset["row"]);
    const [from, to] = list.edges ? [graph.source[row], graph.target[row]] : [row, -1];
    const on = list.edges ? (from === node && to === other) || (from === other && to === node) : from === node;
    const box = line.querySelector<HTMLInputElement>(".ng-tick-box");
    if (box) box.checked = store.state.work.set.includes(graph.iri(row) ?? "");
    if (on) line.setAttribute("aria-current", "true");
    else line.removeAttribute("aria-current");
  }
}
