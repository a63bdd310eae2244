/** What can be done with a thing besides looking at it: gather, save, hide, note, and correct what is wrong with it. */

import type { App } from "../core/app.js";
import { button, focusedIn, h, oneLine, put } from "../core/dom.js";
import { menu } from "../core/menu.js";
import type { State } from "../data/state.js";
import { capital } from "../core/display_names.js";
import { eventValues, type EventValues } from "../data/event_values.js";
import { canJoin, canName, settings } from "./decision_entries.js";
import { gathered, saveButtons } from "./take_away.js";

export interface NodeActions {
  readonly elements: HTMLElement[];
  follow(state: State): void;
}

export function nodeActions(app: App, node: number): NodeActions {
  const { graph, store } = app;
  const kind = graph.kind(node).name;
  const iri = (): string => graph.iri(node) ?? "";
  const collect = button("Add to set", () => app.collect([node], !store.state.work.set.includes(iri())), graph.core.help.collecting);
  const saving = menu("Save part", graph.core.help.savingOne, saveButtons(app, () => [node]));
  /** Not chosen any more, and hidden. */
  const without = (): Partial<State> => ({ node: null, edge: null, filters: { ...store.state.filters, hidden: [...store.state.filters.hidden, iri()] } });
  const decide = (verb: string, ...iris: string[]): void => {
    const { decided } = store.state.work;
    store.change({
      work: { ...store.state.work, decided: [...decided, [verb, ...iris]] },
      ...(/^(?:not|wrong)/.test(verb) ? without() : {}),
    });
    app.say(graph.core.help.decided);
  };
  const hide = (): void => {
    store.change(without());
    app.say(`${oneLine(graph.label(node), 80)} ${graph.core.help.hidden}`);
  };
  const note = h("textarea", { class: "ng-note", rows: 2, maxlength: 400, placeholder: "Note", "aria-label": `Note on ${oneLine(graph.label(node), 80)}`, dir: "auto", hidden: true });
  note.addEventListener("change", () => {
    const others = store.state.work.notes.filter(([one]) => one !== iri());
    store.gather({ notes: note.value.trim() ? [...others, [iri(), note.value.trim()]] : others });
  });
  const same = h("span", { class: "ng-menu-part" });
  const more = menu("Change", graph.core.help.change, [
    button("Hide", hide),
    button("Note", () => {
      note.hidden = false;
      note.focus();
    }),
    ...(kind === "company" ? [button("Not a company", () => decide("not_a_company", iri())), button("A person", () => decide("person", iri()))] : []),
    ...(kind === "event" && canName(graph, node) ? [["wrong_event", "Wrong event"], ...settings(eventValues(graph, node) as EventValues).map((one) => [one, capital(one)])].map(([verb, label]) => button(label as string, () => decide(verb as string, iri()))) : []),
    same,
  ]);
  return {
    elements: [collect, saving, more, note],
    follow: ({ work }) => {
      const on = work.set.includes(iri());
      collect.setAttribute("aria-pressed", String(on));
      collect.textContent = on ? "In the set" : "Add to set";
      const text = work.notes.find(([one]) => one === iri())?.[1] ?? "";
      if (text || !note.hidden) note.hidden = false;
      if (note !== focusedIn(note)) note.value = text;
      const others = gathered(app).filter((other) => canJoin(graph, node, other));
      put(same, others.map((other) => button(`Same ${kind === "article" ? "story " : ""}as ${oneLine(graph.label(other), 30)}`, () => decide("same", iri(), graph.iri(other) ?? ""))));
    },
  };
}
