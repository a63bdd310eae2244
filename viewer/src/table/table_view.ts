/** Every list of the graph as a table: chosen, filtered, sorted, paged and saved. Everything on the map can be read here by keyboard and screen reader. */

import type { App, Part } from "../core/app.js";
import { h, put } from "../core/dom.js";
import { filterWords } from "../core/filter_words.js";
import { count, counted } from "../core/format.js";
import { filterNodes, FIRST_KINDS, linkedBy, UNPRICED } from "../data/filter_mask.js";
import { allNumbers, type ShownNumbers } from "../data/shown_numbers.js";
import { ANY_AMOUNT, START, type Filters, type State, type TableState } from "../data/state.js";
import { sortKey } from "./collation.js";
import type { Column } from "./column.js";
import { fileName, listCsv } from "./csv_export.js";
import { markChosenRows, htmlTable } from "./html_table.js";
import { listTitle, lists, type List } from "./lists.js";
import { monthBars, monthCounts } from "./month_bars.js";
import { pager } from "./pager.js";
import { sortedRows } from "./sorting.js";

const SIZE = 100;
/** The same events, but those of which no article states an amount. */
const withoutAmount = (filters: Filters): Filters => ({ ...filters, ...ANY_AMOUNT, statuses: [...filters.statuses, UNPRICED] });

