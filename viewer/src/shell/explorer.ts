/** Puts the viewer together: one state, the parts that show it, and the address that keeps it. */

import type { App, MakePart, Part } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { focusedIn, h, keyRoom, put, writing } from "../core/dom.js";
import { count, counted } from "../core/format.js";
import { storeMask } from "../data/filter_mask.js";
import { Graph } from "../data/graph.js";
import type { CorePayload, TextsPayload } from "../data/payload.js";
import { shownNumbers } from "../data/shown_numbers.js";
import { fromFragment, START, Store, toFragment, type State, type View } from "../data/state.js";
import { makeSetTray } from "../collection/set_tray.js";
import { prepareTexts, textIndexNow } from "../data/text_index.js";
import { makeDetails } from "../details/details_panel.js";
import { makeFilters } from "../filters/filter_panel.js";
import { makeMap } from "../map/map_view.js";
import { makeSearch } from "../search/search_box.js";
import { laterView, pendingView } from "./later_views.js";
import { pageTitle } from "./page_title.js";
import { makeNarrowLayout } from "./narrow_layout.js";
import { makePageFrame } from "./page_frame.js";

export interface Host {
  core: CorePayload;
  texts: () => Promise<TextsPayload>;
  /** Where the state is kept: the page's address, or nothing. */
  address: { read(): string; write(fragment: string, step: boolean): void; listen(changed: () => void): () => void } | null;
  /** Runs the second part of the script, where the views besides the map are; called once, when the first of them is opened. */
  secondPart(): Promise<void>;
  ask: string | null;
  /** Makes a page of its own for a part of the graph; null where that cannot be done. */
  page: ((core: CorePayload, texts: TextsPayload) => Promise<Blob>) | null;
  save(name: string, content: Blob): void;
}

export interface Explorer {
  readonly store: Store;
  readonly graph: Graph;
  choose(iri: string | null): void;
  destroy(): void;
}

const VIEWS: readonly View[] = ["map", "focus", "timeline", "table", "set"];

const MOST_GATHERED = 500; // things in the set: an address has no room for more

const inSight = (one: Element): number => one.getClientRects().length;

/** What ids begin with: a notebook may show several viewers. */
function freePrefix(): string {
  let number = 1;
  while (document.querySelector(`[id^="ng${number}-"]`)) number++;
  return `ng${number}`;
}

