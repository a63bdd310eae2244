import type { App, Part } from "../app.js";
import { h } from "../dom.js";

export function makeSearch(_app: App): Part {
  return { element: h("aside", { class: "ng-search" }), update: () => undefined };
}
