/** Pages of a long list: first, previous, next, last, and where one is. */

import { h } from "../core/dom.js";
import { count } from "../core/format.js";

export interface Pager {
  readonly element: HTMLElement;
  update(page: number, size: number, rows: number): void;
}

export function pager(go: (page: number) => void): Pager {
  let page = 0;
  let last = 0;
  const where = h("span", { class: "ng-t-where" });
  const button = (text: string, label: string, target: () => number): HTMLButtonElement =>
    h("button", { type: "button", class: "ng-button", "aria-label": label, title: label, onclick: () => go(target()) }, text);
  const back = [button("«", "First page", () => 0), button("‹", "Previous page", () => Math.max(0, page - 1))];
  const on = [button("›", "Next page", () => Math.min(last, page + 1)), button("»", "Last page", () => last)];
  const element = h("nav", { class: "ng-t-pages", "aria-label": "Pages of the table" }, back, where, on);
  return {
    element,
    update: (now, size, rows) => {
      page = now;
      last = Math.max(0, Math.ceil(rows / size) - 1);
      where.textContent = rows ? `${count(page * size + 1)}–${count(Math.min(rows, (page + 1) * size))} of ${count(rows)}` : "";
      // aria-disabled, not disabled: a button that loses the focus as it is pressed would throw the reader out
      for (const one of back) one.setAttribute("aria-disabled", String(page === 0));
      for (const one of on) one.setAttribute("aria-disabled", String(page === last));
      element.hidden = rows <= size;
    },
  };
}
