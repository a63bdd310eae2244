/** Articles by time, with two handles: each can be dragged, moved by arrow keys or set as a date. */

import type { App } from "../core/app.js";
import { focusedIn, h, put, s } from "../core/dom.js";
import { count, counted, date, isoDay, month, shortDate } from "../core/format.js";
import { filterNodes } from "../data/filter_mask.js";
import { barOf, dateBins, shareOf, spanName } from "./date_bins.js";
import { typedDays } from "./typed_days.js";

export interface DateHistogram {
  readonly element: HTMLElement;
  update(): void;
  destroy(): void;
}

const HEIGHT = 56;
const WAIT = 60; // milliseconds between two changes while dragging: an address may change only so often

/** Null where fewer than two dates are known. */
export function dateHistogram(app: App): DateHistogram | null {
  const { graph, store } = app;
  const days = graph.core.nodes.day;
  const kind = ["article", "event", "story"].find((name) => new Set(days.slice(...graph.range(name)).filter((day) => day !== null)).size > 1);
  if (kind === undefined) return null;
  const [firstNode, pastNode] = graph.range(kind);
  const plural = (graph.kindNamed(kind)?.plural ?? "Articles").toLowerCase();
  const known = days.slice(firstNode, pastNode).filter((day): day is number => day !== null).sort((one, other) => one - other);
  const first = known[0] as number, last = known[known.length - 1] as number;
  const bins = dateBins(known);
  const { edges } = bins;
  const bars = edges.length - 1;
  const fromEdge = (edge: number): number => (edge <= 0 ? first : (edges[edge] as number));
  const untilEdge = (edge: number): number => (edge >= bars ? last : (edges[edge] as number) - 1);
  const edgeOf = (day: number): number => (day <= first ? 0 : day > last ? bars : Math.round(shareOf(bins, day) * bars));
  const earlier = first < (edges[0] as number), later = last >= (edges[bars] as number);
  const tally = (passes: (node: number) => boolean): number[] => {
    const counts = new Array<number>(bars).fill(0);
    for (let node = firstNode; node < pastNode; node++) {
      const day = days[node] ?? null;
      if (day !== null && passes(node)) counts[barOf(edges, day)]!++;
    }
    return counts;
  };
  const all = tally(() => true);
  const highest = Math.max(...all);
  let now = all;

  const outline = (counts: readonly number[]): string => {
    const gap = bars > 1 ? 0.16 : 0;
    // a single article is still seen: a bar is at least one and a half pixels high
    return counts.map((value, at) => {
      const tall = value ? Math.max(1.5, (value / highest) * (HEIGHT - 2)) : 0;
      return value ? `M${at + gap / 2},${HEIGHT}v${-tall}h${1 - gap}v${tall}z` : "";
    }).join("");
  };
  const back = s("path", { class: "ng-bars", d: outline(all) });
  const front = s("path", { class: "ng-bars-now" });
  const drawing = s("svg", { viewBox: `0 0 ${bars} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true", focusable: "false" }, back, front);
  const span = h("div", { class: "ng-span" });
  const handle = (label: string): HTMLElement => h("div", { class: "ng-handle", role: "slider", tabindex: 0, "aria-label": label, "aria-valuemin": first, "aria-valuemax": last });
  const low = handle("From"), high = handle("Until");
  const plot = h("div", { class: "ng-f-plot" }, drawing, span, low, high);
  const told = h("p", { class: "ng-f-told" });
  const undated = h("p", { class: "ng-f-told ng-undated" });
  // a date field of the browser's own follows its language, and Firefox cuts the year where there is little room
  const field = (label: string): HTMLInputElement => h("input", { type: "text", class: "ng-day", inputmode: "numeric", maxlength: 24, placeholder: "2021-11-30", autocomplete: "off", spellcheck: "false", "aria-label": label, title: graph.core.help.day });
  const lowDate = field("First day shown"), highDate = field("Last day shown");
  const element = h("div", { class: "ng-histogram" },
    plot, h("div", { class: "ng-ends", "aria-hidden": "true" }, h("span", {}, `${earlier ? "… " : ""}${month(edges[0] as number)}`), h("span", {}, `${month((edges[bars] as number) - 1)}${later ? " …" : ""}`)), told,
    h("div", { class: "ng-dates" }, h("label", {}, "From", lowDate), h("label", {}, "Until", highDate)), undated);

  const range = (): [number, number] => [store.state.filters.from ?? first, store.state.filters.until ?? last];
  let waiting: [number, number] | null = null;
  let timer = 0;
  const commit = (): void => {
    timer = 0;
    if (!waiting) return;
    const [from, until] = waiting;
    waiting = null;
    store.filter({ from: from <= first ? null : from, until: until >= last ? null : until });
  };
  const ask = (from: number, until: number): void => {
    waiting = [from, until];
    show(...waiting);
    timer ||= setTimeout(commit, WAIT);
  };
  const show = (from: number, until: number): void => {
    const left = from <= first ? 0 : shareOf(bins, from), right = until >= last ? 1 : shareOf(bins, until + 1);
    span.style.insetInlineStart = `${left * 100}%`;
    span.style.inlineSize = `${Math.max(0, right - left) * 100}%`;
    low.style.insetInlineStart = `${left * 100}%`;
    high.style.insetInlineStart = `${right * 100}%`;
    for (const [knob, day] of [[low, from], [high, until]] as const) {
      knob.setAttribute("aria-valuenow", String(day));
      knob.setAttribute("aria-valuetext", date(day));
    }
    say(from, until);
  };
  const say = (from: number, until: number): void => {
    const whole = from <= first && until >= last;
    put(told, whole ? `All dates: ${shortDate(first)} to ${shortDate(last)}` : `${shortDate(from)} to ${shortDate(until)}`);
  };

  // the pointer: a handle moves its end, elsewhere a new span is drawn
  let anchor: { edge: number } | { bar: number } | null = null;
  const place = (event: PointerEvent): number => {
    const box = plot.getBoundingClientRect();
    return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)) * bars;
  };
  const drag = (event: PointerEvent): void => {
    if (!anchor) return;
    const at = place(event);
    let from: number, to: number;
    if ("edge" in anchor) {
      const edge = Math.round(at);
      [from, to] = edge === anchor.edge ? (at < edge || edge === bars ? [edge - 1, edge] : [edge, edge + 1]) : [Math.min(edge, anchor.edge), Math.max(edge, anchor.edge)];
    } else {
      const bar = Math.min(bars - 1, Math.floor(at));
      [from, to] = [Math.min(bar, anchor.bar), Math.max(bar, anchor.bar) + 1];
    }
    ask(fromEdge(from), untilEdge(to));
  };
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const [from, until] = range();
    if (event.target === low) anchor = { edge: edgeOf(until + 1) };
    else if (event.target === high) anchor = { edge: edgeOf(from) };
    else {
      anchor = { bar: Math.min(bars - 1, Math.floor(place(event))) };
      drag(event);
    }
    plot.setPointerCapture(event.pointerId);
  });
  plot.addEventListener("pointermove", (event) => {
    if (anchor) drag(event);
    else {
      const bar = Math.min(bars - 1, Math.floor(place(event)));
      const some = now[bar] !== all[bar] ? `${count(now[bar] ?? 0)} of ` : "";
      const beyond = bar === 0 && earlier ? " and earlier" : bar === bars - 1 && later ? " and later" : "";
      put(told, `${spanName(bins, bar)}${beyond}: ${some}${counted(all[bar] ?? 0, plural.replace(/ies$/, "y").replace(/s$/, ""), plural)}`);
    }
  });
  const done = (): void => {
    anchor = null;
    if (timer) clearTimeout(timer);
    commit();
  };
  plot.addEventListener("pointerup", done);
  plot.addEventListener("pointercancel", done);
  plot.addEventListener("pointerleave", () => anchor ?? say(...range()));

  const keys = (event: KeyboardEvent): void => {
    const [from, until] = waiting ?? range();
    const isLow = event.currentTarget === low;
    const at = edgeOf(isLow ? from : until + 1);
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 6, PageDown: -6, Home: -bars, End: bars }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const other = edgeOf(isLow ? until + 1 : from);
    const edge = isLow ? Math.max(0, Math.min(at + step, other - 1)) : Math.min(bars, Math.max(at + step, other + 1));
    if (isLow) ask(fromEdge(edge), until);
    else ask(from, untilEdge(edge));
  };
  low.addEventListener("keydown", keys);
  high.addEventListener("keydown", keys);

  const typed = (): void => {
    const [wasFrom, wasUntil] = range();
    const from = lowDate.value.trim() ? (typedDays(lowDate.value)?.[0] ?? wasFrom) : first, until = highDate.value.trim() ? (typedDays(highDate.value)?.[1] ?? wasUntil) : last;
    store.filter({ from: from <= first ? null : from, until: until >= last ? null : until });
  };
  for (const input of [lowDate, highDate]) {
    input.addEventListener("change", typed);
    input.addEventListener("input", () => {
      if (/^\d{4}-\d{2}-\d{2}$/.test(input.value.trim())) typed(); // nothing can follow a whole day
    });
    input.addEventListener("blur", () => dates(...range()));
    input.addEventListener("keydown", (event) => {
      if (event.key === "Enter") input.select();
    });
  }
  const dates = (from: number, until: number): void => {
    const focused = focusedIn(element);
    if (focused !== lowDate) lowDate.value = isoDay(from);
    if (focused !== highDate) highDate.value = isoDay(until);
  };
  return {
    element,
    update: () => {
      const { filters } = store.state;
      const result = filterNodes(graph, filters);
      now = tally((node) => result.pass[node] === 1);
      front.setAttribute("d", outline(now));
      if (!waiting) show(...range());
      dates(...range());
      put(undated, result.undated ? `${counted(result.undated, "thing")} without a date ${result.undated === 1 ? "is" : "are"} left out.` : "");
    },
    destroy: () => clearTimeout(timer),
  };
}
