/** The details while nothing is chosen: a briefing of what the filters let through, beside the time before. */

import type { App } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { amountWords, dayWords, NO_DAY, whenWords } from "../core/event_words.js";
import { filterWords, isFiltered } from "../core/filter_words.js";
import { count, counted, date, daySpan, inWords, month, words } from "../core/format.js";
import { articleMonths, briefing, type Briefing, type Growth } from "../data/briefing.js";
import { monthOf } from "../data/calendar.js";
import { eventValues } from "../data/event_values.js";
import { shownNumbers } from "../data/shown_numbers.js";
import { nodeButton } from "./node_button.js";
import { nothing, section } from "./section.js";
import { storyItem } from "./story_item.js";

const STORIES = 5;
const LISTED = 5;
const FIRM: readonly string[] = ["announced", "completed"];

/** "November 2021, topic AI", or the name of the whole. */
export function overviewTitle(app: App): string {
  const { title } = app.graph.core;
  const asked = filterWords(app.graph, app.store.state.filters);
  return asked.length ? capital(asked.join(", ")) : ["", "newsgraph"].includes(title) ? "At a glance" : title;
}

/** "565 articles from 52 providers, published from 3 March 2021 to 9 June 2022, cover 9 stories, 53 companies and 10 events." */
export function summary(app: App): string {
  const { graph } = app;
  const { counts, days, before, vague } = briefing(graph, app.store.state.filters);
  const many = (kind: string): string => {
    const info = graph.kindNamed(kind);
    const now = counts.get(kind)?.now;
    return info && now ? counted(now, info.label.toLowerCase(), info.plural.toLowerCase()) : "";
  };
  const articles = [many("article"), many("provider")].filter(Boolean).join(" from ");
  const told = inWords(["story", "company", "event"].map(many).filter(Boolean));
  const none = isFiltered(app.store.state.filters) ? app.graph.core.help.noArticle : app.graph.core.help.articleless;
  const left = vague.size ? ` Not counted: ${inWords([...vague].sort().map(([when, events]) => `${counted(events, "event")} of ${whenWords(when)} without a ${when.length > 4 ? "day" : "month"}`))}.` : "";
  if (!articles) return told ? `${isFiltered(app.store.state.filters) ? "The filters leave" : "This graph holds"} ${told}.${left}` : none + left;
  const when = days ? "" : published(app);
  const earlier = days && before ? ` ${capital(daySpan(...before))}: ${counted(counts.get("article")?.before ?? 0, "article")}.` : "";
  return `${told ? `${articles}${when} cover${counts.get("article")?.now === 1 ? "s" : ""} ${told}.` : `${articles}${when.replace(/,$/, "")}.`}${earlier}${left}`;
}

/** ", published from 3 March 2021 to 9 June 2022," of the articles that pass. */
function published(app: App): string {
  const [first, past] = app.graph.range("article");
  const numbers = app.numbers();
  let [least, most] = [Infinity, -Infinity];
  app.graph.core.nodes.day.slice(first, past).forEach((day, at) => {
    if (day === null || !numbers.passes(first + at)) return;
    least = Math.min(least, day);
    most = Math.max(most, day);
  });
  return most < least ? "" : least === most ? `, published on ${date(least)},` : `, published from ${date(least)} to ${date(most)},`;
}

/** The sections; they need no texts, so that these stay packed until something is opened. */
export function overview(app: App): HTMLElement[] {
  const found = briefing(app.graph, app.store.state.filters);
  return [
    months(app, found),
    found.newCompanies && section("New companies", found.newCompanies.length,
      found.newCompanies.length ? rows(app, found.newCompanies, ({ now }) => counted(now, "article")) : nothing(app.graph.core.help.noNew),
      toTable(app, "company", "-first", found.newCompanies.length)),
    section(found.before ? "Stories that grew" : "Largest stories", null,
      found.stories.length ? h("ul", { class: "ng-d-list" }, found.stories.slice(0, STORIES).map((story) => h("li", {}, storyItem(app, story.node, found.before ? grown(story, found) : ""))))
        : nothing("No story was found."),
      toTable(app, "story", found.before ? "" : "-last", found.stories.length)),
    section("Most reported companies", null,
      found.companies.length ? rows(app, found.companies, ({ node, now, before }) => [counted(now, "article"), found.before ? `${count(before)} in ${daySpan(...found.before)}` : counted(app.numbers().events(node), "event")].join(", "))
        : nothing("No company was found."),
      toTable(app, "company", "", found.companies.length)),
    deals(app, found),
    found.disputed.length ? section("Disputed figures", found.disputed.length,
      h("p", { class: "ng-d-meta" }, app.graph.core.help.disputed), rows(app, found.disputed.map((node) => ({ node, now: 0, before: 0 })), ({ node }) => dayWords(app.graph, node, true) || NO_DAY),
      toTable(app, "event", "-disputed", found.disputed.length)) : null,
    section("How to use this page", null,
      h("ul", { class: "ng-d-help" }, app.graph.core.help.page.map((line) => h("li", {}, line)))),
  ].filter((one): one is HTMLElement => one !== null);
}

