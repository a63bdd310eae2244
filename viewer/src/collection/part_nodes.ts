/** What belongs to a part that is taken away: the things chosen, what they are linked to, and the sources of that. */

import type { Graph } from "../data/graph.js";

/** One value a node: 1 for the things, their neighbours, the parties of those that are events, what the articles of a story tell of, and who published the articles. */
export function partNodes(graph: Graph, things: readonly number[], mask: Uint8Array): Uint8Array {
  const keep = new Uint8Array(graph.size);
  const add = (node: number): void => {
    if (mask[node]) keep[node] = 1;
  };
  const near = new Set<number>();
  for (const thing of things) {
    keep[thing] = 1;
    graph.eachEdge(thing, (_, other) => near.add(other));
    // of a story, what its articles tell of; not other articles
    if (graph.kind(thing).name === "story") for (const article of graph.articlesOf(thing)) if (mask[article]) graph.eachEdge(article, (_, other) => !graph.isArticle(other) && near.add(other));
  }
  for (const node of near) add(node);
  for (const node of [...near, ...things]) {
    if (!keep[node]) continue;
    if (graph.eventPlace(node) >= 0) for (const other of [...graph.across(node, "actor", "out"), ...graph.across(node, "tells", "in")]) add(other);
  }
  for (let article = graph.range("article")[0]; article < graph.range("article")[1]; article++) {
    if (keep[article]) for (const kind of ["published_by", "part_of_story"]) for (const other of graph.across(article, kind, "out")) add(other);
  }
  return keep;
}
