/** One event in a list: when, its type, label, amount, status, and how many report it. */

import type { App } from "../core/app.js";
import { h } from "../core/dom.js";
import { amountWords, dayWords, KNOWN_BEFORE, NO_DAY } from "../core/event_words.js";
import { words } from "../core/format.js";
import { eventValues } from "../data/event_values.js";
import { expandableList } from "./expandable_list.js";
import { nodeButton } from "./node_button.js";
import { standing } from "./standing.js";
import { section } from "./section.js";

/** "$180M" or "". */
export function amountOf(app: App, event: number): string {
  const values = eventValues(app.graph, event);
  return values ? amountWords(values) : "";
}

/** `roles` are those that a thing has in the event, where the list is its own; such a list has what was known before apart. */
export function eventItem(app: App, event: number, roles: readonly string[] = []): HTMLElement {
  const { graph } = app;
  const values = eventValues(graph, event);
  const amount = amountOf(app, event);
  const when = dayWords(graph, event) || NO_DAY.replace(/^n/, "N");
  return h("div", { class: "ng-line" },
    h("p", { class: "ng-d-meta" }, [when, values?.type.short, values?.background && !roles.length ? KNOWN_BEFORE : ""].filter(Boolean).join(" · ")),
    nodeButton(app, event),
    h("p", { class: "ng-d-meta" },
      roles.length ? h("strong", {}, `as ${roles.join(" and ")} · `) : null,
      amount ? h("strong", {}, `${amount} · `) : null,
      [words(values?.status ?? ""), standing(app, event), values?.disputed ? "sources disagree" : ""].filter(Boolean).join(" · ")),
  );
}

/** Latest first, undated last, 10 at a time. */
export function eventList(app: App, events: readonly number[], roles: ReadonlyMap<number, readonly string[]> = new Map()): HTMLElement {
  const days = app.graph.core.nodes.day;
  const sorted = [...events].sort((one, other) => (days[other] ?? -Infinity) - (days[one] ?? -Infinity) || one - other);
  return expandableList(sorted, (event) => h("li", {}, eventItem(app, event, roles.get(event))), 10, { class: "ng-d-list ng-d-time" });
}

/** The events in which a node has a role, with the role; what the articles only recall has a section of its own. */
export function roleSections(app: App, node: number): HTMLElement[] {
  const roles = app.graph.rolesAt(node);
  const [news, known]: [number[], number[]] = [[], []];
  for (const event of app.numbers().left([...roles.keys()])) (eventValues(app.graph, event)?.background ? known : news).push(event);
  return ([["Events", news], ["Events known from before", known]] as const)
    .filter(([, events]) => events.length)
    .map(([title, events]) => section(title, events.length, eventList(app, events, roles)));
}
