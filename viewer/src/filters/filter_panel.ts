/** The filters, which are the legend as well: kinds, time, topics, providers, events, and how well things are grounded. */

import type { App, Part } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { button, h, oneLine, put } from "../core/dom.js";
import { KNOWN_BEFORE } from "../core/event_words.js";
import { amountBounds, boundWords, rolesAsked } from "../core/filter_words.js";
import { count, counted, percent, words } from "../core/format.js";
import { kindIcon, outlineIcon } from "../core/kind_icons.js";
import { articlesBy, eventsBy, knownBefore } from "../data/choice_counts.js";
import { DISPUTED, FIRST_KINDS, filterNodes, UNPRICED } from "../data/filter_mask.js";
import { ANY_AMOUNT, cleared, type Filters } from "../data/state.js";
import { checklist, type ChecklistItem } from "./checklist.js";
import { dateHistogram } from "./date_histogram.js";

interface Section {
  readonly element: HTMLElement;
  update(filters: Filters): void;
}

export function makeFilters(app: App): Part {
  const { graph, store } = app;
  const told = h("p", { class: "ng-shown" });
  const clear = button("Clear filters", () => store.filter({ ...cleared(store.state.filters), kinds: null }));
  const time = dateHistogram(app);
  const sections = [asked(app), kinds(app), time && section("Time", time.element, ({ from, until }) => Number(from !== null || until !== null), time.update, true),
    nodes(app, "topics", "topic", "Topics", true), nodes(app, "providers", "provider", "Providers", false),
    eventTypes(app), statuses(app), background(app), grounds(app)].filter((one): one is Section => one !== null);
  let timer = 0;
  return {
    element: h("div", { class: "ng-filters", role: "complementary", "aria-label": "Filters" },
      h("div", { class: "ng-filters-head" }, h("h2", {}, "Filters"), told, clear), ...sections.map(({ element }) => element)),
    update: ({ filters }, before) => {
      if (filters === before.filters && told.textContent) return;
      const { shown } = filterNodes(graph, filters);
      const sentence = shown ? `${count(shown)} of ${counted(graph.size, "thing")} shown` : `None of ${counted(graph.size, "thing")} passes the filters`;
      if (told.textContent && told.textContent !== sentence) {
        clearTimeout(timer); // announced once, when a drag has come to rest
        timer = setTimeout(() => app.say(sentence), 400);
      }
      put(told, sentence);
      clear.setAttribute("aria-disabled", String(JSON.stringify(filters) === JSON.stringify({ ...cleared(filters), kinds: null })));
      for (const one of sections) one.update(filters);
    },
    destroy: () => {
      clearTimeout(timer);
      time?.destroy();
    },
  };
}

/** A part of the panel that folds; its heading shows how much of it is in use. */
function section(title: string, content: HTMLElement, used: (filters: Filters) => number, update: (filters: Filters) => void, open = false): Section {
  const number = h("span", { class: "ng-used" });
  const element = h("details", { class: "ng-section", open }, h("summary", {}, h("h3", {}, title), number), content);
  let first = true;
  return {
    element,
    update: (filters) => {
      const many = used(filters);
      put(number, many > 1 ? `${many} in use` : many ? "in use" : "");
      if (first && many) element.open = true; // a link that filters shows by what
      first = false;
      update(filters);
    },
  };
}

