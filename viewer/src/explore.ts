/** Puts the viewer together: one state, the parts that show it, and the address that keeps it. */

import type { App, MakePart, Part } from "./app.js";
import { h, put } from "./dom.js";
import { count, counted } from "./format.js";
import { Graph } from "./graph.js";
import { masks } from "./mask.js";
import { makeDetails } from "./parts/details.js";
import { makeFilters } from "./parts/filters.js";
import { makeSearch } from "./parts/search.js";
import type { CorePayload, TextsPayload } from "./payload.js";
import { fromFragment, START, Store, toFragment, type State, type View } from "./state.js";
import { makeFocus } from "./views/focus.js";
import { makeMap } from "./views/map.js";
import { makeTable } from "./views/table.js";
import { makeTimeline } from "./views/timeline.js";

export interface Host {
  core: CorePayload;
  texts: () => Promise<TextsPayload>;
  /** Where the state is kept: the page's address, or nothing. */
  address: { read(): string; write(fragment: string, step: boolean): void; listen(changed: () => void): () => void } | null;
  ask: string | null;
  save(name: string, content: Blob): void;
}

export interface Explorer {
  readonly store: Store;
  readonly graph: Graph;
  choose(iri: string | null): void;
  destroy(): void;
}

const VIEWS: readonly { name: View; label: string; make: MakePart; hint: string }[] = [
  { name: "map", label: "Map", make: makeMap, hint: "Everything at once, by communities" },
  { name: "focus", label: "Focus", make: makeFocus, hint: "One thing and what it is linked to" },
  { name: "timeline", label: "Timeline", make: makeTimeline, hint: "Events and articles by time" },
  { name: "table", label: "Table", make: makeTable, hint: "Lists to sort, filter and save" },
];

