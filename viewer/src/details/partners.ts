/** Who a company deals with: how the two are connected, and in how many events and articles. */

import type { App } from "../core/app.js";
import { h } from "../core/dom.js";
import { counted } from "../core/format.js";
import { expandableList } from "./expandable_list.js";
import { evidenceButton, nodeButton } from "./node_button.js";
import { nothing, section } from "./section.js";

/** Kinds that deal with others; people, products and places are what an event is about. */
const PARTIES: ReadonlySet<string> = new Set(["company", "organisation"]);

interface Partner {
  other: number;
  /** "invested in", "was acquired by" or "in the same event as". */
  how: string[];
  events: Set<number>;
}

/** Other parties of a node's events, those with shortcut edges by their verbs; most events first. */
function partnersOf(app: App, node: number): Partner[] {
  const { graph } = app;
  const numbers = app.numbers();
  const found = new Map<number, Partner>();
  const at = (other: number): Partner => {
    const known = found.get(other) ?? { other, how: [], events: new Set<number>() };
    found.set(other, known);
    return known;
  };
  graph.eachEdge(node, (edge, other, outgoing) => {
    const group = graph.group(edge);
    if (!group.event || !numbers.passes(other) || !numbers.holds(edge)) return;
    const partner = at(other);
    const how = outgoing || !group.directed ? group.label : group.inverse;
    if (!partner.how.includes(how)) partner.how.push(how);
    const event = group.event[graph.placeOf(edge)];
    if (event !== undefined && event >= 0) partner.events.add(event);
  });
  for (const event of numbers.left(graph.across(node, "actor", "in"))) {
    for (const other of numbers.left(graph.across(event, "actor", "out"))) if (other !== node && PARTIES.has(graph.kind(other).name)) at(other).events.add(event);
  }
  return [...found.values()].sort((one, other) => other.how.length - one.how.length || other.events.size - one.events.size || one.other - other.other);
}

export function partners(app: App, node: number): HTMLElement {
  const found = partnersOf(app, node);
  return section("Partners", found.length || null,
    found.length
      ? expandableList(found, ({ other, how, events }) => h("li", { class: "ng-line" },
          h("p", { class: "ng-d-meta" }, how.join(", ") || "in the same event as"),
          nodeButton(app, other), " ",
          evidenceButton(app, node, other, `${counted(events.size, "event")}: show the evidence`)), 8)
      : nothing(app.graph.core.help.alone),
  );
}

/** What the same articles name, of one kind, with the number of those articles; most first. */
export function companions(app: App, node: number, together: ReadonlyMap<number, number>, kind: string): HTMLElement | null {
  const found = listed(app, node, together, kind);
  return found && section(found.title, found.many, found.list);
}

/** The same of several kinds, as one section. */
export function companionsOfKinds(app: App, node: number, together: ReadonlyMap<number, number>, kinds: readonly string[]): HTMLElement | null {
  const found = kinds.map((kind) => listed(app, node, together, kind)).filter((one) => one !== null);
  return found.length ? section("In the same articles", null, found.flatMap((one) => [h("h4", {}, one.title), one.list])) : null;
}

function listed(app: App, node: number, together: ReadonlyMap<number, number>, kind: string): { title: string; many: number; list: HTMLElement } | null {
  const info = app.graph.kindNamed(kind);
  const found = [...together].filter(([other]) => app.graph.kind(other).name === kind).sort((one, other) => other[1] - one[1] || one[0] - other[0]);
  if (!info || !found.length) return null;
  const row = ([other, many]: [number, number]): HTMLElement => h("li", {}, nodeButton(app, other), evidenceButton(app, node, other, counted(many, "article")));
  return { title: info.plural, many: found.length, list: expandableList(found, row, 5, { class: "ng-d-rows" }) };
}
