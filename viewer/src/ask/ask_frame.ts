/** The frame of the page that answers: header, light and dark, the menu's place, footer. */

import { h, oneLine } from "../core/dom.js";
import { counted } from "../core/format.js";
import type { Theme } from "../data/state.js";
import type { AskPayload } from "./ask_payload.js";

export interface AskFrame {
  readonly theme: Theme;
  show(menu: HTMLElement, main: HTMLElement, live: HTMLElement): void;
  paint(theme: Theme): void;
  /** Close the menu of a small window; whether it was open. */
  closeMenu(): boolean;
}

export function makeAskFrame(root: HTMLElement, payload: AskPayload, skip: () => void, chosen: (theme: Theme) => void): AskFrame {
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  let theme: Theme = "auto";
  const dark = (): boolean => (theme === "auto" ? prefersDark.matches : theme === "dark");
  const graph = h("a", { class: "ng-button" }, "Graph");
  const menuButton = h("button", { type: "button", class: "ng-button ng-only-narrow", "aria-expanded": "false", "aria-controls": "ng-menu", onclick: () => open(!root.classList.contains("ng-menu-open")) }, "Questions");
  const switcher = h("button", { type: "button", class: "ng-button", title: "Light or dark", "aria-label": "Switch between light and dark", onclick: () => {
    paint(dark() ? "light" : "dark");
    chosen(theme);
  } }, "\u25d0");

  function open(on: boolean): void {
    root.classList.toggle("ng-menu-open", on);
    menuButton.setAttribute("aria-expanded", String(on));
  }

  function paint(to: Theme): void {
    theme = to;
    root.dataset["theme"] = dark() ? "dark" : "light";
    graph.setAttribute("href", payload.seen + (theme === "auto" ? "" : `#?theme=${theme}`));
  }

  prefersDark.addEventListener("change", () => paint(theme));
  return {
    get theme() {
      return theme;
    },
    paint,
    closeMenu() {
      const was = root.classList.contains("ng-menu-open");
      open(false);
      return was;
    },
    show(menu, main, live) {
      const bound = payload.asOf ? `, as known on ${payload.asOf}` : "";
      root.classList.add("newsgraph", "ng-asks");
      root.replaceChildren(
        h("header", { class: "ng-header" },
          h("a", { class: "ng-skip", href: "#ng-question", onclick: (event: Event) => { event.preventDefault(); skip(); } }, "Skip to the question"),
          h("h1", { class: "ng-title", dir: "auto" }, oneLine(payload.title, 200)), h("span", { class: "ng-kind" }, "Ask"),
          h("div", { class: "ng-right" }, menuButton, graph, switcher)),
        h("div", { class: "ng-ask-columns" }, menu, main),
        h("footer", { class: "ng-footer" }, `${payload.endpoint ? "Answered by the server" : counted(payload.count, "statement")}${bound}. ${payload.program}. Times are UTC.`), live);
    },
  };
}
