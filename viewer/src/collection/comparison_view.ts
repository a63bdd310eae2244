/** The set side by side: articles, events, partners, topics, outlets and stories of each, and what they have in common. */

import type { App, Part } from "../core/app.js";
import { button, h, oneLine, put } from "../core/dom.js";
import { count, counted, dates, date, inWords } from "../core/format.js";
import { nodeIcon } from "../core/kind_icons.js";
import { comparisonFacts, inCommon, LISTS, type ComparisonFacts, type Ranked } from "./comparison_facts.js";
import { comparisonLanes } from "./comparison_lanes.js";
import { decisionEntries, VERBS } from "./decision_entries.js";
import { gathered, partWords, passing, saveButtons } from "./take_away.js";

const MOST = 5; // things side by side
const FEW = 6; // rows of a cell at first
const TITLES: Readonly<Record<(typeof LISTS)[number], string>> = { partners: "Partners", topics: "Topics", outlets: "Outlets", stories: "Stories" };

export function makeComparison(app: App): Part {
  const { graph, store } = app;
  const body = h("div", { class: "ng-c-body" });
  const element = h("div", { class: "ng-questions ng-comparison" }, body);
  let room = 0;

  const thing = (node: number, letters = 80): HTMLElement =>
    h("button", { type: "button", class: "ng-thing", onclick: () => app.choose(node) }, nodeIcon(graph, node, 12), h("span", { dir: "auto" }, oneLine(graph.label(node), letters)));

  function cell<T>(rows: readonly T[], row: (one: T) => (Node | string)[]): HTMLElement {
    if (!rows.length) return h("td", {}, h("span", { class: "ng-d-meta" }, "none"));
    const list = h("ul", { class: "ng-c-list" }, rows.slice(0, FEW).map((one) => h("li", {}, row(one))));
    if (rows.length <= FEW) return h("td", {}, list);
    const more = h("button", { type: "button", class: "ng-proof", onclick: () => {
      list.append(...rows.slice(FEW).map((one) => h("li", {}, row(one))));
      (list.children[FEW]?.querySelector("button") ?? list).focus();
      more.remove();
    } }, `${count(rows.length - FEW)} more`);
    return h("td", {}, list, more);
  }

  function table(all: readonly ComparisonFacts[]): HTMLElement {
    const shared = all.length > 1 ? inCommon(all) : null;
    const columns: (Omit<ComparisonFacts, "node"> | null)[] = [shared, ...all];
    const line = (title: string, make: (facts: Omit<ComparisonFacts, "node">) => HTMLElement): HTMLElement =>
      h("tr", {}, h("th", { scope: "row" }, title), columns.map((facts) => (facts ? make(facts) : null)));
    const ranked = ([node, many]: Ranked): (Node | string)[] => [thing(node), h("span", { class: "ng-d-meta" }, ` ${count(many)}`)];
    const made = h("table", { class: shared && "ng-shared" },
      h("caption", { class: "ng-hidden" }, "Comparison"),
      h("thead", {}, h("tr", {}, h("td", {}), shared ? h("th", { scope: "col" }, "In common") : null, all.map(({ node }) => h("th", { scope: "col" }, thing(node, 60), noteOf(node))))),
      h("tbody", {},
        line("Articles", ({ articles }) => h("td", {}, h("strong", {}, count(articles.length)), h("p", { class: "ng-d-meta" }, span(articles)))),
        line("Events", ({ events }) => cell(events, (event) => [thing(event)])),
        LISTS.map((list) => line(TITLES[list], (facts) => cell(facts[list], ranked)))));
    made.style.setProperty("--ng-many", `${all.length}`);
    return h("div", { class: "ng-t-region", role: "region", tabindex: 0, "aria-label": "Comparison" }, made);
  }

  function span(articles: readonly number[]): string {
    const days = articles.map((article) => graph.core.nodes.day[article]).filter((day): day is number => day != null);
    if (!days.length) return "";
    const [first, last] = days.reduce(([low, high], day) => [Math.min(low, day), Math.max(high, day)], [Infinity, -Infinity]);
    return first === last ? date(first) : dates(first, last);
  }

  function noteOf(node: number): HTMLElement | null {
    const text = store.state.work.notes.find(([iri]) => iri === graph.iri(node))?.[1];
    return text ? h("p", { class: "ng-c-note", dir: "auto" }, text) : null;
  }

  function decisions(): HTMLElement | null {
    const { decided } = store.state.work;
    if (!decided.length) return null;
    const entries = decisionEntries(graph, decided);
    const said = decided.map(([verb = "", ...iris], at) => h("li", {}, `${iris.map((iri) => oneLine(graph.label(graph.byIri(iri) ?? -1) , 60)).join(" and ")} ${VERBS[verb] ?? verb} `,
      h("button", { type: "button", class: "ng-proof", onclick: () => store.gather({ decided: decided.filter((_, place) => place !== at) }) }, "take back")));
    const field = h("textarea", { class: "ng-note ng-yaml", readonly: true, rows: Math.min(10, decided.length + 1), "aria-label": "Entries for decisions.yaml", spellcheck: "false" });
    field.value = entries;
    return h("section", {}, h("h3", {}, "Decisions"),
      h("p", { class: "ng-d-meta" }, graph.core.help.decisions), h("ul", {}, said), field,
      h("div", { class: "ng-q-tools" },
        button("Copy entries", () => void app.copy(entries, "Entries copied")),
        button("Save decisions.yaml", () => app.save("decisions.yaml", new Blob([entries], { type: "application/yaml" })))));
  }

  /** How the two are connected. */
  const path = (): HTMLElement => {
    const [node = null, to = null] = store.state.work.set;
    return button("Path between them", () => store.change({ view: "focus", node, to, edge: null }));
  };

  function draw(): void {
    const nodes = gathered(app);
    const mask = passing(app);
    const all = nodes.slice(0, MOST).map((node) => comparisonFacts(graph, mask, node));
    const names = nodes.slice(0, MOST).map((node) => oneLine(graph.label(node), 40));
    const title = inWords(names) || (store.state.work.decided.length ? "Decisions" : "The set is empty");
    put(body, h("header", {}, h("h2", { tabindex: -1 }, title),
      nodes.length > MOST ? h("p", { class: "ng-d-meta" }, `The first ${MOST} of ${counted(nodes.length, "thing")} side by side; all are saved.`) : null,
      nodes.length ? null : h("p", {}, graph.core.help.set),
      nodes.length ? h("div", { class: "ng-q-tools", role: "group", "aria-label": "Save" }, h("span", { class: "ng-d-meta" }, "Save as"), saveButtons(app, () => gathered(app)), nodes.length === 2 ? path() : null) : null,
      nodes.length ? h("p", { class: "ng-d-meta" }, `${graph.core.help.withAll} ${partWords(app, nodes)}.`) : null),
      all.length ? [comparisonLanes(graph, all, Math.max(280, Math.min(1100, room - 32))), table(all)] : null, decisions());
  }

  return {
    element,
    update: (state, before) => {
      const { set, decided } = state.work;
      const waits = !graph.textsNow && [...set, ...decided.flatMap((one) => one.slice(1))].some((iri) => graph.byIri(iri) === undefined); // articles
      if (state === before || !body.firstChild || state.work !== before.work || state.filters !== before.filters) {
        room = element.clientWidth || room || 800;
        draw();
        if (state.work.set !== before.work.set && state.view === before.view) app.say(`${counted(state.work.set.length, "thing")} in the set`);
      }
      if (waits) void graph.texts().then(() => store.state.view === "set" && draw());
    },
    resize: () => {
      if (element.clientWidth && Math.abs(element.clientWidth - room) > 8) {
        room = element.clientWidth;
        draw();
      }
    },
  };
}
