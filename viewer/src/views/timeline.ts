import type { App, Part } from "../app.js";
import { h } from "../dom.js";

export function makeTimeline(_app: App): Part {
  return { element: h("div", { class: "ng-timeline" }), update: () => undefined };
}
