import type { App, Part } from "../app.js";
import { h } from "../dom.js";

export function makeFilters(_app: App): Part {
  return { element: h("aside", { class: "ng-filters" }), update: () => undefined };
}
