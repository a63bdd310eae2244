/** The viewer in a notebook's cell: the same parts as the page, their data from Python, the chosen things sent to Python. */

import { h } from "./core/dom.js";
import { download } from "./core/download.js";
import type { CorePayload, TextsPayload } from "./data/payload.js";
import { unpack } from "./data/unpack.js";
import "./second_part.js"; // a notebook has the whole script at once
import { explore } from "./shell/explorer.js";

/** What anywidget gives: traits by name. */
interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, listener: () => void): void;
  off(event: string, listener: () => void): void;
}

async function render({ model, el }: { model: Model; el: HTMLElement }): Promise<() => void> {
  const root = h("div", { class: "newsgraph" }, h("p", { class: "ng-loading", role: "status" }, "Opening …"));
  root.style.blockSize = `${Number(model.get("height")) || 640}px`;
  el.replaceChildren(root);
  const core = await unpack<CorePayload>(model.get("core_block") as DataView);
  const explorer = explore(root, {
    core,
    texts: () => unpack<TextsPayload>(model.get("texts") as DataView),
    secondPart: () => Promise.resolve(),
    address: null,
    ask: null,
    page: null,
    save: download,
  });
  const chosen = (): string[] => (model.get("chosen") as string[] | null) ?? [];
  const same = (one: readonly string[], other: readonly string[]): boolean => one.length === other.length && one.every((iri, at) => iri === other[at]);
  const told = explorer.store.listen((state) => {
    const iris = [state.node, state.edge].filter((iri): iri is string => iri !== null);
    if (same(iris, chosen())) return;
    model.set("chosen", iris);
    model.save_changes();
  });
  const asked = (): void => {
    const [node = null, edge = null] = chosen();
    explorer.store.change({ node, edge, to: null });
  };
  model.on("change:chosen", asked);
  if (chosen().length) asked();
  return () => {
    told();
    model.off("change:chosen", asked);
    explorer.destroy();
  };
}

export default { render };