export function explore(root: HTMLElement, host: Host): Explorer {
  const graph = new Graph(host.core, host.texts);
  const store = new Store(host.address ? fromFragment(host.address.read()) : START);
  const shown = storeMask(graph, store);
  const prefersDark = matchMedia("(prefers-color-scheme: dark)"), printed = matchMedia("print");
  const live = h("div", { class: "ng-hidden", role: "status", "aria-live": "polite" });

  const prefix = freePrefix();

  const app: App = {
    graph, store, root, shown, ask: host.ask, page: host.page,
    numbers: () => shownNumbers(graph, store.state.filters),
    save: host.save,
    collect: (nodes, on = true) => {
      const change = (): void => {
        const iris = nodes.map((node) => graph.iri(node)).filter((iri): iri is string => iri !== null);
        const { set } = store.state.work;
        const all = on ? [...new Set([...set, ...iris])] : set.filter((iri) => !iris.includes(iri));
        store.gather({ set: all.slice(0, MOST_GATHERED) });
        const left = all.length > MOST_GATHERED;
        app.say(left ? `${count(MOST_GATHERED - set.length)} of ${count(all.length - set.length)} ${graph.core.help.full}` : `${counted(all.length, "thing")} in the set`, left);
      };
      if (nodes.some((node) => graph.iri(node) === null)) void graph.texts().then(change);
      else change();
    },
    copy: async (text, said) => {
      try {
        await navigator.clipboard.writeText(text);
        app.say(said);
        return true;
      } catch {
        app.say(graph.core.help.closed);
        return false;
      }
    },
    id: (name) => `${prefix}-${name}`,
    say: (text, seen = false) => {
      put(live, text);
      live.className = seen ? "ng-aloud" : "ng-hidden";
    },
    printing: () => printed.matches,
    dark: () => !printed.matches && (store.state.theme === "auto" ? prefersDark.matches : store.state.theme === "dark"), // paper is white
    colour: (name) => {
      const kind = graph.kindNamed(name);
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
  const added = (make: MakePart): Part => {
    const made = make(app);
    parts.push(made);
    return made;
  };
  const views = new Map<View, Part>(); // made when first shown: a map that nobody opens costs nothing
  let keyboardAway = false; // it was on something that gave way to another view
  let pending: Part | null = null; // shown in the place of views until the second part of the script is there
  const search = added(makeSearch);
  const filters = added(makeFilters);
  const details = added(makeDetails);
  const { header, main, stage, filterButton, footer, enter, update } = makePageFrame(app, VIEWS, search.element, host.address !== null);
  const sheet = makeNarrowLayout(root, graph.core.help.sheet, filters.element, filterButton, details.element, main, [header, footer]);
  const tray = added(makeSetTray);
  main.append(tray.element);
  root.replaceChildren(header, h("div", { class: "ng-columns" }, filters.element, main, sheet.side), footer, live);

  const show = (state: State, before: State): void => {
    root.dataset["theme"] = app.dark() ? "dark" : "light";
    root.dataset["view"] = state.view;
    if (host.address) document.title = pageTitle(graph, state, capital(state.view));
    for (const { name } of graph.core.kinds) root.style.setProperty(`--ng-kind-${name}`, app.colour(name));
    update(state);
    let view = views.get(state.view);
    const opened = !view || before.view !== state.view;
    if (!view) {
      const make = state.view === "map" ? makeMap : laterView(state.view);
      view = make ? added(make) : (pending ??= pendingView(host.secondPart, refresh));
      if (make) views.set(state.view, view);
    }
    const had = focusedIn(root), part = [filters.element, details.element, tray.element, stage].find((one) => one.contains(had));
    if (stage.firstElementChild !== view.element) stage.replaceChildren(view.element);
    for (const one of [search, filters, details, tray]) one.update(state, before);
    // a view that was away hears everything that changed meanwhile
    view.update(state, opened ? state : before);
    if (opened) view.resize?.();
    sheet.update(state, before);
    const now = focusedIn(root);
    if (part && (now === had ? !inSight(now as Element) : !root.contains(now))) {
      if (opened) keyboardAway = true;
      else ([...part.querySelectorAll<HTMLElement>("button:enabled:not([aria-disabled=true]), summary")].find(inSight) ?? stage).focus();
    }
    if (keyboardAway && view !== pending) {
      keyboardAway = false;
      enter();
    }
  };
  const refresh = (): void => show(store.state, store.state);
  store.listen((state, before) => {
    host.address?.write(toFragment(state), store.lastStep);
    app.say(""); // instead of what was said of the step before
    show(state, before);
    readTexts(state);
  });
  for (const media of [prefersDark, printed]) media.addEventListener("change", refresh);
  const unlisten = host.address?.listen(() => {
    const { theme: _, ...state } = fromFragment(host.address?.read() ?? "");
    settle(state);
    store.change(state, false);
  });
  const room = new ResizeObserver(() => {
    sheet.resize();
    views.get(store.state.view)?.resize?.();
  });
  room.observe(stage);
  show(store.state, store.state);
  settle(store.state);
  readTexts(store.state);

  /** A filter by words waits for the texts. */
  function readTexts({ filters }: State): void {
    if (filters.words && graph.core.complete && !textIndexNow(graph)) void prepareTexts(graph).then(() => store.renew());
  }

  /** What no part has taken Escape for leads one step back: from a link to its thing, from a path or a thing to all. */
  const stepBack = (event: Event): void => {
    const { node, edge, to } = store.state;
    if (!(event instanceof KeyboardEvent) || event.key !== "Escape" || event.defaultPrevented || node === null) return;
    if (writing(event) && !(event.composedPath()[0] as Element).matches(".ng-search input:placeholder-shown")) return;
    store.change(edge !== null ? { edge: null } : to !== null ? { to: null } : { node: null });
    event.preventDefault();
  };
  const keys = keyRoom(root);
  keys.addEventListener("keydown", stepBack);

  /** Articles are known by their IRI only when the texts are there; what names nothing is announced. */
  function settle(state: { node: string | null; edge: string | null; to: string | null }): void {
    const named = [state.node, state.edge, state.to].filter((iri): iri is string => iri !== null);
    if (named.every((iri) => graph.byIri(iri) !== undefined)) return;
    void graph.texts().then(() => {
      const lost = named.find((iri) => graph.byIri(iri) === undefined);
      if (lost !== undefined) app.say(`Nothing in this graph is named ${lost}`);
      refresh();
    });
  }

  return {
    store, graph,
    choose: (iri) => app.choose(iri === null ? null : (graph.byIri(iri) ?? null)),
    destroy: () => {
      unlisten?.();
      keys.removeEventListener("keydown", stepBack);
      room.disconnect();
      for (const media of [prefersDark, printed]) media.removeEventListener("change", refresh);
      for (const one of parts) one.destroy?.();
    },
  };
}