/** What only questions and buttons elsewhere ask for: things, words, amounts, hidden things; each with a button that lets go of it. */
function asked(app: App): Section {
  const { graph, store } = app;
  const list = h("ul", { class: "ng-chips" });
  const element = h("section", { class: "ng-asked", "aria-label": "Also asked" }, list);
  const chip = (text: string, without: () => Partial<Filters>): HTMLElement =>
    h("li", {}, h("span", { class: "ng-chip", dir: "auto" }, text), h("button", { type: "button", class: "ng-chip-out", "aria-label": `Without: ${text}`, title: "Take out", onclick: () => store.filter(without()) }, "×"));
  return {
    element,
    update: (filters) => {
      const { things, as, words, statuses, bounds, hidden } = filters;
      const name = (iri: string): string => oneLine(graph.label(graph.byIri(iri) ?? -1), 40);
      const amount = amountBounds(filters);
      const others = (iri: string): Partial<Filters> => ({ as: as.filter(([one]) => one !== iri) });
      put(list, things.map((iri) => chip(`with ${name(iri)}`, () => ({ ...others(iri), things: things.filter((one) => one !== iri) }))),
        as.map(([iri = ""]) => chip(name(iri) + rolesAsked(filters, iri), () => others(iri))),
        words ? chip(`words “${oneLine(words, 60)}”`, () => ({ words: "" })) : null,
        [DISPUTED, UNPRICED].filter((name) => statuses.includes(name)).map((name) => chip(name, () => ({ statuses: statuses.filter((one) => one !== name) }))),
        amount ? chip(amount, () => ANY_AMOUNT) : null,
        bounds.map((one) => chip(boundWords(graph, one), () => ({ bounds: bounds.filter((other) => other !== one) }))),
        hidden.length ? chip(`${hidden.length} hidden`, () => ({ hidden: [] })) : null);
      element.hidden = !list.firstChild;
    },
  };
}

function kinds(app: App): Section {
  const { graph, store } = app;
  const here = graph.core.kinds.map(({ name }) => name);
  const shown = ({ kinds }: Filters): string[] => here.filter((name) => (kinds ?? FIRST_KINDS).includes(name));
  const first = here.filter((name) => FIRST_KINDS.includes(name)).join();
  const items = graph.core.kinds.map((kind): ChecklistItem => ({ value: kind.name, label: kind.plural, count: kind.count, icon: kindIcon(kind) }));
  const list = checklist("Kinds", items, (name, on) => {
    const before = shown(store.state.filters);
    const kinds = here.filter((one) => (one === name ? on : before.includes(one)));
    store.filter({ kinds: kinds.join() === first ? null : kinds });
  }, true);
  return section("Kinds", list.element, () => 0, (filters) => {
    const { counts } = filterNodes(graph, filters);
    list.update(new Set(shown(filters)), (name) => counts[here.indexOf(name)] ?? 0);
  }, true);
}

/** Topics or providers, the most reported first, with the number of their articles. */
function nodes(app: App, key: "topics" | "providers", kind: string, title: string, open: boolean): Section | null {
  const { graph, store } = app;
  const [from, past] = graph.range(kind);
  if (from === past || !graph.core.complete) return null; // without articles nothing is known of what they are about
  const items: ChecklistItem[] = [];
  for (let node = from; node < past; node++) items.push({ value: graph.iri(node) ?? "", label: graph.label(node), count: graph.core.nodes.articles[node] ?? 0 });
  items.sort((one, other) => other.count - one.count);
  const chosen = (filters: Filters): string[] => filters[key].map((iri) => {
    const node = graph.byIri(iri); // an address may still have an older name
    return node === undefined ? iri : (graph.iri(node) ?? iri);
  });
  const list = checklist(title, items, (iri, on) => {
    const others = chosen(store.state.filters).filter((one) => one !== iri);
    store.filter({ [key]: on ? [...others, iri] : others });
  });
  return section(title, list.element, (filters) => filters[key].length, (filters) => {
    const left = articlesBy(graph, filters, key);
    list.update(new Set(chosen(filters)), (iri) => left(graph.byIri(iri) ?? -1));
  }, open);
}

/** Tick one of the values of a filter, or take the tick away. */
function ticked(app: App, key: "types" | "statuses"): (name: string, on: boolean) => void {
  return (name, on) => {
    const others = app.store.state.filters[key].filter((one) => one !== name);
    app.store.filter({ [key]: on ? [...others, name] : others });
  };
}

/** How many events have each number in a column. */
const tally = (numbers: readonly number[], size: number): number[] => {
  const counts = new Array<number>(size).fill(0);
  for (const number of numbers) counts[number]!++;
  return counts;
};

const most = (one: ChecklistItem, other: ChecklistItem): number => other.count - one.count;

