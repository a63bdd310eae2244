/** The timeline view: events and articles in lanes, by day. */

import type { App, Part } from "../core/app.js";
import { button, h, oneLine, put } from "../core/dom.js";
import { dayWords, NO_DAY } from "../core/event_words.js";
import { count, counted, dates } from "../core/format.js";
import { RovingFocus } from "../core/roving_focus.js";
import { ruler, type Ruler } from "../core/text_measure.js";
import { filterNodes } from "../data/filter_mask.js";
import { LANES, type Filters, type LaneKind, type State } from "../data/state.js";
import { dayAt, LEAST, within, zoomed, type DaySpan } from "./axis.js";
import { articleDays, initialSpan, lanesOf, remarks, visibleLanes, wholeSpan, type Lane, type Lanes } from "./lanes.js";
import { makePlayer } from "./player.js";
import { listenToTimeline } from "./timeline_gestures.js";
import { drawTimeline, legend, describeMark, type Timeline } from "./timeline_svg.js";

const SETTLED = 250; // milliseconds from the last movement until the address is changed
const LISTED = 200;
const BY: Readonly<Record<LaneKind, string>> = { company: "Companies", story: "Stories", topic: "Topics", type: "Types of events" };

/** Events and articles by time: of the chosen thing and its partners, or of the most reported things. */
export function makeTimeline(app: App): Part {
  const { graph, store } = app;
  const title = h("h2", { dir: "auto" });
  const all = button("Show all", () => app.choose(null));
  const by = LANES.filter((lanes) => lanes === "type" ? graph.core.eventTypes.length > 0 : graph.range(lanes)[1] > graph.range(lanes)[0]).map((lanes) =>
    h("button", { type: "button", class: "ng-button", "data-by": lanes, onclick: () => store.change({ timeline: { lanes } }, false) }, `By ${lanes}`));
  const tool = (label: string, name: string, act: () => void): HTMLElement => h("button", { type: "button", class: "ng-button", "aria-label": name, title: name, onclick: act }, label);
  const play = h("button", { type: "button", class: "ng-button", "aria-pressed": "false", title: graph.core.help.play, onclick: () => player.toggle() }, "Play");
  const player = makePlayer(() => everything, () => span, (next) => {
    move(next);
    settle();
  }, (playing) => {
    put(play, playing ? "Stop" : "Play");
    play.setAttribute("aria-pressed", String(playing));
  });
  const tools = h("div", { class: "ng-tools", role: "group", "aria-label": "Timeline" },
    h("div", { class: "ng-titled" }, title, all), h("div", { class: "ng-choice", role: "group", "aria-label": "Lanes" }, by),
    h("div", { class: "ng-choice", role: "group", "aria-label": "Dates" },
      tool("←", "Earlier", () => pan(-0.5)), tool("→", "Later", () => pan(0.5)), tool("−", "Zoom out", () => zoom(2, 0.5)), tool("+", "Zoom in", () => zoom(0.5, 0.5)),
      tool("All dates", "All dates", showAll), play));
  const readout = h("p", { class: "ng-readout", dir: "auto" });
  const plot = h("div", { class: "ng-lanes" });
  const list = h("section", { class: "ng-binned", hidden: true });
  const note = h("p", { class: "ng-remark" });
  const undated = h("details", { class: "ng-undated-events", hidden: true });
  const body = h("div", { class: "ng-body" }, plot, list, note, undated, legend(graph));
  const element = h("div", { class: "ng-timeline" }, tools, readout, body);

  /** Whose timeline it is: the chosen thing, but a mark that is pressed does not change the lanes it lies in. */
  let subject = -1;
  let known = -2;
  let pressed = -1;
  let lanes: Lanes = { lanes: [], chain: false, left: 0, undated: { events: [], articles: [] } };
  let visible: Lane[] = [];
  /** Whether all dates were asked for: at first a few strays are left out. */
  let whole = false;
  let days = new Int32Array(0);
  let everything: DaySpan = { from: 0, until: LEAST };
  let span: DaySpan = everything;
  let drawn: Timeline | null = null;
  let rule: Ruler | null = null;
  let frame = 0;
  let timer = 0;
  let made = "";
  const rovingFocus = new RovingFocus(plot, true, (key) => {
    if (key !== "ArrowLeft" && key !== "ArrowRight") return false;
    const before = span;
    pan(key === "ArrowLeft" ? -0.25 : 0.25);
    return span !== before;
  });
  listenToTimeline(plot, { zoom, pan, plot: () => ({ left: drawn?.left ?? 0, width: drawn?.width ?? 1 }) });
  for (const name of ["pointerover", "focusin"]) plot.addEventListener(name, (event) => tell(event.target));
  plot.addEventListener("pointerleave", () => tell(null));
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (!list.hidden) closeList();
    else if (subject >= 0 || app.chosen() >= 0) app.choose(null);
    event.preventDefault();
  });

  function tell(target: EventTarget | null): void {
    const mark = drawn?.marks.find((one) => one.element.contains(target as Node | null));
    readout.textContent = mark?.says ?? dates(Math.floor(span.from), Math.ceil(span.until) - 1);
  }

  function zoom(factor: number, share: number): void {
    player.stop();
    move(zoomed(span, factor, dayAt(share, span, 1), everything));
  }

  function pan(share: number): void {
    const by = share * (span.until - span.from);
    move(within({ from: span.from + by, until: span.until + by }, everything));
  }

  function showAll(): void {
    player.stop();
    whole = true;
    if (store.state.filters.from === null && store.state.filters.until === null) render(store.state);
    else store.filter({ from: null, until: null });
  }

  /** Show other days at once, and filter by them when the movement is over. */
  function move(next: DaySpan): void {
    if (next.from === span.from && next.until === span.until) return;
    span = next;
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      draw();
    });
    clearTimeout(timer);
    timer = window.setTimeout(settle, SETTLED);
  }

  /** The days shown are those of the filter, so that all views count the same. */
  function settle(): void {
    clearTimeout(timer);
    whole = span.from <= everything.from && span.until >= everything.until;
    if (whole) store.filter({ from: null, until: null });
    else store.filter({ from: Math.floor(span.from), until: Math.ceil(span.until) - 1 });
  }

  function open(nodes: readonly number[]): void {
    const { day } = graph.core.nodes;
    const [first] = nodes as [number];
    if (nodes.length === 1) {
      pressed = first;
      app.choose(first);
      return;
    }
    const from = day[first] as number;
    const until = (day[nodes.at(-1) as number] as number) + 1;
    if (until - from > 1 && span.until - span.from > LEAST) {
      const pad = Math.max((until - from) * 0.1, (LEAST - until + from) / 2, 0.2);
      move(within({ from: from - pad, until: until + pad }, everything));
      app.say(describeMark(graph, nodes));
    } else openList(nodes);
  }

  function openList(nodes: readonly number[]): void {
    const heading = h("h3", { tabindex: -1 }, describeMark(graph, nodes));
    put(list, heading, button("Close", closeList),
      buttons(nodes));
    list.hidden = false;
    heading.focus();
    list.scrollIntoView({ block: "nearest" });
  }

  /** Things to choose without leaving the lanes, with the day where it is not that of all. */
  function buttons(nodes: readonly number[]): (HTMLElement | null)[] {
    const several = new Set(nodes.map((node) => dayWords(graph, node))).size > 1;
    const label = (node: number): string => oneLine(graph.label(node), 160) + (several ? `, ${dayWords(graph, node) || NO_DAY}` : "");
    return [
      h("ul", {}, nodes.slice(0, LISTED).map((node) => h("li", {}, h("button", { type: "button", dir: "auto", onclick: () => { pressed = node; app.choose(node); } }, label(node))))),
      nodes.length > LISTED ? h("p", {}, `And ${count(nodes.length - LISTED)} more: the table lists all.`) : null,
    ];
  }

  /** Events without a day are on no lane, but can be chosen here. */
  function listUndated(): void {
    const { events } = lanes.undated;
    undated.hidden = !events.length;
    put(undated, h("summary", {}, `${counted(events.length, "event")} ${graph.core.help.dayless}`), buttons(events));
  }

  function closeList(): void {
    if (list.contains(document.activeElement)) rovingFocus.focus();
    list.hidden = true;
  }

  /** What the lanes hold; made anew only when what is shown has changed. */
  function gather(): void {
    const by = store.state.timeline.lanes;
    const { filters } = store.state;
    const key = JSON.stringify([subject, by, filters]);
    if (key === made) return;
    made = key;
    const mask = (asked: Filters): Uint8Array => filterNodes(graph, { ...asked, kinds: asked.kinds ?? graph.core.kinds.map((kind) => kind.name) }).mask;
    const wide = mask({ ...filters, from: null, until: null });
    lanes = lanesOf(graph, subject, by, { numbers: app.numbers(), shown: mask(filters), wide });
    days = articleDays(graph, wide);
    everything = wholeSpan(graph, lanes, days);
    listUndated();
    list.hidden = true;
  }

  function draw(): void {
    rule ??= ruler(body);
    const focused = drawn?.marks.find((mark) => mark.element === document.activeElement);
    const room = { wide: body.clientWidth || 800, tall: body.clientHeight - (body.lastElementChild as HTMLElement).offsetHeight };
    drawn = drawTimeline(graph, { lanes: visible, chain: lanes.chain, days, span, chosen: app.chosen() }, room, rule, { open, lane: (node) => (graph.isArticle(node) ? open([node]) : app.choose(node)) });
    put(plot, visible.length || days.length ? drawn.svg : h("p", { class: "ng-start" }, graph.core.help.dateless));
    const same = focused ? drawn.marks.findIndex((mark) => mark.column === focused.column && (focused.nodes.length ? mark.nodes.includes(focused.nodes[0] as number) : !mark.nodes.length)) : -1;
    const near = focused && same < 0 ? drawn.marks.findIndex((mark) => mark.column === focused.column && mark.nodes.length) : same;
    rovingFocus.take(drawn.marks, focused ? Math.max(0, near) : null);
    tell(document.activeElement);
    if (lanes.chain && graph.core.complete && !graph.textsNow) void graph.texts().then(() => element.isConnected && draw()); // by the time of day it is known who was first
    const none = !drawn.marks.some((mark) => mark.nodes.length) && lanes.lanes.length;
    const first = store.state.filters.from === null && !none; // whoever moved or zoomed knows that there is more
    put(note, [none ? graph.core.help.lanes : "", remarks(graph, lanes, first ? span.from : null)].filter(Boolean).join(" "));
  }

  function render(state: State): void {
    const chosen = app.chosen();
    if (chosen !== known && chosen !== pressed) subject = chosen;
    const mark = chosen !== known && chosen === pressed;
    known = chosen;
    pressed = -1;
    if (mark && drawn) {
      // the marks stay, so that the details can give the keyboard back to the one pressed
      for (const one of drawn.marks) one.element.classList.toggle("ng-chosen", one.nodes.includes(chosen));
      return;
    }
    gather();
    title.textContent = subject < 0 ? BY[state.timeline.lanes] : oneLine(graph.label(subject), 60);
    all.hidden = subject < 0;
    for (const button of by) button.setAttribute("aria-pressed", String(button.dataset["by"] === state.timeline.lanes));
    const { from, until } = state.filters;
    if (from !== null || until !== null) whole = false;
    const first = whole ? everything : initialSpan(graph, lanes, days, everything, subject >= 0);
    const asked = from === null && until === null ? first : { from: from ?? everything.from, until: (until ?? everything.until - 1) + 1 };
    // the address holds whole days: it may be what is shown already
    if (Math.floor(span.from) !== asked.from || Math.ceil(span.until) !== asked.until) span = asked.until - asked.from < LEAST ? zoomed(asked, 1, (asked.from + asked.until) / 2, everything) : within(asked, everything);
    visible = visibleLanes(graph, lanes, span);
    draw();
  }

  const shows = (state: State): string => JSON.stringify([state.node, state.timeline, state.filters]);
  return {
    element,
    update: (state, before) => {
      if (state === before || state.node !== before.node || state.timeline !== before.timeline) player.stop();
      if (state === before || shows(state) !== shows(before)) render(state);
    },
    resize: () => {
      rule = null;
      if (drawn) draw();
    },
    destroy: () => {
      player.stop();
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    },
  };
}
