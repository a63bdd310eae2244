/** Keyboard focus in a drawing (a "roving tabindex"): Tab reaches one item, arrow keys move to the others. */

/** What can be focused and pressed. Items are in columns, from left to right, at a height each; or in rows (see `RovingFocus`). */
export interface FocusItem {
  element: SVGElement;
  column: number;
  y: number;
  press(): void;
}

const TURNED: Record<string, string> = { ArrowRight: "ArrowDown", ArrowLeft: "ArrowUp", ArrowDown: "ArrowRight", ArrowUp: "ArrowLeft" };

/** Hears the keys of a drawing; `at` is the item last focused. */
export class RovingFocus {
  #items: readonly FocusItem[] = [];
  #at = 0;

  /** `rows`: columns are rows from the top, and heights are distances from the left. `beyond` hears arrows that lead to no item. */
  constructor(element: HTMLElement, private readonly rows = false, private readonly beyond: (key: string) => boolean = () => false) {
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
  take(items: readonly FocusItem[], focus: number | null): void {
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
      const next = this.#next(here, (this.rows && TURNED[event.key]) || event.key);
      if (!next && !this.beyond(event.key)) return;
      next?.element.focus();
      next?.element.scrollIntoView({ block: "nearest" });
    }
    event.preventDefault();
  }

  #next(here: FocusItem, key: string): FocusItem | undefined {
    const near = (items: readonly FocusItem[]): FocusItem | undefined =>
      items.reduce<FocusItem | undefined>((best, item) => (!best || Math.abs(item.y - here.y) < Math.abs(best.y - here.y) ? item : best), undefined);
    const column = (number: number): FocusItem[] => this.#items.filter((item) => item.column === number);
    // from the middle of a neighbourhood all others are above or below
    const mine = (here.column || this.rows ? column(here.column) : this.#items.filter((item) => Math.abs(item.column) === 2)).sort((a, b) => a.y - b.y);
    if (key === "ArrowDown") return mine.find((item) => item.y > here.y);
    if (key === "ArrowUp") return mine.reverse().find((item) => item.y < here.y);
    if (key === "Home") return mine[0];
    if (key === "End") return mine.at(-1);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return undefined;
    const most = Math.max(2, ...this.#items.map((item) => item.column));
    for (let number = here.column + step; number >= -2 && number <= most; number += step) {
      const found = near(column(number));
      if (found) return found;
    }
    return undefined;
  }
}
