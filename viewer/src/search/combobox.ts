/** A field that searches the graph as one types, with its results in a list: the combobox of the WAI-ARIA patterns. */

import type { App } from "../core/app.js";
import { focusedIn, h, oneLine, put, s } from "../core/dom.js";
import { dayWords } from "../core/event_words.js";
import { count, counted } from "../core/format.js";
import { highlighted } from "../core/highlight.js";
import { nodeIcon } from "../core/kind_icons.js";
import { allNumbers } from "../data/shown_numbers.js";
import { textIndexNow } from "../data/text_index.js";
import { searchKey, matchSpans, prepareIndex, prepareSpelling, searchNames, unknownWords, type NameMatch } from "../data/name_search.js";
import { rule } from "../questions/vocabulary.js";

export interface ComboboxOptions {
  /** Of the field, for screen readers; also tells two fields of one viewer apart. */
  label: string;
  placeholder: string;
  choose(node: number): void;
  /** What is offered besides things: questions before them, and passages of texts after them, which may come later; `listed` are the things. */
  before?(text: string): Suggestion[];
  after?(text: string, listed: ReadonlySet<number>): Promise<Suggestion[]>;
}

/** An option that is no thing of the graph. */
export interface Suggestion {
  /** What kind of option: "Question", "Sentence". */
  facts: string;
  label: string;
  /** Spans of the label to be marked. */
  marks?: [number, number][];
  icon?: Element | null;
  pick(): unknown;
}

export interface Combobox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  destroy(): void;
}

const LIMIT = 12;
const SENTENCES = 4; // of the list's length
const WAIT = 80; // milliseconds between the last key and the search

