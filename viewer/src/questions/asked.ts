/** A typed phrase as a question that this graph can answer: words that leave nothing are let go, and said; a time without a year is one that has an answer. */

import { asksArticles } from "../data/active_filters.js";
import { filterNodes } from "../data/filter_mask.js";
import type { Graph } from "../data/graph.js";
import { START } from "../data/state.js";
import { textIndexNow } from "../data/text_index.js";
import { answering } from "./as_filters.js";
import { newestDay, parse, type Question } from "./phrase.js";
import { rule } from "./vocabulary.js";

const YEARS = 12; // that are tried for a time without a year

/** How many rows answer a question. */
function answers(graph: Graph, question: Question): number {
  const { filters = START.filters, table } = answering(graph, START, question);
  return table ? (filterNodes(graph, filters).counts[graph.kindNumber(table.list)] ?? 0) : 1;
}

/** Of the words that articles must have those that leave something, if the rest of the question does; the others are `missed`, as are those that no text has at all. */
function withWords(graph: Graph, question: Question): Question {
  const found: Question = { ...question, words: "" };
  if (!question.words || answers(graph, question)) return question;
  if (!asksArticles(answering(graph, START, found).filters ?? START.filters) || !answers(graph, found)) {
    const missed = textIndexNow(graph)?.unknown(question.words) ?? [];
    return { ...question, missed: missed.join(" "), words: question.words.split(" ").filter((word) => !missed.includes(word)).join(" ") || question.words };
  }
  for (const word of question.words.split(" ")) {
    const more = { ...found, words: `${found.words} ${word}`.trim() };
    if (answers(graph, more)) found.words = more.words;
    else found.missed = `${found.missed} ${word}`.trim();
  }
  return found;
}

/** Read a phrase; null where it is no question but words to search for. */
export function asked(graph: Graph, text: string): Question | null {
  const read = (now?: number): Question | null => {
    const question = parse(graph, text, now);
    return question && withWords(graph, question);
  };
  const latest = read();
  // a time without a year is the latest of which there is something
  for (let back = 1; latest && back < YEARS && !answers(graph, latest) && !rule(graph.core.patterns, "now").test(text); back++) {
    const earlier = read(newestDay(graph) - Math.round(365.25 * back));
    if (!earlier || earlier.from === latest.from && earlier.until === latest.until) break; // its year is said
    if (answers(graph, earlier)) return earlier;
  }
  return latest;
}
