/** The search of the whole viewer: "/" leads to it; names, questions and words of the texts are found in one field. */

import type { App, Part } from "../core/app.js";
import { h, keyRoom, oneLine, writing } from "../core/dom.js";
import { count } from "../core/format.js";
import { matchSpans, prepareIndex } from "../data/name_search.js";
import { prepareTexts, textIndexNow } from "../data/text_index.js";
import { answering, showingWords } from "../questions/as_filters.js";
import { asked } from "../questions/asked.js";
import { questionWords } from "../questions/question_words.js";
import { readyQuestions } from "../questions/ready_questions.js";
import { combobox, type Suggestion } from "./combobox.js";

const PASSAGES = 3; // shown as one types
const COMPARED = 60; // articles that are ranked as one types

export function makeSearch(app: App): Part {
  const { graph, store } = app;
  const before = (text: string): Suggestion[] => {
    if (!text.trim()) return ready();
    return asking(text);
  };
  /** A phrase as something to choose; what words it has is known when the texts are read. */
  const asking = (phrase: string, label = ""): Suggestion[] => {
    const question = asked(graph, phrase);
    if (!question) return [];
    const pick = (): unknown => question.words && !textIndexNow(graph) ? prepareTexts(graph).then(() => asking(phrase)[0]?.pick()) : store.change(answering(graph, store.state, question));
    return [{ facts: "Question", label: label || questionWords(graph, question), pick }];
  };
  /** What can be asked, while nothing is typed. */
  const ready = (): Suggestion[] => readyQuestions(graph).flatMap((phrase) => asking(phrase, phrase));
  const after = async (text: string, listed: ReadonlySet<number>): Promise<Suggestion[]> => {
    const index = await prepareTexts(graph);
    await new Promise((done) => setTimeout(done, 0)); // the names are shown first
    const { articles, words } = index.search(text, COMPARED);
    const passages: Suggestion[] = [];
    const shown = new Set<string>(); // copies have the same passages
    for (const article of articles.slice(0, COMPARED)) {
      const passage = index.best(article, words).text;
      if (shown.has(passage) || (listed.has(article) && passage === graph.label(article))) continue;
      shown.add(passage);
      const start = Math.max(0, (matchSpans(passage, words.join(" "))[0]?.[0] ?? 0) - 60);
      const label = `${start ? "… " : ""}${oneLine(passage.slice(start), 150)}`;
      passages.push({ facts: `In “${oneLine(graph.label(article), 60)}”`, label, marks: matchSpans(label, words.join(" ")), pick: () => app.choose(article) });
      if (passages.length === PASSAGES) break;
    }
    const all: Suggestion = { facts: "Texts", label: articles.length === 1 ? `The article with “${words.join(" ")}”` : `All ${count(articles.length)} articles with “${words.join(" ")}”`, pick: () => store.change(showingWords(store.state, words.join(" "))) };
    return articles.length ? [...passages, all] : [];
  };
  const field = combobox(app, { label: "Search", placeholder: "Name, words or question", choose: (node) => app.choose(node), before, ...(graph.core.complete ? { after } : {}) });
  field.input.setAttribute("aria-keyshortcuts", "/");
  field.element.append(h("kbd", { class: "ng-key", "aria-hidden": "true" }, "/"));
  field.input.addEventListener("focus", () => void (graph.core.complete && prepareTexts(graph)), { once: true });
  const slash = (event: Event): void => {
    if (!(event instanceof KeyboardEvent) || event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || writing(event)) return;
    event.preventDefault();
    field.input.focus();
    field.input.select();
  };
  const keys = keyRoom(app.root);
  keys.addEventListener("keydown", slash);
  prepareIndex(graph);
  return {
    element: h("div", { class: "ng-search", role: "search" }, field.element),
    update: () => undefined,
    destroy: () => {
      keys.removeEventListener("keydown", slash);
      field.destroy();
    },
  };
}
