/** The set, below the view: what is in it, and what can be done with it; also what is hidden, and the way back. */

import type { App, Part } from "../core/app.js";
import { button, h, keyRoom, oneLine, put, writing } from "../core/dom.js";
import { counted } from "../core/format.js";
import { nodeIcon } from "../core/kind_icons.js";
import { menu } from "../core/menu.js";
import { gathered, saveButtons } from "./take_away.js";

const CHIPS = 12;

export function makeSetTray(app: App): Part {
  const { graph, store } = app;
  const chips = h("ul", { class: "ng-chips" });
  const count = h("h2", { class: "ng-tray-count" });
  const compare = button("Compare", () => store.change({ view: "set" }), graph.core.help.compare);
  const saving = menu("Save these", graph.core.help.saving, saveButtons(app, () => gathered(app)));
  const clear = button("Clear", () => store.gather({ set: [] }));
  const decided = button("", () => store.change({ view: "set" }));
  const hidden = button("", () => store.filter({ hidden: [] }), "Show them again");
  const undo = button("Undo", () => undone(), graph.core.help.undo);
  const element = h("section", { class: "ng-tray", "aria-label": "Set" }, count, chips, compare, saving, clear, decided, hidden, undo);

  function undone(): void {
    store.undo();
    app.say("Undone");
  }

  const keys = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || writing(event)) return;
    const control = event.ctrlKey || event.metaKey;
    if (control && event.key.toLowerCase() === "z" && !event.shiftKey && store.undoable) undone();
    else if (event.key === "s" && !control && !event.altKey && app.chosen() >= 0) app.collect([app.chosen()], !store.state.work.set.includes(store.state.node ?? ""));
    else return;
    event.preventDefault();
  };
  const ear = keyRoom(app.root);
  ear.addEventListener("keydown", keys);

  return {
    element,
    update: (state, before) => {
      const { set, decided: decisions } = state.work;
      element.hidden = !set.length && !decisions.length && !state.filters.hidden.length && !store.undoable;
      if (state !== before && state.work === before.work && state.filters.hidden === before.filters.hidden && state.view === before.view) return;
      put(count, set.length ? `Set: ${set.length}` : "");
      const nodes = gathered(app);
      if (nodes.length < set.length && !graph.textsNow) void graph.texts().then(() => put(chips, chipsOf(gathered(app))));
      put(chips, chipsOf(nodes));
      for (const one of [compare, saving, clear]) one.hidden = !set.length;
      compare.hidden ||= state.view === "set";
      decided.hidden = !decisions.length;
      decided.textContent = counted(decisions.length, "decision");
      hidden.hidden = !state.filters.hidden.length;
      hidden.textContent = `${state.filters.hidden.length} hidden`;
      undo.hidden = !store.undoable;
      const away = store.setBefore.filter((iri) => !set.includes(iri)).length; // also where a question compares other things
      undo.textContent = away ? `Undo: ${away} taken out` : "Undo";
    },
    destroy: () => ear.removeEventListener("keydown", keys),
  };

  function chipsOf(nodes: readonly number[]): HTMLElement[] {
    const shown = nodes.slice(0, CHIPS).map((node) => {
      const name = oneLine(graph.label(node), 32);
      return h("li", {}, h("button", { type: "button", class: "ng-chip", title: graph.label(node), onclick: () => app.choose(node) }, nodeIcon(graph, node, 12), h("span", { dir: "auto" }, name)),
        h("button", { type: "button", class: "ng-chip-out", "aria-label": `Take ${name} out of the set`, title: "Take out", onclick: () => app.collect([node], false) }, "×"));
    });
    return nodes.length > CHIPS ? [...shown, h("li", { class: "ng-d-meta" }, `and ${nodes.length - CHIPS} more`)] : shown;
  }
}
