/** A button that opens a list: of buttons, or of what else is chosen from time to time. */

import { focusedIn, h } from "./dom.js";

/** Escape, the press of a button in the list or a move elsewhere closes it; the keyboard does not go with it. */
export function menu(label: string, hint: string | null, content: (HTMLElement | null)[]): HTMLElement {
  const summary = h("summary", { class: "ng-button", title: hint }, label);
  const element = h("details", { class: "ng-menu" }, summary, h("div", { class: "ng-menu-list" }, content));
  const close = (): void => {
    const had = element.contains(focusedIn(element)); // unless what was pressed took it to another place
    element.open = false;
    if (had) summary.focus();
  };
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    close();
    event.stopPropagation();
  });
  element.addEventListener("click", (event) => {
    if ((event.target as Element).closest(".ng-menu-list button")) close();
  });
  element.addEventListener("focusout", (event) => {
    if (event.relatedTarget instanceof Node && !element.contains(event.relatedTarget)) element.open = false;
  });
  return element;
}
