/** Articles of one text: which of a list are copies of each other. */

import type { Graph } from "../data/graph.js";

/** Groups of near-copies among the articles, each in the order given; a group takes the place of its first article. */
export function copyGroups(graph: Graph, articles: readonly number[]): number[][] {
  const there = new Set(articles);
  const done = new Set<number>();
  const groups: number[][] = [];
  for (const article of articles) {
    if (done.has(article)) continue;
    const group = new Set([article]);
    for (const one of group) for (const other of graph.across(one, "near_duplicate")) if (there.has(other)) group.add(other);
    for (const one of group) done.add(one);
    groups.push(articles.filter((one) => group.has(one)));
  }
  return groups;
}
