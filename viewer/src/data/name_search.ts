/** Search by names, other names, tickers and headlines: no case, no accents, every word, beginnings of words first. */

import type { Graph } from "./graph.js";
import { Vocabulary } from "./spelling.js";

export interface NameMatch {
  node: number;
  /** What matched: the label, or another name or ticker of the thing. */
  text: string;
  where: "name" | "alias" | "ticker" | "headline";
}

/** What was found first, and how many things match in all. */
export interface SearchResult {
  found: NameMatch[];
  total: number;
  /** What was searched for instead where nothing has the words as they were typed; "" otherwise. */
  mended: string;
}

const MOST = 400; // letters of a text that are searched: nobody types more
const LETTERS: Record<string, string> = { "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "þ": "th" };
const TICKER = /^(?:[A-Z]{2,8}:\s?)?[A-Z0-9]{1,6}(?:[.-][A-Z]{1,3})?$/;

/** Fold letters: "Société Générale" as "societe generale"; marks and punctuation become one space. */
export function searchKey(text: string): string {
  return spaced(text).trimStart();
}

/** The same with a space in front, so that the beginning of a word is found as " word"; made by one replacement, which leaves a flat string. */
function spaced(text: string): string {
  const low = ` ${text.toLowerCase()}`;
  // most labels are plain letters, and normalising 50,000 of them takes longer than a search
  if (/^[\x00-\x7f]*$/.test(low)) return low.replace(/[^a-z0-9]+/g, " ").trimEnd();
  const bare = low.normalize("NFKD").toLowerCase().replace(/\p{M}+/gu, "").replace(/[ßæœøđðłıþ]/g, (letter) => LETTERS[letter] ?? letter);
  return bare.replace(/[^\p{L}\p{N}]+/gu, " ").trimEnd();
}

/** The texts of a graph, folded; made piece by piece while the page has nothing else to do, at the latest when somebody types. */
class Index {
  readonly folded: string[] = [];
  readonly node: number[] = [];
  /** Place among the other names of the node, -1 for the label. */
  readonly name: number[] = [];
  readonly #spelling = new Vocabulary();
  #spelled = 0;
  readonly #names = new Map<number, string[]>();
  #next = 0;
  /** The last question and the rows that it left: a longer question can only leave fewer. */
  #asked = "";
  #rows: number[] | null = null;

  constructor(readonly graph: Graph) {
    const { node, names } = graph.core.names;
    node.forEach((one, at) => this.#names.set(one, (names[at] ?? "").split("|").filter(Boolean)));
  }

  /** Go on until done, or until `enough` says so; whether all is done. */
  build(enough: () => boolean = () => false): boolean {
    const { label } = this.graph.core.nodes;
    while (this.#next < label.length) {
      const node = this.#next++;
      this.#add(node, label[node] ?? "", -1);
      this.#names.get(node)?.forEach((name, at) => this.#add(node, name, at));
      if (node % 500 === 499 && enough()) return false;
    }
    return true;
  }

  #add(node: number, text: string, name: number): void {
    const folded = spaced(text.length > MOST ? text.slice(0, MOST) : text);
    this.folded.push(folded);
    this.node.push(node);
    this.name.push(name);
  }

  /** Read the words of the texts, as `build` does: only who mistypes needs them. */
  spell(enough: () => boolean = () => false): boolean {
    while (this.#spelled < this.folded.length) {
      this.#spelling.add(this.folded[this.#spelled++] as string);
      if (this.#spelled % 500 === 499 && enough()) return false;
    }
    return true;
  }

  /** The word that is nearest to a folded one, or that itself. */
  mend(word: string): string {
    return this.has(word) ? word : (this.#spelling.near(word)[0] ?? word);
  }

  /** Whether a folded word begins a word of any text. */
  has(word: string): boolean {
    return this.folded.some((folded) => folded.includes(` ${word}`));
  }

  /** Rows that may match a folded question. */
  candidates(asked: string): number[] | null {
    return this.#rows && this.#asked && asked.startsWith(this.#asked) ? this.#rows : null;
  }

  remember(asked: string, rows: number[]): void {
    this.#asked = asked;
    this.#rows = rows;
  }

  text(row: number): string {
    const name = this.name[row] as number;
    const node = this.node[row] as number;
    return name < 0 ? this.graph.label(node) : (this.#names.get(node)?.[name] ?? "");
  }
}

const indexes = new WeakMap<Graph, Index>();

function indexOf(graph: Graph): Index {
  let index = indexes.get(graph);
  if (!index) indexes.set(graph, (index = new Index(graph)));
  return index;
}

const preparing = new WeakSet<Graph>();

/** Of the words of a text those that begin no word of a name or headline. */
export const unknownWords = (graph: Graph, text: string): string[] => searchKey(text).split(" ").filter((word) => word && !indexOf(graph).has(word));

/** Make the index in idle time; asked again, it does nothing. */
export function prepareIndex(graph: Graph): void {
  if (preparing.has(graph)) return;
  preparing.add(graph);
  const index = indexOf(graph);
  whenIdle((enough) => {
    if (!index.build(enough)) return false;
    searchNames(graph, "a", 1); // the first search of all is twice as slow as those after it
    return true;
  });
}

const spelled = new WeakSet<Graph>();

/** Read the words by which typing errors are mended, in idle time. */
export function prepareSpelling(graph: Graph): void {
  if (spelled.has(graph)) return;
  spelled.add(graph);
  whenIdle((enough) => indexOf(graph).build(enough) && indexOf(graph).spell(enough));
}

/** Call again and again while the page has nothing else to do, until `work` says that it is done; it should stop when `enough` says so. */
function whenIdle(work: (enough: () => boolean) => boolean): void {
  const later = (): void => {
    const go = (left: () => number): void => {
      if (!work(() => left() < 2)) later();
    };
    if (typeof requestIdleCallback === "function") requestIdleCallback((deadline) => go(() => deadline.timeRemaining()));
    else setTimeout(() => go(() => 0), 50);
  };
  later();
}

/**
 * Things whose name, other name, ticker or headline has every word of the text: the best `limit` first, each thing once, and how many
 * match in all. Where nothing does, words with a typing error are mended.
 */
export function searchNames(graph: Graph, text: string, limit: number): SearchResult {
  const asked = searchKey(text.slice(0, MOST));
  if (!asked) return { found: [], total: 0, mended: "" };
  const index = indexOf(graph);
  index.build();
  const plain = searchIndex(index, asked, limit);
  if (plain.total) return { ...plain, mended: "" };
  index.spell();
  const mended = asked.split(" ").map((word) => index.mend(word)).join(" ");
  return mended === asked ? { ...plain, mended: "" } : { ...searchIndex(index, mended, limit), mended };
}

function searchIndex(index: Index, asked: string, limit: number): { found: NameMatch[]; total: number } {
  const { graph } = index;
  const words = asked.split(" ");
  const starts = words.map((word) => ` ${word}`);
  const [firstArticle, pastArticle] = graph.range("article");
  const told = graph.core.nodes.articles;
  const company = graph.kindNumber("company");
  const before = index.candidates(asked);
  const rows: number[] = [];
  const best: { row: number; node: number; rank: number }[] = []; // the best so far, best first
  let total = 0;
  let last = -1;
  const many = before ? before.length : index.folded.length;
  for (let at = 0; at < many; at++) {
    const row = before ? (before[at] as number) : at;
    const folded = index.folded[row] as string;
    const tier = tierOf(folded, asked, words, starts);
    if (tier < 0) continue;
    rows.push(row);
    const node = index.node[row] as number;
    if (node !== last) total++; // rows of a node follow each other
    last = node;
    const article = node >= firstArticle && node < pastArticle;
    // a headline that begins with a company's name is no better than one that has it later
    const step = article ? Math.max(tier, tier === 0 ? 0 : 2) * 2 + 1 : tier * 2;
    const kind = graph.kindOf[node] as number;
    // names that are or begin with what was typed: companies come first, "Microsoft" before the topic "Microsoft AI"
    const later = tier < 2 && kind !== company ? 0.5 : 0;
    const rank = (step + later) * 1e9 - Math.min(told[node] ?? 0, 1e6) * 100 + kind;
    if (rank < (best[limit - 1]?.rank ?? Infinity)) place(best, { row, node, rank }, limit);
  }
  index.remember(asked, rows);
  return { found: best.map(({ row, node }) => ({ node, text: index.text(row), where: whereOf(index, row, node >= firstArticle && node < pastArticle) })), total };
}

/** 0: the whole text; 1: its beginning; 2: beginnings of words; 3: within words; -1: a word is missing. */
function tierOf(folded: string, asked: string, words: readonly string[], starts: readonly string[]): number {
  let tier = 2;
  for (let at = 0; at < words.length; at++) {
    if (!folded.includes(words[at] as string)) return -1;
    if (!folded.includes(starts[at] as string)) tier = 3;
  }
  if (tier === 2 && folded.startsWith(asked, 1)) return folded.length === asked.length + 1 ? 0 : 1;
  return tier;
}

/** Put a row in its place among the best; of the rows of one node only the best stays. */
function place(best: { row: number; node: number; rank: number }[], one: { row: number; node: number; rank: number }, limit: number): void {
  const same = best.findIndex(({ node }) => node === one.node);
  if (same >= 0) {
    if ((best[same] as typeof one).rank <= one.rank) return;
    best.splice(same, 1);
  }
  let at = best.length;
  while (at > 0 && (best[at - 1] as typeof one).rank > one.rank) at--;
  best.splice(at, 0, one);
  if (best.length > limit) best.pop();
}

function whereOf(index: Index, row: number, article: boolean): NameMatch["where"] {
  if (article) return "headline";
  if ((index.name[row] as number) < 0) return "name";
  return TICKER.test(index.text(row)) ? "ticker" : "alias";
}

/** Where the words of a question are found in a text: spans to be marked, in order, not overlapping. */
export function matchSpans(text: string, asked: string): [number, number][] {
  const words = searchKey(asked).split(" ").filter(Boolean);
  let folded = "";
  const from: number[] = []; // for each folded letter the place of its letter in the text
  let at = 0;
  for (const letter of text) {
    const one = searchKey(letter) || (/^\p{M}$/u.test(letter) ? "" : " ");
    for (let i = 0; i < one.length; i++) from.push(at);
    folded += one;
    at += letter.length;
  }
  from.push(text.length);
  const spans: [number, number][] = [];
  for (const word of words) {
    const start = ` ${folded}`.indexOf(` ${word}`);
    const found = start >= 0 ? start : folded.indexOf(word);
    if (found >= 0) spans.push([from[found] as number, after(from, found + word.length)]);
  }
  spans.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  return spans.filter(([start], i) => spans.slice(0, i).every(([, end]) => end <= start));
}

/** The place after a folded letter: of "ß", folded to two, the end of the one letter. */
function after(from: readonly number[], folded: number): number {
  const last = from[folded - 1];
  let at = folded;
  while (at < from.length - 1 && from[at] === last) at++;
  return from[at] as number;
}
