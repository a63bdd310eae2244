/** One event in a list: date, label, amount, status, and how many report it. */

import type { App } from "../core/app.js";
import { backing } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { date, money, words } from "../core/format.js";
import { expandableList } from "./expandable_list.js";
import { nodeButton } from "./node_button.js";

/** "$180M" or "". */
export function amountOf(app: App, event: number): string {
  const place = app.graph.eventPlace(event);
  const amount = app.graph.core.events.amount[place] ?? null;
  return amount === null ? "" : money(amount, app.graph.core.events.currency[place] ?? null);
}

export function statusOf(app: App, event: number): string {
  const { core } = app.graph;
  return words(core.statuses[core.events.status[app.graph.eventPlace(event)] as number] ?? "");
}

export function eventItem(app: App, event: number): HTMLElement {
  const { nodes } = app.graph.core;
  const day = nodes.day[event] ?? null;
  const amount = amountOf(app, event);
  return h("div", { class: "ng-line" },
    h("p", { class: "ng-d-meta" }, day === null ? "No date" : date(day)),
    nodeButton(app, event),
    h("p", { class: "ng-d-meta" },
      amount ? h("strong", {}, `${amount} · `) : null,
      `${statusOf(app, event)} · ${backing(nodes.articles[event] ?? 0, nodes.origins[event] ?? 0)}`),
  );
}

/** Latest first, undated last, 10 at a time. */
export function eventList(app: App, events: readonly number[]): HTMLElement {
  const days = app.graph.core.nodes.day;
  const sorted = [...events].sort((one, other) => (days[other] ?? -Infinity) - (days[one] ?? -Infinity) || one - other);
  return expandableList(sorted, (event) => h("li", {}, eventItem(app, event)), 10, { class: "ng-d-list ng-d-time" });
}
