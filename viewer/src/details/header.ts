/** The header of the details: kind, name, how many report it, and what can be done with it. */

import type { App } from "../core/app.js";
import { button, h, oneLine, put } from "../core/dom.js";
import { percent } from "../core/format.js";
import { nodeIcon } from "../core/kind_icons.js";
import { nodeActions } from "../collection/node_actions.js";
import { toFragment, type Filters, type State } from "../data/state.js";
import { standing } from "./standing.js";

/** A head, and how it follows the state while the same thing stays chosen. */
export interface Header {
  readonly element: HTMLElement;
  readonly title: HTMLElement;
  follow(state: State): void;
}

const FILTERS: Readonly<Record<string, "topics" | "providers">> = { topic: "topics", provider: "providers" };

/** A head whose title and sentence may follow the state. */
export function plainHeader(title: () => string, sentence: () => string): Header {
  const name = h("h2", { tabindex: -1, dir: "auto" });
  const sum = h("p", { class: "ng-d-sum" });
  const follow = (): void => {
    put(name, title());
    put(sum, sentence());
  };
  follow();
  return { element: h("header", { class: "ng-d-head" }, name, sum), title: name, follow };
}

export function nodeHeader(app: App, node: number): Header {
  const { graph, store } = app;
  const kind = graph.kind(node);
  const title = h("h2", { tabindex: -1, dir: "auto" }, graph.label(node));
  const focus = button("Focus", () => store.change({ view: "focus" }));
  const field = graph.core.complete ? FILTERS[kind.name] : undefined;
  const filter = field ? button("Filter by this", () => toggle(app, field, graph.iri(node))) : null;
  const sum = h("p", { class: "ng-d-sum" });
  const actions = nodeActions(app, node);
  const element = h("header", { class: "ng-d-head" },
    h("p", { class: "ng-d-kind" }, nodeIcon(graph, node, 12), kind.label, closer(app)),
    title,
    sum,
    h("div", { class: "ng-d-actions" }, focus, filter, actions.elements, copier(app)),
  );
  return {
    element, title,
    follow: (state) => {
      put(sum, [standing(app, node, false, true), certainty(app, node)].filter(Boolean).join(" · "));
      focus.hidden = state.view === "focus";
      actions.follow(state);
      if (filter && field) filter.setAttribute("aria-pressed", String(state.filters[field].includes(graph.iri(node) ?? "")));
    },
  };
}

export function edgeHeader(app: App, node: number, other: number): Header {
  const names = [node, other].map((one) => app.graph.label(one));
  const title = h("h2", { tabindex: -1, dir: "auto" }, h("bdi", {}, oneLine(names[0] ?? "", 200)), " and ", h("bdi", {}, oneLine(names[1] ?? "", 200)));
  const name = oneLine(names[0] ?? "", 60);
  const back = button(`Back to ${name.length > 28 ? `the ${app.graph.kind(node).label.toLowerCase()}` : name}`, () => app.choose(node));
  return {
    element: h("header", { class: "ng-d-head" }, h("p", { class: "ng-d-kind" }, "How they are connected", closer(app)), title, h("div", { class: "ng-d-actions" }, back, copier(app))),
    title, follow: () => undefined,
  };
}

/** How sure it is what: "95 % sure that it is a company". */
function certainty(app: App, node: number): string {
  const sure = app.graph.core.nodes.confidence[node];
  if (sure == null) return "";
  const kind = app.graph.kind(node);
  const what = kind.name === "event" ? "it is reported so" : `it is ${/^[aeiou]/i.test(kind.label) ? "an" : "a"} ${kind.label.toLowerCase()}`;
  return `${percent(sure)} sure that ${what}`;
}

function closer(app: App): HTMLElement {
  return h("button", { type: "button", class: "ng-d-close", "aria-label": "Close the details", title: "Close", onclick: () => app.choose(null) }, "×");
}

function toggle(app: App, field: "topics" | "providers", iri: string | null): void {
  if (iri === null) return;
  const set = app.store.state.filters[field];
  const change: Partial<Filters> = { [field]: set.includes(iri) ? set.filter((one) => one !== iri) : [...set, iri] };
  app.store.filter(change);
}

/**
 * Copies the page's address, without the reader's theme and decisions; of a page on this machine the file's name with the fragment, as a colleague has the file in another folder;
 * where the address does not keep the state (notebooks), the thing's IRI. Without a clipboard it is shown, to copy by hand.
 */
function copier(app: App): HTMLElement {
  const field = h("input", { class: "ng-d-link", readonly: true, "aria-label": "Link", hidden: true });
  const make = (): string => {
    const { state } = app.store, [page = ""] = location.href.split("#");
    if (decodeURI(location.hash) !== decodeURI(toFragment(state))) return `${app.graph.core.base}${state.node ?? ""}`;
    return (location.protocol === "file:" ? decodeURI(page.replace(/.*\//, "")) : page) + toFragment({ ...state, theme: "auto", work: { ...state.work, decided: [] } });
  };
  const copy = async (): Promise<void> => {
    const link = make();
    try {
      await navigator.clipboard.writeText(link);
      app.say("Link copied");
      act.textContent = "Copied";
      setTimeout(() => (act.textContent = "Copy link"), 2000);
    } catch {
      field.value = link;
      field.hidden = false;
      field.select();
      app.say("Copy the link from this field");
    }
  };
  const act = button("Copy link", () => void copy());
  return h("span", { class: "ng-d-copy" }, act, field);
}
