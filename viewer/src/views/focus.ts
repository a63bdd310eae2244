import type { App, Part } from "../app.js";
import { h } from "../dom.js";

export function makeFocus(_app: App): Part {
  return { element: h("div", { class: "ng-focus" }), update: () => undefined };
}