/** "12 articles, 3 in October 2021". */
function grown({ now, before }: Growth, { before: days }: Briefing): string {
  return `${counted(now, "article")}, ${before ? count(before) : "none"} in ${daySpan(...(days as [number, number]))}`;
}

function rows(app: App, found: readonly Growth[], words_: (one: Growth) => string): HTMLElement {
  return h("ol", { class: "ng-d-rows" }, found.slice(0, LISTED).map((one) => h("li", {}, nodeButton(app, one.node), h("span", { class: "ng-d-meta" }, words_(one)))));
}

/**
 * Buttons that select a month beside the one before: the latest with articles and the one with most; of a month selected those around it.
 * The articles are those that all other filters let through.
 */
function months(app: App, { days }: Briefing): HTMLElement | null {
  const known = articleMonths(shownNumbers(app.graph, { ...app.store.state.filters, kinds: null, from: null, until: null }));
  if (known.length < 2) return null;
  const ask = (first: number): HTMLElement => h("button", { type: "button", class: "ng-proof", onclick: () => app.store.filter({ from: first, until: monthOf(first)[1] }) }, month(first, false));
  const own = days && monthOf(days[0]);
  const whole = own !== null && days !== null && own[0] === days[0] && own[1] === days[1];
  const firsts = known.map(({ first }) => first);
  const most = known.reduce((best, one) => (one.articles > best.articles ? one : best));
  const around = whole ? [firsts.filter((first) => first < own[0]).at(-1), firsts.find((first) => first > own[0])] : [most.first, firsts.at(-1)];
  const buttons = [...new Set(around)].filter((first): first is number => first !== undefined).map(ask);
  if (whole) buttons.push(h("button", { type: "button", class: "ng-proof", onclick: () => app.store.filter({ from: null, until: null }) }, "All dates"));
  return h("p", { class: "ng-months" }, h("span", { class: "ng-d-meta" }, whole ? "Also:" : "What was new in:"), buttons);
}

function deals(app: App, { deals: found, otherCurrencies, counts, vague }: Briefing): HTMLElement {
  const amount = (event: number): string => {
    const values = eventValues(app.graph, event);
    return values ? `${amountWords(values)}${FIRM.includes(values.status) ? "" : `, ${words(values.status)}`}` : "";
  };
  return section("Largest deals", null,
    found.length ? h("ol", { class: "ng-d-rows" }, found.slice(0, LISTED).map((event) => h("li", {}, nodeButton(app, event), h("strong", {}, amount(event)))))
      : nothing(counts.get("event")?.now ? app.graph.core.help.noAmount : "No event was found."),
    otherCurrencies ? h("p", { class: "ng-d-meta" }, `${counted(otherCurrencies, "deal")} in other currencies ${otherCurrencies === 1 ? "is" : "are"} not compared here.`) : null,
    toTable(app, "event", "-amount", counts.get("event")?.now ?? 0, vague.size > 0),
  );
}

/** Leads to the list of a kind, where there is more of it than is shown; its number is told where the list does not hold `more`. */
function toTable(app: App, kind: string, sort: string, many: number, more = ["-first", "-disputed"].includes(sort)): HTMLElement | null {
  const info = app.graph.kindNamed(kind);
  if (!info || !many) return null;
  const open = (): void => app.store.change({ view: "table", table: { ...app.store.state.table, list: kind, sort, text: "", page: 0, all: false } });
  return h("button", { type: "button", class: "ng-proof", onclick: open }, many === 1 || more ? "In the table" : `All ${counted(many, info.label.toLowerCase(), info.plural.toLowerCase())} in the table`);
}