export function makeTable(app: App): Part {
  const { graph, store } = app;
  const all = lists(app);
  const change = (part: Partial<TableState>): void => store.change({ table: { ...store.state.table, page: 0, ...part } }, false);

  const options = new Map(all.map((list) => [list, h("option", { value: list.name })]));
  const option = (list: List): HTMLElement | undefined => options.get(list);
  const chooser = h("select", { class: "ng-t-list", "aria-label": "List", onchange: () => change({ list: chooser.value, sort: "" }) },
    h("optgroup", { label: "Things" }, all.filter((list) => !list.edges).map(option)),
    h("optgroup", { label: "Links" }, all.filter((list) => list.edges).map(option)),
  );
  const filter = h("input", { type: "search", class: "ng-t-filter", placeholder: "Filter by name", "aria-label": graph.core.help.rows, autocomplete: "off", spellcheck: "false" });
  const active = (): HTMLElement | null => (element.getRootNode() as Document | ShadowRoot).activeElement as HTMLElement | null;
  let typing: ReturnType<typeof setTimeout> | undefined;
  filter.addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(() => change({ text: filter.value }), 80);
  });
  const everything = h("input", { type: "checkbox", onchange: () => change({ all: everything.checked }) });
  const sieve = h("label", { class: "ng-t-all" }, everything, graph.core.help.sieve);
  const save = h("button", { type: "button", class: "ng-button" }, "Download CSV");
  const tally = h("p", { class: "ng-t-tally" });
  const unpriced = h("button", { type: "button", class: "ng-proof", onclick: () => store.filter(withoutAmount(store.state.filters)) });
  const chart = h("div", { class: "ng-t-chart" });
  const onMap = h("button", { type: "button", class: "ng-button", onclick: () => toMap() }, "On the map");
  const collect = h("button", { type: "button", class: "ng-button", onclick: () => app.collect([...rowsOf(store.state).rows]) }, "Add to set");
  const region = h("div", { class: "ng-t-region", role: "region", tabindex: 0, "aria-label": "Table" });
  const pages = pager((page) => {
    store.change({ table: { ...store.state.table, page } }, false);
    region.scrollTop = 0;
  });
  const element = h("div", { class: "ng-table" },
    h("div", { class: "ng-t-bar" }, chooser, filter, sieve, onMap, collect, save),
    tally, unpriced, chart, region,
    h("div", { class: "ng-t-foot" }, pages.element, h("p", { class: "ng-d-meta" }, graph.core.help.file)),
  );

  let now: { key: string; filters: Filters; list: List; columns: Column[]; rows: Int32Array; passed: number } | null = null;

  /** All rows of the list that pass, in order; kept as long as nothing that decides it changes. */
  const rowsOf = (state: State): NonNullable<typeof now> => {
    const { table, filters } = state;
    const key = [table.list, table.sort, table.text, table.all, graph.textsNow !== null].join("\n");
    if (now?.key === key && now.filters === filters) return now;
    const list = all.find((one) => one.name === table.list) ?? all.find((one) => one.name === START.table.list) ?? (all[0] as List);
    const shown = table.all ? allNumbers(graph) : app.numbers();
    const columns = list.columns(shown);
    let rows = passing(list, shown);
    const passed = rows.length;
    const text = sortKey(table.text.trim());
    if (text) rows = rows.filter((row) => list.matches(row, text));
    const column = columns.find((one) => one.name === table.sort.replace(/^-/, ""));
    // as the list comes, the most reported are first: under the filters these are others
    if (!column && shown.narrowed && graph.core.complete && !list.edges && list.name !== "article") rows = rows.sort((one, other) => (shown.articles(other) ?? 0) - (shown.articles(one) ?? 0) || one - other);
    if (column && !(column.late && !graph.textsNow)) rows = sortedRows(rows, column, table.sort.startsWith("-"));
    return (now = { key, filters, list, columns, rows, passed });
  };

  /** A list is of one kind, whatever kinds the map shows. */
  const passing = (list: List, shown: ShownNumbers): Int32Array => list.rows().filter((row) => (list.edges ? shown.passesEdge(row) : shown.passes(row)));

  /** Which relation that is asked the graph does not know of any: "The graph knows no competitors of Acme." */
  const unrelated = ({ as }: Filters): string => as.map(([iri = "", role]) => {
    const node = graph.byIri(iri) ?? -1, many = graph.core.askedLinks.find((link) => link.role === role)?.many;
    return many && !linkedBy(graph, node, role as string).length ? `The graph knows no ${many} of ${graph.label(node)}.` : "";
  }).join("");

  let named: ShownNumbers | null = null;
  /** The chooser says how many of each list pass. */
  const nameLists = (): void => {
    const shown = store.state.table.all ? allNumbers(graph) : app.numbers();
    if (shown === named) return;
    named = shown;
    for (const [list, element] of options) element.textContent = listTitle(list, passing(list, shown).length);
  };

  const resort = (sort: string): void => {
    change({ sort });
    const name = sort.replace(/^-/, "");
    if (name) app.say(`Sorted by ${name}, ${sort.startsWith("-") ? "descending" : "ascending"}`);
    else app.say("Original order");
  };

  const draw = (state: State): void => {
    const { list, columns: every, rows, passed } = rowsOf(state);
    const { table } = state;
    // what none of the rows has would only take room; the file has it
    const columns = every.filter((column) => column.late || table.sort.endsWith(column.name) || rows.some((row) => column.text(row) !== ""));
    const page = Math.min(table.page, Math.max(0, Math.ceil(rows.length / SIZE) - 1));
    const focused = region.contains(active()) ? active()?.dataset["column"] : undefined;
    nameLists();
    chooser.value = list.name;
    if (filter.value !== table.text && active() !== filter) filter.value = table.text;
    everything.checked = table.all;
    sieve.hidden = !table.all && passed === list.size;
    const told = counted(rows.length, list.one, list.many);
    const of = rows.length === list.size ? told : `${told} of ${count(list.size)}`;
    const filtered = !table.all && passed < list.size;
    tally.textContent = filtered ? `${of}, as filtered: ${filterWords(graph, state.filters).join(", ")}` : of;
    const { least, most } = state.filters;
    const more = list.name === "event" && (least !== null || most !== null) ? (filterNodes(graph, withoutAmount(state.filters)).counts[graph.kindNumber("event")] ?? 0) : 0;
    put(unpriced, more ? `${counted(more, "other")} without an amount` : "");
    unpriced.hidden = !more;
    const shown = app.numbers();
    const counts: readonly [number | null, string, string] = list.name === "event" || list.name === "article" ? [rows.length, list.one, list.many] : [null, "article", "articles"];
    put(chart, (filtered && !list.edges) || list.name === "event" ? monthBars(monthCounts(shown, list.name, rows), ...counts, app.root.clientWidth - 16) : null);
    onMap.hidden = list.edges;
    collect.hidden = list.edges || !rows.length;
    const made = rows.length
      ? htmlTable(app, { list, columns, rows: rows.subarray(page * SIZE, (page + 1) * SIZE), sort: table.sort, caption: `${listTitle(list, passed)}, ${of}` }, resort)
      : h("p", { class: "ng-t-empty" }, table.text ? `No ${list.one} has a matching name.` : passed < list.size ? unrelated(state.filters) || `No ${list.one} passes the filters.` : `There is no ${list.one} here.`);
    put(region, made);
    region.setAttribute("aria-label", listTitle(list, passed));
    if (focused) region.querySelector<HTMLElement>(`[data-column="${focused}"]`)?.focus();
    pages.update(page, SIZE, rows.length);
    if (rows.length) markChosenRows(app, region, list);
    if (columns.some((column) => column.late) && !graph.textsNow) void graph.texts().then(() => store.state.view === "table" && draw(store.state));
  };

  /** The map shows what the filters let through; of this list as well. */
  function toMap(): void {
    const { list } = rowsOf(store.state);
    const kinds = store.state.filters.kinds ?? FIRST_KINDS;
    store.change({ view: "map", node: null, edge: null, filters: { ...store.state.filters, kinds: kinds.includes(list.name) ? store.state.filters.kinds : [...kinds, list.name] } });
  }

  save.addEventListener("click", () => {
    void graph.texts().then(() => {
      const { list, columns, rows } = rowsOf(store.state);
      app.save(fileName(graph.core.title, list), new Blob([listCsv(app, list, columns, rows)], { type: "text/csv;charset=utf-8" }));
      app.say(`${counted(rows.length, "row")} saved`);
    });
  });

  return {
    element,
    update: (state, before) => {
      if (state !== before && state.table === before.table && state.filters === before.filters && state.view === before.view && region.firstChild) {
        markChosenRows(app, region, rowsOf(state).list);
        return;
      }
      const text = state.table.text !== before.table.text || state.filters !== before.filters;
      draw(state);
      if (text) app.say(tally.textContent ?? "");
    },
    destroy: () => clearTimeout(typing),
  };
}
