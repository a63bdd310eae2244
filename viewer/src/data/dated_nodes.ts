/** Which nodes have a day; and what tells of a thing where the articles are not in the page. */

import { articleIndex } from "./article_index.js";
import { DAY } from "./calendar.js";
import type { Graph } from "./graph.js";

/** Call with the events and stories of every thing, where articles are not here. */
export function eachTelling(graph: Graph, visit: (thing: number, other: number) => void): void {
  for (const kind of ["event", "story"]) {
    const [first, past] = graph.range(kind);
    for (let one = first; one < past; one++) {
      for (const thing of graph.together(one).keys()) visit(thing, one);
      graph.eachEdge(one, (_, thing) => visit(thing, one));
    }
  }
}

const dates = new WeakMap<Graph, Uint8Array>();

/** 1 for each node that has a day, its own or that of one of its articles. */
export function datedOf(graph: Graph): Uint8Array {
  let dated = dates.get(graph);
  if (!dated) {
    const made = Uint8Array.from(graph.core.nodes.day, (day) => (day === null ? 0 : 1));
    const [firstEvent, pastEvent] = graph.range("event");
    const { starts, articles, firstArticle } = articleIndex(graph);
    for (let node = 0; node < graph.size; node++) {
      if (node >= firstEvent && node < pastEvent) continue;
      for (let at = starts[node] as number; at < (starts[node + 1] as number); at++) made[node]! |= made[firstArticle + (articles[at] as number)] as number;
    }
    if (!graph.core.complete) eachTelling(graph, (thing, other) => void (made[thing]! |= made[other] as number));
    dates.set(graph, (dated = made));
  }
  return dated;
}

/** Whether the time of an article is known, and not its day alone, which is kept as midnight; false while the texts are packed. */
export const hasTime = (graph: Graph, article: number): boolean => Boolean((graph.textsNow?.time(article) ?? 0) % DAY);