/** Types of events in their groups, each group with its mark, which lists and the timeline draw as well. */
function eventTypes(app: App): Section | null {
  const { core } = app.graph;
  const counts = tally(core.events.type, core.eventTypes.length);
  const lists = core.eventGroups.flatMap(({ name: group, label, outline }) => {
    const items = core.eventTypes.flatMap((type, at): ChecklistItem[] => (type.group === group && counts[at] ? [{ value: type.name, label: type.label, count: counts[at] ?? 0 }] : []));
    if (!items.length) return [];
    const list = checklist(label, items.sort(most), ticked(app, "types"));
    return [{ list, element: h("div", { class: "ng-group" }, h("h4", {}, outlineIcon(outline), label), list.element) }];
  });
  if (!lists.length) return null;
  return section("Event type", h("div", {}, lists.map(({ element }) => element)), (filters) => filters.types.length, (filters) => {
    const left = eventsBy(app.graph, filters, "types");
    for (const { list } of lists) list.update(new Set(filters.types), (name) => left[core.eventTypes.findIndex((type) => type.name === name)] ?? 0);
  });
}

function statuses(app: App): Section | null {
  const { core } = app.graph;
  const counts = tally(core.events.status, core.statuses.length);
  const items = core.statuses.map((name, at): ChecklistItem => ({ value: name, label: capital(words(name)), count: counts[at] ?? 0 })).filter((item) => item.count > 0);
  if (!items.length) return null;
  const list = checklist("Status", items.sort(most), ticked(app, "statuses"));
  return section("Status", list.element, (filters) => filters.statuses.length, (filters) => {
    const left = eventsBy(app.graph, filters, "statuses");
    list.update(new Set(filters.statuses), (name) => left[core.statuses.indexOf(name)] ?? 0);
  });
}

/** Whether events are shown that articles only recall. */
function background(app: App): Section | null {
  const many = app.graph.core.events.background.reduce((sum, known) => sum + known, 0);
  if (!many) return null;
  const item = { value: "background", label: capital(KNOWN_BEFORE), count: many };
  const list = checklist("Background", [item], (_, on) => app.store.filter({ background: on }));
  return section("Background", list.element, (filters) => Number(!filters.background), (filters) =>
    list.update(new Set(filters.background ? [item.value] : []), () => knownBefore(app.graph, filters)));
}

/** How sure things are, and how many independent origins report them. */
function grounds(app: App): Section | null {
  const { nodes } = app.graph.core;
  const [firstArticle, pastArticle] = app.graph.range("article");
  const highest = nodes.origins.reduce((high, value, node) => (node >= firstArticle && node < pastArticle ? high : Math.max(high, value)), 0);
  const graded = nodes.confidence.some((value) => value !== null);
  if (!graded && highest < 2) return null;
  const all = confidence(app, "confidence", "Confidence");
  const events = confidence(app, "eventConfidence", "Confidence of events");
  const field = h("input", { type: "number", min: 1, max: highest, step: 1, inputmode: "numeric" });
  field.addEventListener("change", () => {
    const asked = Math.round(field.valueAsNumber);
    app.store.filter({ origins: asked > 1 ? Math.min(asked, highest) : 0 });
    field.value = String(app.store.state.filters.origins || 1);
  });
  const content = h("div", { class: "ng-grounds" },
    graded ? [all.element, app.graph.core.events.type.length ? events.element : null] : null,
    highest > 1 ? h("label", { class: "ng-least" }, h("span", {}, app.graph.core.help.least), field) : null,
    h("p", { class: "ng-f-told" }, app.graph.core.help.grounds));
  return section("Evidence", content, ({ confidence, eventConfidence, origins }) => [confidence, eventConfidence, origins].filter((least) => least > 0).length, (filters) => {
    all.update(filters);
    events.update(filters);
    field.value = String(filters.origins || 1);
  });
}

/** A slider for the least confidence of all things, or of events alone. */
function confidence(app: App, key: "confidence" | "eventConfidence", title: string): { element: HTMLElement; update(filters: Filters): void } {
  const level = h("output", {});
  const slider = h("input", { type: "range", min: 0, max: 100, step: 5, "aria-label": `Least ${title.toLowerCase()}` });
  slider.addEventListener("input", () => app.store.filter({ [key]: slider.valueAsNumber }));
  return {
    element: h("label", { class: "ng-slide" }, h("span", {}, title), level, slider),
    update: (filters) => {
      const least = filters[key];
      const words = least ? `at least ${percent(least)}` : "any";
      slider.value = String(least);
      slider.setAttribute("aria-valuetext", words);
      put(level, words);
    },
  };
}
