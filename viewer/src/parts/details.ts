import type { App, Part } from "../app.js";
import { h } from "../dom.js";

export function makeDetails(_app: App): Part {
  return { element: h("aside", { class: "ng-details" }), update: () => undefined };
}
