/** A long list, some at a time: what comes next is asked for by a button. */

import { h } from "../core/dom.js";
import { count } from "../core/format.js";

export function expandableList<T>(items: readonly T[], row: (item: T) => HTMLElement, step = 20, attributes: { class?: string; ordered?: boolean } = {}): HTMLElement {
  const list = h(attributes.ordered ? "ol" : "ul", { class: attributes.class ?? "ng-d-list" });
  const more = h("button", { type: "button", class: "ng-button ng-more" });
  let shown = 0;
  const grow = (): void => {
    const next = items.slice(shown, shown + step).map(row);
    list.append(...next);
    shown += next.length;
    const left = items.length - shown;
    more.textContent = left > step ? `Show ${count(step)} more of ${count(left)}` : `Show ${count(left)} more`;
    if (!left) more.remove();
  };
  more.addEventListener("click", () => {
    const at = list.children.length;
    grow();
    list.children[at]?.querySelector<HTMLElement>("button, a[href]")?.focus();
  });
  const box = h("div", {}, list, items.length > step ? more : null);
  grow();
  return box;
}
