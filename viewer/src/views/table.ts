import type { App, Part } from "../app.js";
import { h } from "../dom.js";

export function makeTable(_app: App): Part {
  return { element: h("div", { class: "ng-table" }), update: () => undefined };
}
