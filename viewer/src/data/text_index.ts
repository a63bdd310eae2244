/** Full text: headlines, excerpts and quoted sentences, by the words in them; made when somebody first searches, piece by piece. */

import type { Graph } from "./graph.js";
import { searchKey } from "./name_search.js";
import { Vocabulary } from "./spelling.js";
import type { Texts } from "./texts.js";

/** A text that has the words: the headline of an article, its excerpt or one of its sentences. */
export interface Passage {
  article: number;
  text: string;
}

export interface TextMatches {
  /** Articles with every word, the best first. */
  articles: number[];
  /** The words as they were searched for: with slips mended. */
  words: string[];
}

const LETTERS = 3; // of a search: shorter ones fit everything
const RANKED = 1500; // articles whose texts are compared; the others follow by date
const PHRASE = 8, TOGETHER = 4, HEADLINE = 2; // what makes a passage better

const indexes = new WeakMap<Graph, TextIndex>();

/** The index of a graph; `build` has to be called until it says that all is read. */
function textIndex(graph: Graph, texts: Texts): TextIndex {
  let index = indexes.get(graph);
  if (!index) indexes.set(graph, (index = new TextIndex(graph, texts)));
  return index;
}

/** The index where it is complete, else null. */
export function textIndexNow(graph: Graph): TextIndex | null {
  const index = indexes.get(graph);
  return index?.ready ? index : null;
}

const reading = new WeakMap<Graph, Promise<TextIndex>>();

/** Make the index in pieces of a few milliseconds, so that typing is not disturbed; asked again, it gives the same promise. */
export function prepareTexts(graph: Graph): Promise<TextIndex> {
  let ready = reading.get(graph);
  if (!ready) {
    ready = graph.texts().then((texts) => new Promise<TextIndex>((done) => {
      const index = textIndex(graph, texts);
      const go = (): void => {
        const end = performance.now() + 8;
        if (index.build(() => performance.now() > end)) done(index);
        else setTimeout(go, 0);
      };
      go();
    }));
    reading.set(graph, ready);
  }
  return ready;
}

export class TextIndex {
  readonly #first: number;
  readonly #past: number;
  /** Sentences of an article: first place in the payload's list, and one past the last. */
  readonly #sentences: number[][] = [];
  readonly #postings = new Map<string, number[]>();
  readonly #spelling = new Vocabulary();
  #sorted: string[] = [];
  #next: number;
  #done = false;

  constructor(private readonly graph: Graph, private readonly texts: Texts) {
    [this.#first, this.#past] = graph.range("article");
    this.#next = this.#first;
    texts.payload.sentences.article.forEach((article, sentence) => (this.#sentences[article] ??= []).push(sentence));
  }

  get ready(): boolean {
    return this.#done;
  }

  /** Go on until done or until `enough` says so; whether all is done. */
  build(enough: () => boolean = () => false): boolean {
    if (this.#done) return true;
    while (this.#next < this.#past) {
      const article = this.#next++;
      const words = new Set<string>();
      for (const { text } of this.passages(article)) for (const word of searchKey(text).split(" ")) words.add(word);
      words.delete("");
      for (const word of words) {
        const articles = this.#postings.get(word);
        if (articles) articles.push(article);
        else this.#postings.set(word, [article]);
      }
      if (article % 16 === 15 && enough()) return false;
    }
    this.#sorted = [...this.#postings.keys()].sort();
    this.#spelling.add(this.#sorted.join(" "));
    return (this.#done = true);
  }

  passages(article: number): Passage[] {
    const { sentences } = this.texts.payload;
    const own = (this.#sentences[article - this.#first] ?? []).map((sentence) => sentences.text[sentence] ?? "");
    return [this.graph.label(article), ...own, this.texts.excerpt(article)].filter(Boolean).map((text) => ({ article, text }));
  }

  /** Articles in which every word occurs, or begins a word; words that occur nowhere may have slips. `ranked`: how many are compared. */
  search(text: string, ranked = RANKED): TextMatches {
    const found = this.having(text);
    return { ...found, articles: this.#ranked(found.articles, found.words, ranked) };
  }

  /** The same in the order of time, the latest first. */
  having(text: string): TextMatches {
    const asked = searchKey(text).split(" ").filter(Boolean);
    if (!asked.some((word) => word.length >= LETTERS)) return { articles: [], words: asked };
    const words = asked.map((word) => (this.#starting(word).length ? word : (this.#spelling.near(word)[0] ?? word)));
    const count = this.#past - this.#first;
    const has = new Uint8Array(count);
    words.forEach((word, place) => {
      for (const one of this.#starting(word)) {
        for (const article of this.#postings.get(one) ?? []) if (has[article - this.#first] === place) has[article - this.#first] = place + 1;
      }
    });
    const found: number[] = [];
    for (let at = count - 1; at >= 0; at--) if (has[at] === words.length) found.push(this.#first + at); // the latest first
    return { articles: found, words };
  }

  /** Of the words of a text those that no article has, nor one that is spelled nearly so. */
  unknown(text: string): string[] {
    return searchKey(text).split(" ").filter((word) => word && !this.#starting(word).length && !this.#spelling.near(word).length);
  }

  /** The words of the index that begin so; short words only as they are. */
  #starting(word: string): string[] {
    if (word.length < LETTERS) return this.#postings.has(word) ? [word] : [];
    let low = 0, high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] as string) < word) low = middle + 1;
      else high = middle;
    }
    const from = low;
    while (low < this.#sorted.length && this.#sorted[low]?.startsWith(word)) low++;
    return this.#sorted.slice(from, low);
  }

  #ranked(articles: number[], words: readonly string[], most: number): number[] {
    if (words.length < 2) return articles;
    const scores = new Map<number, number>();
    for (const article of articles.slice(0, most)) scores.set(article, this.best(article, words).score);
    return articles.sort((one, other) => (scores.get(other) ?? 0) - (scores.get(one) ?? 0) || other - one);
  }

  /** The passage of an article that fits best: the words in a row, else all of them, else most. */
  best(article: number, words: readonly string[]): Passage & { score: number } {
    const phrase = ` ${words.join(" ")}`;
    let best: Passage & { score: number } = { article, text: this.graph.label(article), score: -1 };
    this.passages(article).forEach((passage, place) => {
      const folded = ` ${searchKey(passage.text)}`;
      const here = words.filter((word) => folded.includes(` ${word}`)).length;
      const score = (folded.includes(phrase) ? PHRASE : 0) + (here === words.length ? TOGETHER : here / words.length) + (place === 0 && here ? HEADLINE : 0);
      if (score > best.score) best = { ...passage, score };
    });
    return best;
  }
}
