/** The views that the second part of the script brings: asked for by name, handed over when that part runs. */

import type { MakePart, Part } from "../core/app.js";
import { h, put } from "../core/dom.js";
import type { View } from "../data/state.js";

export type LaterView = Exclude<View, "map">;
export type LaterViews = Readonly<Record<LaterView, MakePart>>;

let views: LaterViews | null = null;

/** Called by the second part when it runs. */
export function provideViews(made: LaterViews): void {
  views = made;
}

/** How to make a view, as soon as the second part has run; null before. */
export const laterView = (name: LaterView): MakePart | null => views?.[name] ?? null;

/** What is in a view's place until the second part is there: a notice, and if it cannot be read, why. */
export function pendingView(load: () => Promise<void>, ready: () => void): Part {
  const notice = h("p", { role: "status" }, "Opening …");
  const ran = (): void => {
    if (!views) throw new Error("it did not run");
  };
  const damaged = (error: unknown): void => put(notice, `This view cannot be shown, as a part of the page is damaged: ${error instanceof Error ? error.message : String(error)}.`);
  void load().then(ran).then(ready, damaged);
  return { element: h("div", { class: "ng-loading" }, notice), update: () => undefined };
}
