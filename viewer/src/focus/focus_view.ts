/** The focus view: one thing in the middle with its neighbours, or the paths to another thing. */

import type { App, Part } from "../core/app.js";
import { captions } from "../core/captions.js";
import { button, h, oneLine, put } from "../core/dom.js";
import { fileStem } from "../core/download.js";
import { counted } from "../core/format.js";
import { RovingFocus, type FocusItem } from "../core/roving_focus.js";
import { ruler, type Ruler } from "../core/text_measure.js";
import { allKindsMask } from "../data/all_kinds_mask.js";
import { neighbours, type Neighbour } from "../data/neighbours.js";
import type { State } from "../data/state.js";
import { combobox } from "../search/combobox.js";
import { emptyState } from "./empty_state.js";
import { placeNeighbourhood } from "./layout.js";
import { groupByKind } from "./neighbour_groups.js";
import { markChosenEdge, drawNeighbourhood } from "./neighbourhood_svg.js";
import { pathChains } from "./path_chains.js";
import { shortestPaths } from "./shortest_paths.js";
import { standaloneSvg } from "./svg_export.js";
import { makeVisitHistory } from "./visit_history.js";

/** Neighbours of each neighbour in the second ring, and the number of edges beyond which only a thing's own edges are asked. */
const SECOND = 3;
const HUB = 3_000;
const QUIET: readonly string[] = ["article", "provider"];

