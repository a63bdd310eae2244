/** Arrow keys in a drawing: one item can be reached by Tab, the others from it. */

import type { Item } from "./drawing.js";

/** Hears the keys of a drawing; `at` is the item last focused. */
export class Moving {
  #items: readonly Item[] = [];
  #at = 0;

  constructor(element: HTMLElement) {
    element.addEventListener("keydown", (event) => this.#key(event));
    element.addEventListener("focusin", (event) => {
      const at = this.#items.findIndex((item) => item.element === event.target);
      if (at >= 0) this.#set(at);
    });
    element.addEventListener("click", (event) => {
      const at = this.#items.findIndex((item) => item.element.contains(event.target as Node));
      if (at < 0) return;
      this.#set(at);
      this.#items[at]?.press();
    });
  }

  /** Take the items of a new drawing. */
  take(items: readonly Item[], focus: number | null): void {
    this.#items = items;
    this.#at = 0;
    this.#set(focus ?? 0);
    if (focus !== null) this.focus();
  }

  focus(): void {
    this.#items[this.#at]?.element.focus({ preventScroll: false });
  }

  #set(at: number): void {
    this.#items[this.#at]?.element.setAttribute("tabindex", "-1");
    this.#at = at;
    this.#items[at]?.element.setAttribute("tabindex", "0");
  }

  #key(event: KeyboardEvent): void {
    const here = this.#items[this.#at];
    if (!here || event.target !== here.element || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") here.press();
    else {
      const next = this.#next(here, event.key);
      if (!next) return;
      next.element.focus();
      next.element.scrollIntoView({ block: "nearest" });
    }
    event.preventDefault();
  }

  #next(here: Item, key: string): Item | undefined {
    const near = (items: readonly Item[]): Item | undefined =>
      items.reduce<Item | undefined>((best, item) => (!best || Math.abs(item.y - here.y) < Math.abs(best.y - here.y) ? item : best), undefined);
    const column = (number: number): Item[] => this.#items.filter((item) => item.column === number);
    const mine = (here.column ? column(here.column) : this.#items.filter((item) => Math.abs(item.column) === 2)).sort((a, b) => a.y - b.y);
    if (key === "ArrowDown") return mine.find((item) => item.y > here.y);
    if (key === "ArrowUp") return mine.reverse().find((item) => item.y < here.y);
    if (key === "Home") return mine[0];
    if (key === "End") return mine.at(-1);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return undefined;
    for (let number = here.column + step; Math.abs(number) <= 2; number += step) {
      const found = near(column(number));
      if (found) return found;
    }
    return undefined;
  }
}
