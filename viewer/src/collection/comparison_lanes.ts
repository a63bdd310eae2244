/** Things one below the other on one axis of time: articles by month as bars, events as diamonds. */

import { h, oneLine, s } from "../core/dom.js";
import { dayWords } from "../core/event_words.js";
import { counted, month as monthWords, shortDate } from "../core/format.js";
import { outlineOf } from "../core/kind_icons.js";
import { firstDay, monthNumber } from "../data/calendar.js";
import type { Graph } from "../data/graph.js";
import type { ComparisonFacts } from "./comparison_facts.js";

const LANE = 56, FOOT = 20;
const DAILY = 62; // days

/** Null where nothing is dated. `width` in CSS pixels. */
export function comparisonLanes(graph: Graph, all: readonly ComparisonFacts[], width: number): HTMLElement | null {
  const { day } = graph.core.nodes;
  const days = all.flatMap(({ articles }) => articles).map((node) => day[node]).filter((one): one is number => one != null);
  if (!days.length) return null;
  const [least, most] = days.reduce(([low, high], one) => [Math.min(low, one), Math.max(high, one)], [Infinity, -Infinity]);
  // a short time is counted by days; a part of the time is a day, or a month as years times 12 plus the month from 0
  const daily = most - least < DAILY;
  const partOf = (one: number): number => (daily ? one : monthNumber(one));
  const start = (part: number): number => (daily ? part : firstDay(part));
  const name = (part: number): string => (daily ? shortDate(part) : monthWords(start(part)));
  const [first, last] = [partOf(least), partOf(most) + 1];
  const x = (one: number): number => ((one - start(first)) / (start(last) - start(first))) * width;
  const parts = all.map(({ articles }) => {
    const counts = new Map<number, number>();
    for (const article of articles) if (day[article] != null) counts.set(partOf(day[article] as number), (counts.get(partOf(day[article] as number)) ?? 0) + 1);
    return counts;
  });
  const highest = Math.max(...parts.flatMap((counts) => [...counts.values()]));
  const lanes = all.flatMap(({ node, events }, at) => {
    const base = (at + 1) * LANE - 4;
    const bars = [...(parts[at] as Map<number, number>)].map(([part, count]) => {
      const high = Math.max(2, (count / highest) * (LANE - 26));
      return s("rect", { class: "ng-q-bar", x: x(start(part)) + 0.5, y: base - high, width: Math.max(1.5, x(start(part + 1)) - x(start(part)) - 1), height: high },
        s("title", {}, `${oneLine(graph.label(node), 60)}, ${name(part)}: ${counted(count, "article")}`));
    });
    const marks = events.filter((event) => day[event] != null && (day[event] as number) >= start(first) && (day[event] as number) < start(last)).map((event) =>
      s("path", { class: "ng-c-event", d: outlineOf(graph, event), "fill-rule": "evenodd", transform: `translate(${x(day[event] as number).toFixed(1)} ${base - LANE + 24}) scale(.75)`, fill: "var(--ng-kind-event)" },
        s("title", {}, `${dayWords(graph, event, true)}: ${graph.label(event)}`)));
    return [s("path", { class: "ng-q-base", d: `M0,${base}H${width}` }), ...bars, ...marks, s("text", { class: "ng-c-name", x: 2, y: base - LANE + 14 }, oneLine(graph.label(node), 48))];
  });
  const step = [1, 2, 3, 6, 12, 24, 60, 120].find((one) => ((last - first) / one) * 84 <= width) ?? 120;
  const ticks = [];
  for (let part = Math.ceil(first / step) * step; part < last; part += step) {
    const at = x(start(part));
    if (at < width - 40) ticks.push(s("text", { class: "ng-q-tick", x: at, y: all.length * LANE + FOOT - 6 }, step >= 12 && !daily ? String(Math.floor(part / 12)) : name(part)));
  }
  const said = all.map(({ node, articles, events }) => `${graph.label(node)}: ${counted(articles.length, "article")}, ${counted(events.length, "event")}`).join("; ");
  return h("figure", { class: "ng-q-bars" }, h("figcaption", {}, `Articles by ${daily ? "day" : "month"}, and events`),
    s("svg", { role: "img", "aria-label": said, viewBox: `-6 0 ${width + 6} ${all.length * LANE + FOOT}`, width: width + 6, height: all.length * LANE + FOOT }, lanes, ticks));
}