/** One thing in the middle and what it is linked to; the path to another thing on request. */
export function makeFocus(app: App): Part {
  const { graph, store } = app;
  const passes = allKindsMask(graph, store);
  const history = makeVisitHistory(app);
  const two = button("Two steps", () => store.change({ hops: store.state.hops === 2 ? 1 : 2 }), graph.core.help.hops);
  const picker = combobox(app, {
    label: "Path to", placeholder: "Path to …",
    choose: (node) => {
      leadTo = true;
      void graph.texts().then(() => store.change({ to: graph.iri(node), edge: null }));
    },
  });
  picker.element.classList.add("ng-picker");
  const clearPath = button("Close path", () => store.change({ to: null }));
  const saveButton = button("Save drawing", saveDrawing);
  const tools = h("div", { class: "ng-tools", role: "group", "aria-label": "Focus" }, history.element, picker.element, clearPath, two, saveButton);
  const body = h("div", { class: "ng-body" });
  const note = h("p", { class: "ng-remark" });
  const element = h("div", { class: "ng-focus" }, tools, note, body);
  const rovingFocus = new RovingFocus(body);
  let rule: Ruler | null = null;
  /** The room of the drawing; the scrollbar's is reserved by the style, so that nothing moves when it comes. */
  let size: { width: number; height: number } | null = null;
  let svg: SVGSVGElement | null = null;
  let leadTo = false;
  /** Where the keyboard shall be after the next drawing: at the middle, or at the first new item of a kind. */
  let wanted: "centre" | { kind: string; shown: number } | null = null;

  element.addEventListener("keydown", (event) => {
    if ((event.key === "Backspace" && !(event.target instanceof HTMLInputElement)) || (event.key === "ArrowLeft" && event.altKey)) {
      wanted = "centre";
      if (history.back()) event.preventDefault();
    } else if (event.key === "Escape") {
      const { to, edge } = store.state;
      wanted = "centre";
      if (to !== null) store.change({ to: null });
      else if (edge !== null) {
        store.change({ edge: null });
        rovingFocus.focus(); // the details take the keyboard when what they show changes
      } else app.choose(null);
      event.preventDefault();
    }
  });

  function measure(): { width: number; height: number } {
    return { width: body.clientWidth || 800, height: (body.clientHeight || 600) - 4 };
  }

  function render(): void {
    const node = app.chosen();
    const { to, edge, hops, unfolded } = store.state;
    const other = end(to);
    history.visit(node);
    const path = node >= 0 && other >= 0;
    for (const one of [two, saveButton]) one.hidden = node < 0 || path;
    picker.element.hidden = node < 0;
    clearPath.hidden = !path;
    two.setAttribute("aria-pressed", String(hops === 2));
    picker.input.value = path ? oneLine(graph.label(other), 80) : "";
    put(note);
    if (node < 0) {
      wanted = null;
      const waiting = store.state.node !== null && !graph.textsNow;
      drawNothing(waiting ? h("p", { class: "ng-start" }, "Reading …") : emptyState(app));
    } else if (path) {
      const found = shortestPaths(graph, node, other, app.numbers());
      drawNothing(pathChains(app, node, other, found));
      if (leadTo) body.querySelector<HTMLElement>("h2")?.focus();
      if (leadTo) app.say(found.paths.length ? counted(found.paths.length, "path") : "No path found");
      leadTo = false;
    } else drawAround(node, end(edge), hops, unfolded);
  }

  function drawNothing(content: HTMLElement): void {
    svg = null;
    rovingFocus.take([], null);
    put(body, content);
  }

  function drawAround(node: number, chosen: number, hops: 1 | 2, unfolded: readonly string[]): void {
    rule ??= ruler(body);
    const mask = passes();
    const numbers = app.numbers();
    const all = neighbours(graph, node).length;
    const visible = neighbours(graph, node, numbers);
    const found = mask ? visible.filter((one) => mask[one.node]) : visible;
    const sorted = groupByKind(graph, found, unfolded, hops === 2 ? 0.5 : 1);
    const second = hops === 2 ? secondRing(node, sorted.flatMap((group) => group.shown.map((one) => one.node)), mask) : () => [];
    size ??= measure();
    const placed = placeNeighbourhood(graph, node, sorted, second, size, rule);
    const had = body.contains(document.activeElement);
    const old = document.activeElement?.getAttribute("aria-label") ?? "";
    const drawing = drawNeighbourhood(graph, placed, { choose: go, evidence: (one, other) => app.chooseEdge(one, other), unfold });
    svg = drawing.svg;
    markChosenEdge(svg, chosen);
    put(body, svg);
    rovingFocus.take(drawing.items, focusAfter(drawing.items, had, old));
    wanted = null;
    const hidden = all - found.length;
    if (!found.length) put(note, hidden ? "" : graph.core.help.bare);
    if (hidden) put(note, `${counted(hidden, "neighbour")} ${hidden === 1 ? "is" : "are"} hidden by the filters.`);
  }

  /** The item to focus after a drawing; null where the keyboard was elsewhere. */
  function focusAfter(items: readonly FocusItem[], had: boolean, old: string): number | null {
    if (!had && !wanted) return null;
    const same = items.findIndex((item) => item.element.getAttribute("aria-label") === old);
    if (wanted === "centre" || !wanted) return same >= 0 && !wanted ? same : 0;
    const { kind, shown } = wanted;
    const group = items.filter((item) => item.element.classList.contains("ng-node") || item.element.classList.contains("ng-more"));
    const first = group.findIndex((item) => item.element.closest("[data-kind]")?.getAttribute("data-kind") === kind);
    return items.indexOf(group[first + shown] as FocusItem);
  }

  function secondRing(node: number, shown: readonly number[], mask: Uint8Array | null): (one: Neighbour) => Neighbour[] {
    const seen = new Set([node, ...shown]);
    return (one) => {
      if (QUIET.includes(graph.kind(one.node).name) || (graph.degree[one.node] as number) > HUB) return [];
      const best = neighbours(graph, one.node, app.numbers()).filter((other) => (!mask || mask[other.node]) && !seen.has(other.node) && !QUIET.includes(graph.kind(other.node).name)).slice(0, SECOND);
      for (const other of best) seen.add(other.node);
      return best;
    };
  }

  function go(node: number): void {
    wanted = "centre";
    app.choose(node, { view: "focus" });
  }

  function unfold(kind: string, more: boolean): void {
    const { unfolded } = store.state;
    const shown = body.querySelectorAll(`[data-kind="${kind}"] .ng-node:not(.ng-second)`).length;
    wanted = { kind, shown: more ? shown : 0 };
    store.change({ unfolded: more ? [...unfolded, kind] : unfolded.filter((name) => name !== kind) }, false);
  }

  function saveDrawing(): void {
    const node = app.chosen();
    if (!svg || node < 0) return;
    const { filters, source } = captions(app);
    const name = fileStem(graph.label(node)) || "drawing";
    app.save(`${name}.svg`, standaloneSvg(svg, graph.label(node), getComputedStyle(app.root).backgroundColor, [filters, source]));
    app.say("Drawing saved");
  }

  const end = (iri: string | null): number => (iri === null ? -1 : (graph.byIri(iri) ?? -1));
  const shows = (state: State): string => JSON.stringify([state.node, state.to, state.hops, state.unfolded, state.filters]);
  return {
    element,
    update: (state, before) => {
      if (state !== before && shows(state) === shows(before)) {
        if (svg && state.edge !== before.edge) markChosenEdge(svg, end(state.edge));
        return;
      }
      if (state.node !== before.node) body.scrollTop = 0;
      render();
    },
    resize: () => {
      const now = measure();
      if (size && now.width === size.width && now.height === size.height) return;
      size = now;
      rule = null;
      if (svg) render();
    },
    destroy: () => picker.destroy(),
  };
}