export function explore(root: HTMLElement, host: Host): Explorer {
  const graph = new Graph(host.core, host.texts);
  const store = new Store(host.address ? fromFragment(host.address.read()) : START);
  const shown = masks(graph, store);
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const live = h("div", { class: "ng-hidden", role: "status", "aria-live": "polite" });

  const app: App = {
    graph, store, root, shown, ask: host.ask,
    save: host.save,
    say: (text) => put(live, text),
    dark: () => (store.state.theme === "auto" ? prefersDark.matches : store.state.theme === "dark"),
    colour: (name) => {
      const kind = graph.core.kinds.find((one) => one.name === name);
      return (app.dark() ? kind?.dark : kind?.colour) ?? "#888888";
    },
    chosen: () => (store.state.node === null ? -1 : (graph.byIri(store.state.node) ?? -1)),
    choose: (node, more = {}) => {
      const change = (iri: string | null): void => store.change({ node: iri, edge: null, to: null, hops: 1, unfolded: [], ...more });
      const iri = node === null ? null : graph.iri(node);
      if (node !== null && iri === null) void graph.texts().then(() => change(graph.iri(node)));
      else change(iri);
    },
    chooseEdge: (node, other) => {
      void graph.texts().then(() => store.change({ node: graph.iri(node), edge: graph.iri(other) }));
    },
  };

  root.classList.add("newsgraph");
  const parts: Part[] = [];
  const part = (make: MakePart): Part => {
    const made = make(app);
    parts.push(made);
    return made;
  };
  const views = new Map<View, Part>(); // made when first shown: a map that nobody opens costs nothing
  const search = part(makeSearch);
  const filters = part(makeFilters);
  const details = part(makeDetails);
  const stage = h("main", { class: "ng-stage", id: "ng-stage", tabindex: -1 });
  const tabs = h("div", { class: "ng-tabs", role: "tablist", "aria-label": "Views" });
  for (const { name, label, hint } of VIEWS) {
    tabs.append(
      h("button", { type: "button", role: "tab", id: `ng-tab-${name}`, "aria-controls": "ng-stage", title: hint, onclick: () => store.change({ view: name }) }, label),
    );
  }
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const at = VIEWS.findIndex((view) => view.name === store.state.view);
    const next = VIEWS[(at + step + VIEWS.length) % VIEWS.length];
    if (next) store.change({ view: next.name });
    tabs.querySelector<HTMLElement>("[aria-selected=true]")?.focus();
    event.preventDefault();
  });
  const filterButton = h("button", { type: "button", class: "ng-button ng-only-narrow", "aria-expanded": "false", "aria-controls": "ng-filters" }, "Filters");
  filterButton.addEventListener("click", () => {
    const open = root.classList.toggle("ng-filters-open");
    filterButton.setAttribute("aria-expanded", String(open));
    if (open) filters.element.querySelector<HTMLElement>("input, button")?.focus();
  });
  const theme = h("button", { type: "button", class: "ng-button", title: "Light or dark" }, "◐");
  theme.setAttribute("aria-label", "Switch between light and dark");
  theme.addEventListener("click", () => store.change({ theme: app.dark() ? "light" : "dark" }, false));
  const header = h("header", { class: "ng-header" },
    h("a", { class: "ng-skip", href: "#ng-stage", onclick: (event: Event) => { event.preventDefault(); stage.focus(); } }, "Skip to the view"),
    h("h1", { class: "ng-title", dir: "auto" }, graph.core.title || "newsgraph"),
    search.element, tabs,
    host.ask ? h("a", { class: "ng-button", href: host.ask }, "Ask") : null,
    filterButton, theme,
  );
  filters.element.id = "ng-filters";
  root.replaceChildren(header, h("div", { class: "ng-columns" }, filters.element, stage, details.element), footer(graph), live);

  const show = (state: State, before: State): void => {
    root.dataset["theme"] = app.dark() ? "dark" : "light";
    root.dataset["view"] = state.view;
    for (const { name } of graph.core.kinds) root.style.setProperty(`--ng-kind-${name}`, app.colour(name));
    for (const { name } of VIEWS) {
      const tab = tabs.querySelector(`#ng-tab-${name}`);
      tab?.setAttribute("aria-selected", String(name === state.view));
      tab?.setAttribute("tabindex", name === state.view ? "0" : "-1");
    }
    let view = views.get(state.view);
    const fresh = view === undefined;
    if (!view) {
      view = part((VIEWS.find((one) => one.name === state.view) as (typeof VIEWS)[number]).make);
      views.set(state.view, view);
    }
    if (stage.firstElementChild !== view.element) {
      stage.replaceChildren(view.element);
      stage.setAttribute("aria-labelledby", `ng-tab-${state.view}`);
    }
    for (const one of [search, filters, details]) one.update(state, before);
    // a view that was away hears everything that changed meanwhile
    view.update(state, fresh || before.view !== state.view ? state : before);
    if (fresh || before.view !== state.view) view.resize?.();
  };
  const refresh = (): void => show(store.state, store.state);
  store.listen((state, before) => {
    host.address?.write(toFragment(state), store.lastStep);
    show(state, before);
  });
  prefersDark.addEventListener("change", refresh);
  const unlisten = host.address?.listen(() => {
    const { theme: _, ...state } = fromFragment(host.address?.read() ?? "");
    settle(state);
    store.change(state, false);
  });
  const room = new ResizeObserver(() => views.get(store.state.view)?.resize?.());
  room.observe(stage);
  show(store.state, store.state);
  settle(store.state);

  /** Articles are known by their IRI only when the texts are there; what names nothing is told. */
  function settle(state: { node: string | null; edge: string | null; to: string | null }): void {
    const named = [state.node, state.edge, state.to].filter((iri): iri is string => iri !== null);
    if (named.every((iri) => graph.byIri(iri) !== undefined)) return;
    void graph.texts().then(() => {
      const lost = named.find((iri) => graph.byIri(iri) === undefined);
      if (lost !== undefined) app.say(`Nothing in this graph is called ${lost}`);
      refresh();
    });
  }

  return {
    store, graph,
    choose: (iri) => app.choose(iri === null ? null : (graph.byIri(iri) ?? null)),
    destroy: () => {
      unlisten?.();
      room.disconnect();
      prefersDark.removeEventListener("change", refresh);
      for (const one of parts) one.destroy?.();
    },
  };
}

function footer(graph: Graph): HTMLElement {
  const { core } = graph;
  const told = core.complete
    ? `${counted(graph.size, "thing")}, ${counted(graph.source.length, "link")}`
    : `The ${count(graph.size)} most connected of ${counted(core.total, "thing")}: more could not be drawn. The graph's files hold all`;
  const bound = core.asOf ? `, as known on ${core.asOf}` : "";
  return h("footer", { class: "ng-footer" }, `${told}${bound}. ${core.program}. Times are UTC.`);
}
