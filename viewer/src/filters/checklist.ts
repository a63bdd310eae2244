/** A list of things to tick, with their numbers: the first few, more on request, and a field to narrow a long one. `dim` greys what is not ticked. */

import { h, oneLine, put } from "../core/dom.js";
import { count } from "../core/format.js";
import { searchKey } from "../data/name_search.js";

export interface ChecklistItem {
  value: string;
  label: string;
  count: number;
  icon?: SVGElement;
}

export interface Checklist {
  readonly element: HTMLElement;
  /** Tick what is chosen; `left` gives how many of each are left by the filters. */
  update(chosen: ReadonlySet<string>, left: (value: string) => number): void;
}

const FIRST = 8;
const STEP = 50;

export function checklist(label: string, items: readonly ChecklistItem[], toggle: (value: string, on: boolean) => void, dim = false): Checklist {
  let chosen: ReadonlySet<string> = new Set();
  let left: (value: string) => number = () => 0;
  let most = items.length <= FIRST + 2 ? items.length : FIRST;
  let asked = "";
  let pinned: readonly ChecklistItem[] = []; // what was ticked when the list was last laid out comes first, and does not move under the pointer
  const rows = new Map<string, { row: HTMLElement; box: HTMLInputElement; number: HTMLElement }>();
  const list = h("ul", { class: "ng-checks", "aria-label": label });
  const more = h("button", { type: "button", class: "ng-f-more" });
  const none = h("p", { class: "ng-f-empty", hidden: true });
  const field = h("input", { type: "text", class: "ng-narrow", placeholder: `Find in ${count(items.length)}`, "aria-label": `Find in ${label.toLowerCase()}`, autocomplete: "off", spellcheck: "false" });

  const rowOf = (item: ChecklistItem): { row: HTMLElement; box: HTMLInputElement; number: HTMLElement } => {
    const known = rows.get(item.value);
    if (known) return known;
    const box = h("input", { type: "checkbox", onchange: () => toggle(item.value, box.checked) });
    const number = h("span", { class: "ng-count" });
    const row = h("li", {}, h("label", {}, box, item.icon, h("span", { class: "ng-check-name", dir: "auto" }, oneLine(item.label, 80)), number));
    const made = { row, box, number };
    rows.set(item.value, made);
    return made;
  };
  const mark = (item: ChecklistItem): void => {
    const { row, box, number } = rowOf(item);
    box.checked = chosen.has(item.value);
    const now = left(item.value);
    put(number, now === item.count ? count(item.count) : `${count(now)} of ${count(item.count)}`);
    row.classList.toggle("ng-off", !box.checked && (dim || now === 0));
  };
  const lay = (): void => {
    const words = searchKey(asked);
    const matching = words ? items.filter((item) => ` ${searchKey(item.label)}`.includes(words)) : [...pinned, ...items.filter((item) => !pinned.includes(item))];
    const here = matching.slice(0, Math.max(most, words ? STEP : 0, words ? 0 : pinned.length));
    here.forEach(mark);
    list.replaceChildren(...here.map((item) => rowOf(item).row));
    const rest = matching.length - here.length;
    more.hidden = rest <= 0;
    put(more, rest > STEP ? `Show ${STEP} more of ${count(rest)}` : `Show ${count(rest)} more`);
    none.hidden = here.length > 0;
    put(none, `No match for “${oneLine(asked, 30)}”.`);
  };
  more.addEventListener("click", () => {
    const before = list.children.length;
    most = before + STEP;
    lay();
    list.children[before]?.querySelector("input")?.focus();
  });
  field.addEventListener("input", () => {
    asked = field.value;
    lay();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !field.value) return;
    event.stopPropagation();
    field.value = asked = "";
    lay();
  });
  return {
    element: h("div", { class: "ng-checklist" }, items.length > FIRST * 2 ? field : null, list, none, more),
    update: (now, these) => {
      chosen = now;
      left = these;
      const away = items.some((item) => chosen.has(item.value) && !rows.get(item.value)?.row.parentNode);
      if (list.childElementCount && !away) {
        for (const item of items) if (rows.get(item.value)?.row.parentNode) mark(item);
        return;
      }
      if (items.length > most) pinned = items.filter((item) => chosen.has(item.value));
      lay();
    },
  };
}
