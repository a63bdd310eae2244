/** Which articles each thing rests on: the one index behind every count of the page. */

import type { GraphStructure } from "./graph_structure.js";

/** Articles are places among the articles here, from 0 by time; a thing is any node that is no article. */
export interface ArticleIndex {
  readonly firstArticle: number;
  readonly size: number;
  /** The articles of a node are `articles[starts[node]]` to `articles[starts[node + 1]]`, each once, ascending. */
  readonly starts: Int32Array;
  readonly articles: Int32Array;
  /** The place of the article that an article's text is a copy of; its own where it is no copy. */
  readonly origin: Int32Array;
  /** The node of an article's provider, -1 where it has none. */
  readonly provider: Int32Array;
  /** The events that a node takes part in, in the same way, each once; as node numbers. */
  readonly eventStarts: Int32Array;
  readonly events: Int32Array;
}

const known = new WeakMap<GraphStructure, ArticleIndex>();

/** The index of a graph, made once. A page without articles has an index without articles. */
export function articleIndex(graph: GraphStructure): ArticleIndex {
  let index = known.get(graph);
  if (!index) known.set(graph, (index = make(graph)));
  return index;
}

function make(graph: GraphStructure): ArticleIndex {
  const [firstArticle, past] = graph.range("article");
  const size = past - firstArticle;
  const isArticle = (node: number): boolean => node >= firstArticle && node < past;
  const provider = new Int32Array(size).fill(-1);
  const tellings: number[] = []; // pairs of a node and the place of an article
  const parts: number[] = []; // pairs of a party and an event
  for (let edge = 0; edge < graph.source.length; edge++) {
    const source = graph.source[edge] as number, target = graph.target[edge] as number;
    const { kind } = graph.group(edge);
    if (kind === "actor") parts.push(target, source);
    const from = isArticle(source);
    if (from === isArticle(target)) continue;
    tellings.push(from ? target : source, (from ? source : target) - firstArticle);
    if (kind === "published_by" && from) provider[source - firstArticle] = target;
  }
  const [starts, articles] = lists(graph.size, tellings);
  const [eventStarts, events] = lists(graph.size, parts);
  const { articleOrigin } = graph.core;
  const origin = Int32Array.from({ length: size }, (_, place) => place - (articleOrigin[place] ?? 0));
  return { firstArticle, size, starts, articles, origin, provider, eventStarts, events };
}

/** Values by node from pairs of a node and a value: where each node's begin, and the values, each once, ascending. */
function lists(size: number, pairs: readonly number[]): [Int32Array, Int32Array] {
  const ends = new Int32Array(size + 1);
  for (let at = 0; at < pairs.length; at += 2) ends[(pairs[at] as number) + 1]!++;
  for (let node = 0; node < size; node++) ends[node + 1]! += ends[node] as number;
  const next = ends.slice();
  const all = new Int32Array(pairs.length / 2);
  for (let at = 0; at < pairs.length; at += 2) all[next[pairs[at] as number]!++] = pairs[at + 1] as number;
  const starts = new Int32Array(size + 1);
  let kept = 0;
  for (let node = 0; node < size; node++) {
    const mine = all.subarray(ends[node], ends[node + 1]).sort();
    let last = -1;
    // what is kept is never more than what was read, so that both can share one array
    for (const value of mine) if (value !== last) all[kept++] = last = value;
    starts[node + 1] = kept;
  }
  return [starts, all.slice(0, kept)];
}
