import type { App, Part } from "../app.js";
import { h } from "../dom.js";

export function makeMap(_app: App): Part {
  return { element: h("div", { class: "ng-map" }), update: () => undefined };
}