export function combobox(app: App, { label, placeholder, choose, before, after }: ComboboxOptions): Combobox {
  const { graph } = app;
  const id = app.id(`search-${searchKey(label).replace(/ /g, "-")}`);
  let found: { element: HTMLElement; pick(): unknown }[] = [];
  let searches = 0;
  let active = -1;
  let timer = 0;
  let asked = "";

  const input = h("input", {
    id, type: "text", role: "combobox", placeholder, autocomplete: "off", spellcheck: "false", enterkeyhint: "search", dir: "auto",
    "aria-label": label, "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-haspopup": "listbox",
  });
  const list = h("ul", { id: `${id}-list`, role: "listbox", "aria-label": `${label}: results`, class: "ng-results" });
  const more = h("p", { class: "ng-results-more" });
  const popup = h("div", { class: "ng-popup", hidden: true }, list, more);
  const lens = s("svg", { class: "ng-lens", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true", fill: "none", stroke: "currentColor", "stroke-width": 1.6 },
    s("circle", { cx: 7, cy: 7, r: 4.5 }), s("path", { d: "M10.5,10.5L14,14" }));
  const element = h("div", { class: "ng-combo" }, lens, input, popup);

  const option = (at: number, ...content: (Node | null)[]): HTMLElement =>
    h("li", { id: `${id}-${at}`, role: "option", "aria-selected": "false", onclick: () => pick(at), onpointermove: () => point(at) }, content);
  const suggested = (one: Suggestion, at: number): HTMLElement =>
    option(at, one.icon ?? h("span", { class: "ng-icon ng-result-sign", "aria-hidden": "true" }, one.facts === "Question" ? "?" : "“"),
      h("span", { class: "ng-result-name", dir: "auto" }, highlighted(one.label, one.marks ?? [])), h("span", { class: "ng-result-facts" }, one.facts));
  const named = (one: NameMatch, at: number, asked: string): HTMLElement => {
    const kind = graph.kind(one.node);
    const name = graph.label(one.node);
    const facts = [kind.label];
    const day = kind.name === "event" || kind.name === "article" ? dayWords(graph, one.node, true) : "";
    if (day) facts.push(day);
    const articles = allNumbers(graph).articles(one.node), left = app.numbers().articles(one.node);
    if (kind.name !== "article" && articles !== null) facts.push(counted(articles, "article") + (left === articles ? "" : `, ${left ?? 0} as filtered`));
    const also = one.where === "alias" || one.where === "ticker" ? h("span", { dir: "auto" }, "also ", ...withMatches(one.text, asked)) : null;
    return option(at, nodeIcon(graph, one.node),
      h("span", { class: "ng-result-name", dir: "auto" }, ...(also ? [oneLine(name, 160)] : withMatches(name, asked))),
      h("span", { class: "ng-result-facts" }, facts.join(" · "), also ? " · " : null, also));
  };
  const run = (): void => {
    clearTimeout(timer);
    timer = 0;
    asked = input.value;
    const mine = ++searches;
    const { found: names, total, mended } = searchNames(graph, asked, after ? LIMIT - SENTENCES : LIMIT);
    const exact = names.some(({ text }) => searchKey(text) === searchKey(asked));
    const questions = before?.(asked) ?? [];
    point(-1);
    found = [];
    const add = (one: NameMatch | Suggestion): void => {
      const at = found.length;
      if ("pick" in one) found.push({ element: suggested(one, at), pick: one.pick });
      else found.push({ element: named(one, at, mended || asked), pick: () => choose(one.node) });
    };
    if (!exact) questions.forEach(add);
    names.forEach(add);
    if (exact) questions.forEach(add);
    put(list, found.map(({ element }) => element));
    list.scrollTop = 0;
    /** Which of several words is in no name, and in no text where these are searched as well. */
    const missing = (): string => {
      const words = searchKey(asked).split(" "), unknown = unknownWords(graph, asked), texts = textIndexNow(graph);
      const none = texts && after ? texts.unknown(unknown.join(" ")) : unknown;
      return words.length < 2 ? "" : none.length ? ` Nothing here has the word${none.length > 1 ? "s" : ""} ${none.map((word) => `“${word}”`).join(" and ")}.` : graph.core.help.scattered;
    };
    const tell = (done: boolean): void => {
      list.hidden = found.length === 0;
      const none = searchKey(asked) ? `No match for “${oneLine(asked, 40)}”.${missing()}` : "";
      const few = total > names.length ? `The first ${count(names.length)} of ${counted(total, "name")}. ${graph.core.help.typeMore}` : mended && !questions.length ? `Nothing is called “${oneLine(asked, 40)}”: names with “${mended}”.` : "";
      const puzzled = before && !questions.length && rule(graph.core.patterns, "puzzled").test(asked) ? graph.core.help.puzzled : "";
      put(more, found.length ? puzzled + few : done ? puzzled + none : "");
      more.hidden = !more.textContent;
      open(found.length > 0 || (done && none !== ""));
      if (done && (none || found.length)) app.say(found.length ? `${counted(found.length, "result")}${few ? `. ${few}` : ""}` : none);
    };
    tell(!after || !searchKey(asked));
    if (!after || !searchKey(asked)) return;
    void after(asked, new Set(names.map(({ node }) => node))).then((passages) => {
      if (mine !== searches || focusedIn(element) !== input) return; // typed on, or gone
      for (const one of passages) {
        add(one);
        list.append((found.at(-1) as { element: HTMLElement }).element);
      }
      tell(true);
    });
  };
  const open = (on: boolean): void => {
    popup.hidden = !on;
    input.setAttribute("aria-expanded", String(on && found.length > 0));
    if (!on) point(-1);
  };
  const point = (at: number): void => {
    if (at === active) return;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const row = list.children[at];
    row?.setAttribute("aria-selected", "true");
    if (row) input.setAttribute("aria-activedescendant", row.id);
    else input.removeAttribute("aria-activedescendant");
  };
  const step = (at: number): void => {
    point(at);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  };
  const pick = (at: number): void => {
    const one = found[at];
    if (!one) return;
    searches++;
    open(false);
    input.select();
    one.pick();
  };
  const keys: Record<string, () => boolean> = {
    ArrowDown: () => (popup.hidden ? (run(), true) : (step(active + 1 < found.length ? active + 1 : 0), true)),
    ArrowUp: () => !popup.hidden && (step(active > 0 ? active - 1 : found.length - 1), true),
    Home: () => active >= 0 && (step(0), true),
    End: () => active >= 0 && (step(found.length - 1), true),
    Enter: () => {
      if (timer || popup.hidden) run();
      if (searchKey(asked) || active >= 0) pick(Math.max(active, 0));
      return true;
    },
    Escape: () => {
      const had = !popup.hidden || input.value !== "";
      if (popup.hidden) input.value = "";
      searches++;
      open(false);
      return had;
    },
  };
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]?.()) return;
    event.preventDefault();
    event.stopPropagation();
  });
  input.addEventListener("input", () => {
    if (!searchKey(asked)) open(false); // what was offered before anything was typed
    clearTimeout(timer);
    timer = setTimeout(run, WAIT);
  });
  input.addEventListener("focus", () => {
    prepareIndex(graph);
    prepareSpelling(graph);
    if (before && !input.value) run();
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    timer = 0;
    searches++;
    open(false);
  });
  popup.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  return { element, input, destroy: () => clearTimeout(timer) };
}

/** A text with the letters that were asked for marked. */
function withMatches(text: string, asked: string): (string | HTMLElement)[] {
  const line = oneLine(text, 160);
  const pieces: (string | HTMLElement)[] = [];
  let at = 0;
  for (const [start, end] of matchSpans(line, asked)) {
    pieces.push(line.slice(at, start), h("mark", {}, line.slice(start, end)));
    at = end;
  }
  return [...pieces, line.slice(at)].filter((piece) => piece !== "");
}
