/** The timeline as SVG elements: a histogram of all articles, dates along it, and a lane of marks for each thing. */

import { h, oneLine, s } from "../core/dom.js";
import { amountWords, dayWords, KNOWN_BEFORE } from "../core/event_words.js";
import { count, counted, month, shortDate, words } from "../core/format.js";
import { kindIcon, outlineIcon, outlineOf } from "../core/kind_icons.js";
import type { FocusItem } from "../core/roving_focus.js";
import { accessibleName, wrap, type Ruler } from "../core/text_measure.js";
import { after, DAY, startOf } from "../data/calendar.js";
import { daysOf, eventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import { isFirm } from "../data/neighbours.js";
import { binUnit, xOfDay, ticks, type DaySpan } from "./axis.js";
import { labelRows, type PlacedMark } from "./label_rows.js";
import { isCopy, isKnownFirst, type Lane } from "./lanes.js";

export interface Mark extends FocusItem {
  nodes: readonly number[];
  says: string;
}

export interface TimelineActions {
  open(nodes: readonly number[]): void;
  lane(node: number): void;
}

export interface Timeline {
  svg: SVGSVGElement;
  marks: Mark[];
  /** Where the plot begins and how wide it is, in pixels. */
  left: number;
  width: number;
}

const BARS = 54; // height of the histogram
const TOP = 26;
const LANES = TOP + BARS + 34;
const ROW = 24;
const ROOM = 26; // least pixels between marks
const ROWS = 4; // most rows of one lane's events, or of its articles
const STRIDE = 2 * ROWS + 1; // numbers of rows that a lane takes for the arrow keys: its name and these
const MOST = 1_900; // elements
const PAD = 16;
const FEW = 12; // letters: fewer of a longer text say nothing
const LINES = 3; // of the name of a lane
const LINE = 17;

/** What is drawn: lanes for a span of days. `days` are those of all articles, ascending; `chosen` is the chosen node, -1 where none is. */
export interface TimelineContent {
  lanes: readonly Lane[];
  /** Whether the lanes are the articles of one story: a line leads from each to the next. */
  chain: boolean;
  days: ArrayLike<number>;
  span: DaySpan;
  chosen: number;
}

/** Draw a timeline in a room of some pixels; lanes get more rows where it is tall, so that more is named. */
export function drawTimeline(graph: Graph, { lanes, chain, days, span, chosen }: TimelineContent, { wide, tall }: { wide: number; tall: number }, rule: Ruler, acts: TimelineActions): Timeline {
  const beside = wide >= 560;
  const names = Math.max(0, ...lanes.map((lane) => rule.width(laneName(lane)) + 34));
  const left = (beside ? Math.min(names, 300, wide * 0.3) : 0) + PAD;
  const width = Math.max(120, wide - left - PAD - 4);
  const rowsOf = (nodes: readonly number[], most: number, room: number): PlacedMark[][] => labelRows(nodes, graph.core.nodes.day, span, width, most, room);
  const nameRoom = beside ? left - PAD - 16 : wide - 32;
  const titles = lanes.map((lane) => wrap(laneName(lane), nameRoom, LINES, rule));
  /** The height of a lane with so many rows of marks, beside or below the lines of its name. */
  const heightOf = (at: number, rows: number): number => {
    const name = (titles[at] as string[]).length * LINE;
    return (beside ? Math.max(rows * ROW, name) : rows * ROW + name + 5) + 10;
  };
  const tallWith = (most: number): number => lanes.reduce((sum, lane, at) => sum + heightOf(at, [lane.events, lane.articles].reduce((rows, nodes) => rows + rowsOf(nodes, most, ROOM).length, 0)), LANES + 8);
  let most = chain ? 1 : ROWS;
  while (most > 1 && tallWith(most) > tall) most--;
  for (let room = ROOM; ; room *= 1.5) {
    const made = attempt(room);
    if (made.svg.querySelectorAll("*").length <= MOST || room > 200) return made;
  }

  function attempt(room: number): Timeline {
    const marks: Mark[] = [];
    const body: SVGElement[] = [];
    const steps: [number, number][] = [];
    let y = LANES;
    lanes.forEach((lane, at) => {
      const kinds = [lane.events, lane.articles].filter((nodes) => nodes.length).map((nodes) => ({ rows: rowsOf(nodes, most, room) })).filter(({ rows }) => rows.length);
      const rows = Math.max(1, kinds.reduce((sum, { rows }) => sum + rows.length, 0));
      const height = heightOf(at, rows);
      const group = s("g", { role: "group", "data-node": lane.node, "aria-label": `${oneLine(lane.label, 80)}: ${counted(lane.shown.events, "event")}, ${counted(lane.shown.articles, "article")}` });
      group.append(s("line", { class: "ng-rule", x1: 0, x2: wide, y1: y, y2: y }));
      group.append(name(lane, at, beside ? y + height / 2 : y + 7 + ((titles[at] as string[]).length * LINE) / 2, marks));
      let middle = y + (beside ? (height - rows * ROW) / 2 : height - rows * ROW - 5) + ROW / 2;
      kinds.flatMap(({ rows }) => rows).forEach((row, number) => {
        for (const mark of row) group.append(...markOf(mark, middle, at * STRIDE + 1 + number, marks));
        middle += ROW;
      });
      body.push(group);
      if (chain && !lane.own && lane.articles[0] !== undefined) steps.push([left + xOfDay((graph.core.nodes.day[lane.articles[0]] as number) + 0.5, span, width), middle - ROW]);
      y += height;
    });
    const dates = ticks(span, width);
    const grid = dates.flatMap(({ day, label, strong }) => {
      const x = left + xOfDay(day, span, width);
      const text = s("text", { class: strong ? "ng-date ng-strong" : "ng-date", x: x + 4, y: TOP + BARS + 16 }, label);
      return [s("line", { class: strong ? "ng-grid ng-strong" : "ng-grid", x1: x, x2: x, y1: TOP, y2: Math.max(y, LANES) }), x + 4 + rule.width(label) > wide ? null : text];
    });
    const svg = s("svg", { class: "ng-time", role: "group", "aria-label": graph.core.help.timeline, width: wide, height: y + 8, viewBox: `0 0 ${wide} ${y + 8}` },
      grid, histogram(days, span, left, width, rule), steps.length > 1 ? s("path", { class: "ng-steps", d: steps.map(([x, top], at) => (at ? `V${top}H${x.toFixed(1)}` : `M${x.toFixed(1)},${top}`)).join("") }) : null, body);
    return { svg, marks, left, width };
  }

  function button(element: SVGElement, column: number, x: number, nodes: readonly number[], says: string, marks: Mark[], press: () => void): SVGElement {
    for (const [key, value] of [["role", "button"], ["tabindex", "-1"], ["aria-label", says]] as const) element.setAttribute(key, value);
    marks.push({ element, column, y: x, nodes, says, press });
    return element;
  }

  /** The name of a lane on its lines, of which the middle is at `y`. */
  function name(lane: Lane, at: number, y: number, marks: Mark[]): SVGElement {
    const lines = titles[at] as string[];
    const half = (lines.length * LINE) / 2;
    const text = s("text", { class: "ng-lane", x: 16 }, lines.map((line, number) => s("tspan", { x: 16, y: y - half + (number + 0.5) * LINE }, `${line} `)));
    if (lane.own || lane.node < 0) return text;
    return button(s("g", { class: "ng-laneof" }, s("rect", { class: "ng-hit", x: 10, y: y - half - 4, width: Math.min(nameRoom, Math.max(...lines.map((line) => rule.width(line))) + 12), height: 2 * half + 8, rx: 4 }), text),
      at * STRIDE, 0, [], accessibleName(lines.join(" "), `${laneName(lane)}: ${chain ? "show the article" : "show its own timeline"}`), marks, () => acts.lane(lane.node));
  }

  /** The name of a lane; of a chain, who was first, if that is known, and whose text is a copy. */
  function laneName(lane: Lane): string {
    if (!chain || lane.own) return lane.label;
    return `${isKnownFirst(graph, lane.node) ? "First: " : ""}${lane.label}${isCopy(graph, lane.node) ? " (copy)" : ""}`;
  }

  function markOf(cluster: PlacedMark, y: number, column: number, marks: Mark[]): SVGElement[] {
    const [first] = cluster.nodes as [number];
    const kind = graph.kind(first);
    const x = left + cluster.x;
    const paint = `var(--ng-kind-${kind.name})`;
    const firm = cluster.nodes.some((node) => isFirm(graph, node));
    const state = `${firm ? "ng-firm" : "ng-hollow"}${cluster.nodes.includes(chosen) ? " ng-chosen" : ""}`;
    const act = (): void => acts.open(cluster.nodes);
    if (cluster.nodes.length === 1) {
      const cut = graph.eventPlace(first) >= 0 ? " ng-cut" : "";
      const mark = s("path", { class: `ng-tick ${state}${cut}`, d: outlineOf(graph, first), "fill-rule": "evenodd", transform: `translate(${x.toFixed(1)} ${y}) scale(${kind.shape === "dot" ? 1.4 : 1})`, fill: firm ? paint : null, stroke: paint });
      return [...period(first, x, y, paint), button(mark, column, x, cluster.nodes, describeMark(graph, cluster.nodes), marks, act), ...said(graph.label(first), cluster, x, y, act)];
    }
    const many = cluster.nodes.length < 1000 ? String(cluster.nodes.length) : `${Math.round(cluster.nodes.length / 1000)}k`;
    const group = s("g", { class: `ng-tick ng-bin ${state}` },
      s("rect", { x: (x - 12).toFixed(1), y: y - 9, width: 24, height: 18, rx: 9, stroke: paint }),
      s("text", { x: x.toFixed(1), y, "text-anchor": "middle" }, many));
    const best = cluster.nodes.reduce((one, other) => ((graph.core.nodes.articles[other] ?? 0) > (graph.core.nodes.articles[one] ?? 0) ? other : one));
    return [button(group, column, x, cluster.nodes, accessibleName(many, describeMark(graph, cluster.nodes)), marks, act), ...said(`${graph.label(best)} …`, cluster, x, y, act)];
  }

  /** What a mark stands for, beside it where there is room; the mark says it to screen readers. */
  function said(label: string, { nodes, room, leftward }: PlacedMark, x: number, y: number, act: () => void): SVGElement[] {
    const words = room > 0 ? rule.fit(label, room, true) : "";
    const at = x + (nodes.length > 1 ? 16 : 11) * (leftward ? -1 : 1);
    return [...words].length < (words === label ? 6 : FEW) ? [] : [s("text", { class: "ng-words", x: at.toFixed(1), y, "text-anchor": leftward ? "end" : null, "aria-hidden": "true", onclick: act }, words)];
  }

  /** A line from the mark to the end of its month or year, where no day is known. */
  function period(node: number, x: number, y: number, paint: string): SVGElement[] {
    const [first, last] = daysOf(graph, node) as [number, number];
    const end = left + Math.min(width, xOfDay(last + 1, span, width));
    return last > first && end > x ? [s("path", { class: "ng-period", d: `M${x.toFixed(1)},${y + 10}H${end.toFixed(1)}`, stroke: paint })] : [];
  }
}

/** A mark in words, in one line. */
export function describeMark(graph: Graph, nodes: readonly number[]): string {
  const [first] = nodes as [number];
  const last = nodes.at(-1) as number;
  const { articles } = graph.core.nodes;
  const [from, until] = [dayWords(graph, first, true), dayWords(graph, last, true)];
  const when = from === until ? dayWords(graph, first) : `${from} to ${until}`;
  const kind = graph.kind(first);
  if (nodes.length > 1) return `${count(nodes.length)} ${kind.plural.toLowerCase()}, ${when}`;
  const parts = [oneLine(graph.label(first), 120), when];
  const event = eventValues(graph, first);
  if (event) parts.push(event.background ? KNOWN_BEFORE : "", words(event.status), amountWords(event), `in ${counted(articles[first] ?? 1, "article")}`);
  return `${kind.label}: ${parts.filter(Boolean).join(", ")}`;
}

function histogram(days: ArrayLike<number>, span: DaySpan, left: number, width: number, rule: Ruler): SVGElement {
  const name = binUnit(span, width, 5);
  const bars = new Map<number, number>();
  let total = 0;
  for (let at = 0; at < days.length; at++) {
    const day = days[at] as number;
    if (day + 1 <= span.from || day >= span.until) continue;
    const start = startOf(name, day);
    bars.set(start, (bars.get(start) ?? 0) + 1);
    total++;
  }
  const most = Math.max(0, ...bars.values());
  const best = [...bars].find(([, value]) => value === most)?.[0];
  const day = best === undefined ? "" : name === "day" || name === "week" ? shortDate(best) : name === "year" ? String(new Date(best * DAY).getUTCFullYear()) : month(best);
  const told = total ? `All articles by ${name}: ${count(total)} here, at most ${count(most)} (${day})` : "No articles in these dates";
  return s("g", { role: "img", "aria-label": told },
    s("text", { class: "ng-date", x: left, y: 13 }, rule.fit(told, width, true)),
    [...bars].map(([start, value]) => {
      const from = Math.max(0, xOfDay(start, span, width));
      const to = Math.min(width, xOfDay(after(name, start), span, width));
      const height = Math.max(2, (value / most) * BARS);
      return s("rect", { class: "ng-bar", x: (left + from).toFixed(1), y: (TOP + BARS - height).toFixed(1), width: Math.max(1, Math.min(40, to - from - 1)).toFixed(1), height: height.toFixed(1) });
    }),
    s("line", { class: "ng-rule", x1: left, x2: left + width, y1: TOP + BARS, y2: TOP + BARS }));
}

/** What the shapes mean. */
export function legend(graph: Graph): HTMLElement {
  const { help } = graph.core;
  const event = graph.kindNamed("event");
  const article = graph.kindNamed("article");
  const hollow = event && s("svg", { class: "ng-icon", viewBox: "-8 -8 16 16", width: 14, height: 14, "aria-hidden": "true" }, s("path", { d: event.outline, fill: "none", stroke: "var(--ng-kind-event)", "stroke-width": 2 }));
  const coarse = graph.core.events.when.some((when) => when !== null && when.length < 10)
    ? s("svg", { class: "ng-icon", viewBox: "0 -8 26 16", width: 26, height: 14, "aria-hidden": "true" }, s("path", { class: "ng-period", d: "M2,0H24", stroke: "var(--ng-kind-event)" }))
    : null;
  const groups = new Set(graph.core.eventTypes.map((type) => type.group));
  return h("p", { class: "ng-legend" },
    graph.core.eventGroups.filter(({ name }) => groups.has(name)).map(({ label, outline }) => h("span", {}, outlineIcon(outline), label)),
    hollow && h("span", {}, hollow, help.hollow), coarse && h("span", {}, coarse, help.coarse), article && h("span", {}, kindIcon(article), "Article"), h("span", {}, h("b", {}, "14"), help.close));
}
