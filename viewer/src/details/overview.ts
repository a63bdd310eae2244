/** The details while nothing is chosen: the graph at a glance. */

import type { App } from "../core/app.js";
import { h } from "../core/dom.js";
import { counted, date } from "../core/format.js";
import type { Texts } from "../data/texts.js";
import { amountOf } from "./event_item.js";
import { nodeButton } from "./node_button.js";
import { nothing, section } from "./section.js";
import { storyItem } from "./story_item.js";

const LARGEST = 4;
const LATEST = 2;
const LISTED = 5;

/** "565 articles from 52 providers, published from 3 March 2021 to 9 June 2022, cover 53 companies and 10 events." */
export function summary(app: App): string {
  const { core } = app.graph;
  const many = (kind: string): string => {
    const info = core.kinds.find((one) => one.name === kind);
    return info?.count ? counted(info.count, info.label.toLowerCase(), info.plural.toLowerCase()) : "";
  };
  const joined = (parts: string[]): string => (parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? ""));
  const articles = [many("article"), many("provider")].filter(Boolean).join(" from ");
  const [first, past] = app.graph.range("article");
  let [least, most] = [Infinity, -Infinity];
  for (const day of core.nodes.day.slice(first, past)) {
    if (day === null) continue;
    least = Math.min(least, day);
    most = Math.max(most, day);
  }
  const when = most < least ? "" : least === most ? `, published on ${date(least)},` : `, published from ${date(least)} to ${date(most)},`;
  const told = joined(["story", "company", "event"].map(many).filter(Boolean));
  if (!articles) return told ? `This graph holds ${told}.` : "This graph holds no articles.";
  return told ? `${articles}${when} cover ${told}.` : `${articles}${when.replace(/,$/, "")}.`;
}

/** The sections, and what fills in the headlines once the texts are there. */
export function overview(app: App, texts: Texts | null = app.graph.textsNow): { sections: HTMLElement[]; complete: (texts: Texts) => void } {
  const { graph } = app;
  const { nodes } = graph.core;
  const all = (kind: string): number[] => {
    const [first, past] = graph.range(kind);
    return Array.from({ length: past - first }, (_, at) => first + at);
  };
  const by = (value: (node: number) => number) => (one: number, other: number): number => value(other) - value(one) || one - other;
  const recent = (node: number): number => nodes.day[node] ?? -Infinity;
  const stories = all("story").sort((one, other) => by((node) => nodes.articles[node] ?? 0)(one, other) || by(recent)(one, other));
  const largest = stories.slice(0, LARGEST);
  const latest = stories.slice(LARGEST).sort(by(recent)).slice(0, LATEST);
  const companies = all("company").sort(by((node) => graph.degree[node] ?? 0));
  const later: ((texts: Texts) => void)[] = [];
  const lines = (found: readonly number[]): HTMLElement => h("ul", { class: "ng-d-list" }, found.map((story) => h("li", {}, storyItem(app, story, later))));
  const sections = [
    section("Largest stories", null,
      largest.length ? lines(largest) : nothing("No story was found."),
      latest.length ? [h("h4", {}, "Latest"), lines(latest)] : null,
      toTable(app, "story", "-last", stories.length),
    ),
    section("Most connected companies", null,
      companies.length ? h("ol", { class: "ng-d-rows" }, companies.slice(0, LISTED).map((company) => {
        const events = graph.across(company, "actor", "in").length;
        return h("li", {}, nodeButton(app, company), h("span", { class: "ng-d-meta" }, `${counted(nodes.articles[company] ?? 0, "article")}, ${counted(events, "event")}`));
      })) : nothing("No company was found."),
      toTable(app, "company", "", companies.length),
    ),
    largestEvents(app, all("event")),
    section("How to use this page", null,
      h("ul", { class: "ng-d-help" },
        h("li", {}, "Choose anything, here or in a view: its facts appear here, with the sentences that state them."),
        h("li", {}, "Focus shows one thing and everything it is linked to. Table lists everything, to sort, filter and save."),
        h("li", {}, "The page's address keeps what you see: copy it to come back or to share."),
      )),
  ];
  const complete = (there: Texts): void => later.forEach((fill) => fill(there));
  if (texts) complete(texts);
  return { sections, complete };
}

/** Only sums of one currency can be compared: the most frequent one. */
function largestEvents(app: App, events: readonly number[]): HTMLElement {
  const { events: columns } = app.graph.core;
  const place = (event: number): number => app.graph.eventPlace(event);
  const counts = new Map<string, number>();
  const summed = events.filter((event) => columns.amount[place(event)] != null);
  for (const event of summed) {
    const currency = columns.currency[place(event)] ?? "";
    counts.set(currency, (counts.get(currency) ?? 0) + 1);
  }
  const [main] = [...counts].sort((one, other) => other[1] - one[1])[0] ?? [""];
  const shown = summed
    .filter((event) => (columns.currency[place(event)] ?? "") === main)
    .sort((one, other) => (columns.amount[place(other)] ?? 0) - (columns.amount[place(one)] ?? 0))
    .slice(0, LISTED);
  const others = summed.length - (counts.get(main) ?? 0);
  return section("Largest events by amount", null,
    shown.length ? h("ol", { class: "ng-d-rows" }, shown.map((event) => h("li", {}, nodeButton(app, event), h("strong", {}, amountOf(app, event)))))
      : nothing(events.length ? "No event has an amount." : "No event was found."),
    others ? h("p", { class: "ng-d-meta" }, `${counted(others, "event")} in other currencies ${others === 1 ? "is" : "are"} not counted here.`) : null,
    toTable(app, "event", "-amount", events.length),
  );
}

/** Leads to the list of a kind, where there is more of it than is shown. */
function toTable(app: App, kind: string, sort: string, many: number): HTMLElement | null {
  const info = app.graph.core.kinds.find((one) => one.name === kind);
  if (!info || !many) return null;
  const open = (): void => app.store.change({ view: "table", table: { ...app.store.state.table, list: kind, sort, text: "", page: 0 } });
  return h("button", { type: "button", class: "ng-proof", onclick: open }, many === 1 ? `In the table` : `All ${counted(many, info.label.toLowerCase(), info.plural.toLowerCase())} in the table`);
}
