/** The frame of the views: title, search, tabs, buttons and the line at the foot. */

import type { App } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { h, put, s } from "../core/dom.js";
import { filterWords } from "../core/filter_words.js";
import { count, counted, date } from "../core/format.js";
import { DAY } from "../data/calendar.js";
import type { Graph } from "../data/graph.js";
import { toFragment, type State, type View } from "../data/state.js";

export interface PageFrame {
  readonly header: HTMLElement;
  /** The landmark that holds the stage, and the stage itself: the panel of the chosen tab. */
  readonly main: HTMLElement;
  readonly stage: HTMLElement;
  readonly filterButton: HTMLButtonElement;
  readonly footer: HTMLElement;
  /** Take the keyboard to the view. */
  enter(): void;
  update(state: State): void;
}

/** `whole`: the viewer is all that the document shows, so that its landmarks are the document's. */
export function makePageFrame(app: App, views: readonly View[], search: HTMLElement, whole: boolean): PageFrame {
  const { graph, store } = app;
  const stage = h("div", { class: "ng-stage", id: app.id("stage"), role: "tabpanel", tabindex: -1 });
  const tabs = views.map((name) =>
    h("button", { type: "button", role: "tab", id: app.id(`tab-${name}`), "aria-controls": stage.id, title: graph.core.help.views[name], onclick: () => store.change({ view: name }) }, capital(name)));
  const row = h("div", { class: "ng-tabs", role: "tablist", "aria-label": "Views" }, tabs);
  row.addEventListener("keydown", (event) => {
    const at = views.indexOf(store.state.view);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: views.length - 1 }[event.key];
    if (to === undefined) return;
    const next = (to + views.length) % views.length;
    store.change({ view: views[next] as View });
    tabs[next]?.focus();
    event.preventDefault();
  });
  const filterButton = h("button", { type: "button", class: "ng-button ng-only-narrow", "aria-haspopup": "dialog" }, drawing(graph.core.signs.funnel), "Filters");
  const theme = h("button", { type: "button", class: "ng-button ng-square", onclick: () => store.change({ theme: app.dark() ? "light" : "dark" }, false) });
  /** To what one looks for there: the heading of what was asked, the first row, the middle of a drawing, the map, or the first thing to begin with. */
  const enter = (): void => (stage.querySelector<HTMLElement>("h2[tabindex], tbody button, [tabindex='0']:not(.ng-t-region), .ng-lists button") ?? stage).focus();
  // before the search and after it, as after it the filters are many
  const skip = (): HTMLElement => h("a", {
    class: "ng-skip", href: `#${stage.id}`,
    onclick: (event: Event) => {
      event.preventDefault(); // the fragment is the state's
      enter();
    },
  }, "Skip to the view");
  const header = h("header", { class: "ng-header" },
    skip(),
    h("h1", { class: "ng-title", dir: "auto", title: graph.core.title || null }, graph.core.title || "newsgraph"),
    search, skip(), filterButton, row,
    app.ask ? h("a", { class: "ng-button", href: app.ask, title: app.graph.core.help.ask }, "Questions") : null,
    theme);
  const onPaper = h("p", { class: "ng-on-paper" });
  let dark: boolean | null = null;
  return {
    header, stage, filterButton, enter,
    main: h(whole ? "main" : "section", { class: "ng-main", "aria-label": whole ? null : "View" }, stage),
    footer: h("footer", { class: "ng-footer" }, footnote(graph), onPaper),
    update: (state) => {
      if (app.printing()) put(onPaper, whatIsPrinted(graph, state, whole));
      views.forEach((name, at) => {
        tabs[at]?.setAttribute("aria-selected", String(name === state.view));
        tabs[at]?.setAttribute("tabindex", name === state.view ? "0" : "-1");
      });
      stage.setAttribute("aria-labelledby", app.id(`tab-${state.view}`));
      if (dark === app.dark()) return;
      dark = app.dark();
      const label = `Switch to the ${dark ? "light" : "dark"} theme`;
      theme.setAttribute("aria-label", label);
      theme.title = label;
      put(theme, drawing(graph.core.signs[dark ? "sun" : "moon"]));
    },
  };
}

/** What a print shows, under which filters, from which file and when. */
function whatIsPrinted(graph: Graph, state: State, whole: boolean): string {
  const asked = filterWords(graph, state.filters);
  const file = decodeURIComponent(location.pathname.split("/").at(-1) ?? "");
  return [
    asked.length ? `Filters: ${asked.join(", ")}.` : "",
    whole ? `Printed on ${date(Math.floor(Date.now() / DAY))} from ${file}${toFragment(state)}` : "",
  ].filter(Boolean).join(" ");
}

const drawing = (path: string): SVGSVGElement =>
  s("svg", { viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", focusable: "false", fill: "none", stroke: "currentColor", "stroke-width": 1.5, "stroke-linecap": "round", "stroke-linejoin": "round" },
    s("path", { d: path }));

function footnote({ core, size, source }: Graph): string {
  const told = core.complete
    ? `${counted(size, "thing")}, ${counted(source.length, "link")}`
    : `The ${count(size)} most connected of ${counted(core.total, "thing")}. The rest is in the graph's files`;
  const bound = core.asOf ? `, as known on ${core.asOf}` : "";
  return `${told}${bound}. ${core.program}. Times are UTC.`;
}
