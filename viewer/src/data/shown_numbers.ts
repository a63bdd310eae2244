/** The numbers of what is shown: articles, origins, outlets, events and days of each thing, counted over what the filters let through. */

import { asksArticles } from "./active_filters.js";
import { articleIndex, type ArticleIndex } from "./article_index.js";
import { filterNodes } from "./filter_mask.js";
import type { Graph } from "./graph.js";
import { START, type Filters } from "./state.js";

const last = new WeakMap<Graph, ShownNumbers[]>();
const KEPT = 4;

/** The numbers under some filters; the same value for equal filters asked again. Which kinds are ticked does not change them. */
export function shownNumbers(graph: Graph, filters: Filters): ShownNumbers {
  const made = last.get(graph) ?? [];
  const { pass } = filterNodes(graph, filters);
  const known = made.find((one) => one.pass === pass);
  if (known) return known;
  const numbers = new ShownNumbers(graph, pass, asksArticles(filters));
  last.set(graph, [numbers, ...made.slice(0, KEPT - 1)]);
  return numbers;
}

/** The numbers without any filter. */
export const allNumbers = (graph: Graph): ShownNumbers => {
  let numbers = whole.get(graph);
  if (!numbers) whole.set(graph, (numbers = shownNumbers(graph, START.filters)));
  return numbers;
};
const whole = new WeakMap<Graph, ShownNumbers>();

export class ShownNumbers {
  readonly #index: ArticleIndex;
  #articles: Int32Array | null = null;
  #origins: Int32Array | null = null;
  #events: Int32Array | null = null;
  #seen: Int32Array | null = null;
  #turn = 0;

  /** `pass` has 1 for each node that passes all filters but the one by kind; `narrowed` says that articles are left out. */
  constructor(readonly graph: Graph, readonly pass: Uint8Array, readonly narrowed: boolean) {
    this.#index = articleIndex(graph);
  }

  passes(node: number): boolean {
    return this.pass[node] === 1;
  }

  /** Of some nodes those that pass. */
  left(nodes: readonly number[]): number[] {
    return nodes.filter((node) => this.pass[node] === 1);
  }

  /** Whether an edge is shown: both of its ends pass, and the event it was made from. */
  passesEdge(edge: number): boolean {
    return this.passes(this.graph.source[edge] as number) && this.passes(this.graph.target[edge] as number) && this.holds(edge);
  }

  /** Whether the event passes that an edge was made from; true of all other edges. */
  holds(edge: number): boolean {
    const event = this.graph.group(edge).event?.[this.graph.placeOf(edge)] ?? -1;
    return event < 0 || this.passes(event);
  }

  /** The number of articles of a thing, 1 or 0 for an article; null where the page has no articles and cannot count. */
  articles(node: number): number | null {
    if (this.graph.isArticle(node)) return this.pass[node] as number;
    if (!this.graph.core.complete) return this.narrowed ? null : (this.graph.core.nodes.articles[node] ?? 0);
    this.#articles ??= this.#tally();
    return this.#articles[node] as number;
  }

  #tally(): Int32Array {
    const { starts, articles, firstArticle } = this.#index;
    const counts = new Int32Array(this.graph.size);
    for (let node = 0; node < counts.length; node++) {
      let many = 0;
      for (let at = starts[node] as number; at < (starts[node + 1] as number); at++) many += this.pass[firstArticle + (articles[at] as number)] as number;
      counts[node] = many;
    }
    return counts;
  }

  /** Independent origins: copies of one text count once. Null as for `articles`. */
  origins(node: number): number | null {
    if (this.graph.isArticle(node)) return this.pass[node] as number;
    if (!this.graph.core.complete) return this.narrowed ? null : (this.graph.core.nodes.origins[node] ?? 0);
    this.#origins ??= new Int32Array(this.graph.size).fill(-1);
    if (this.#origins[node] === -1) this.#origins[node] = this.#different(node, this.#index.origin);
    return this.#origins[node] as number;
  }

  /** Outlets that publish them. */
  outlets(node: number): number {
    return this.#different(node, this.#index.provider);
  }

  /** How many different values, but -1, the articles of a node have. */
  #different(node: number, values: Int32Array): number {
    const { starts, articles, firstArticle } = this.#index;
    const seen = (this.#seen ??= new Int32Array(this.graph.size));
    const turn = ++this.#turn;
    let many = 0;
    for (let at = starts[node] as number; at < (starts[node + 1] as number); at++) {
      const article = articles[at] as number;
      const value = values[article] as number;
      if (!this.pass[firstArticle + article] || value < 0 || seen[value] === turn) continue;
      seen[value] = turn;
      many++;
    }
    return many;
  }

  /** The number of events that a thing takes part in. */
  events(node: number): number {
    if (!this.#events) {
      const { eventStarts, events } = this.#index;
      this.#events = new Int32Array(this.graph.size);
      for (let one = 0; one < this.graph.size; one++) {
        let many = 0;
        for (let at = eventStarts[one] as number; at < (eventStarts[one + 1] as number); at++) many += this.pass[events[at] as number] as number;
        this.#events[one] = many;
      }
    }
    return this.#events[node] as number;
  }

  /** The articles of a thing that pass, by time; an article itself where it passes. */
  articlesOf(node: number): number[] {
    const { starts, articles, firstArticle } = this.#index;
    if (this.graph.isArticle(node)) return this.left([node]);
    const found: number[] = [];
    for (let at = starts[node] as number; at < (starts[node + 1] as number); at++) {
      const article = firstArticle + (articles[at] as number);
      if (this.pass[article]) found.push(article);
    }
    return found;
  }

  /** The days of the first and the last of these articles; null where none has a day. */
  days(node: number): [number, number] | null {
    const { starts, articles, firstArticle } = this.#index;
    const days = this.graph.core.nodes.day;
    let first: number | null = null, end: number | null = null;
    for (let at = starts[node] as number; at < (starts[node + 1] as number); at++) {
      const article = firstArticle + (articles[at] as number);
      const day = days[article] ?? null; // articles are in the order of time
      if (day === null || !this.pass[article]) continue;
      first ??= day;
      end = day;
    }
    return first === null ? null : [first, end as number];
  }

  /** What the articles of a thing that pass are also about, with the number of those articles; nothing for an article. */
  together(node: number): ReadonlyMap<number, number> {
    const { graph } = this;
    if (graph.core.together) return this.narrowed ? new Map() : graph.together(node);
    const counts = new Map<number, number>();
    if (graph.isArticle(node)) return counts;
    const seen = (this.#seen ??= new Int32Array(graph.size));
    for (const article of this.articlesOf(node)) {
      const turn = ++this.#turn; // an article that names a thing twice counts once
      seen[node] = turn;
      graph.eachEdge(article, (_, other) => {
        if (seen[other] === turn || graph.isArticle(other)) return;
        seen[other] = turn;
        if (this.pass[other]) counts.set(other, (counts.get(other) ?? 0) + 1);
      });
    }
    return counts;
  }
}
