/** How many rows of a list are in each month, or each year where these are many: bars with their numbers. */

import { capital } from "../core/display_names.js";
import { h, s } from "../core/dom.js";
import { counted, month as monthWords } from "../core/format.js";
import { firstDay, monthNumber } from "../data/calendar.js";
import { eventValues } from "../data/event_values.js";
import type { ShownNumbers } from "../data/shown_numbers.js";

const MOST = 60; // months; a longer time is drawn by years
const TAIL = 40; // pixels at the end, for the last label
const HEIGHT = 84, FOOT = 18, HEAD = 16;

/**
 * Months (years times 12 plus the month from 0) with how many of some events or articles are in each, or of other things how many of
 * their articles, each once; ascending.
 */
export function monthCounts(shown: ShownNumbers, kind: string, rows: Int32Array): [number, number][] {
  const { graph } = shown;
  const counts = new Map<number, number>();
  const dated = kind === "event" || kind === "article" ? rows : new Set([...rows].flatMap((row) => shown.articlesOf(row)));
  for (const node of dated) {
    const when = eventValues(graph, node)?.when;
    const day = when && when.length < 7 ? null : (graph.core.nodes.day[node] ?? null); // of an event of some year the month is not known
    if (day === null) continue;
    const month = monthNumber(day);
    counts.set(month, (counts.get(month) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => one[0] - other[0]);
}

/** Null where everything is in one month. `months` are those of `monthCounts`, `all` how many are counted; `room` is how many pixels there are. */
export function monthBars(months: readonly (readonly [number, number])[], all: number | null, one: string, many: string, room: number): HTMLElement | null {
  const [first, last] = [months[0]?.[0], months.at(-1)?.[0]];
  if (first === undefined || last === undefined || first === last) return null;
  const years = last - first >= MOST;
  const counts = new Map<number, number>();
  for (const [month, count] of months) counts.set(years ? Math.floor(month / 12) : month, (counts.get(years ? Math.floor(month / 12) : month) ?? 0) + count);
  const [from, to] = years ? [Math.floor(first / 12), Math.floor(last / 12)] : [first, last];
  const most = Math.max(...counts.values());
  const step = Math.max(7, Math.min(44, Math.floor(Math.min(720, room - TAIL) / (to - from + 1))));
  const width = step * (to - from + 1);
  const name = (place: number): string => (years ? String(place) : monthWords(firstDay(place)));
  const bars = [];
  const wide = Math.ceil((years ? 34 : 62) / step); // bars to a label
  for (let place = from; place <= to; place++) {
    const count = counts.get(place) ?? 0;
    const high = (count / most) * (HEIGHT - FOOT - HEAD);
    const left = (place - from) * step;
    bars.push(s("g", {},
      s("title", {}, `${name(place)}: ${counted(count, one, many)}`),
      s("rect", { x: left, y: 0, width: step, height: HEIGHT - FOOT, fill: "transparent" }),
      s("rect", { class: "ng-q-bar", x: left + 1, y: HEIGHT - FOOT - high, width: Math.max(1, step - 2), height: high }),
      count && step >= 14 ? s("text", { class: "ng-q-count", x: left + step / 2, y: HEIGHT - FOOT - high - 4, "text-anchor": "middle" }, count) : null,
      (place - from) % wide === 0 && left + wide * step <= width + step * wide * 0.6 ? s("text", { class: "ng-q-tick", x: left, y: HEIGHT - 4 }, name(place)) : null));
  }
  const told = [...counts].map(([place, count]) => `${name(place)} ${count}`).join(", ");
  const undated = all === null ? 0 : all - months.reduce((sum, [, count]) => sum + count, 0);
  return h("figure", { class: "ng-q-bars" },
    h("figcaption", {}, `${capital(many)} by ${years ? "year" : "month"}${undated ? `, ${undated} without a month` : ""}`),
    s("svg", { role: "img", "aria-label": told, viewBox: `0 0 ${width + TAIL} ${HEIGHT}`, width: width + TAIL, height: HEIGHT }, bars, s("path", { class: "ng-q-base", d: `M0,${HEIGHT - FOOT}H${width}` })));
}
