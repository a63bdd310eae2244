/** What is known of the communities as wholes: their topic, their articles by month, and how much they have to do with each other. */

import type { Graph } from "../data/graph.js";

export interface CommunityFacts {
  /** Of each community the topic that marks it most, "" where it has none. */
  topics: string[];
  /** Of each community how many of its things are shown, articles left out. */
  sizes: Uint32Array;
  /** Of each community its articles in each of `BARS` equal parts of the time. */
  months: Uint32Array[];
  /** Pairs of communities, with the number of articles and statements that link them, the strongest first. */
  links: [one: number, other: number, count: number][];
}

export const BARS = 24;
const OUTER = 0.02; // of the articles at each end of the time, which do not stretch it
const LINKS = 1.5; // for each community

/** Things and links count where they are `shown`; articles by time and topics where they `pass` the filters, as these are mostly not drawn. */
export function communityFacts(graph: Graph, pass: Uint8Array, shown: Uint8Array): CommunityFacts {
  const { community, day } = graph.core.nodes;
  const many = graph.core.communities.length;
  const months = Array.from({ length: many }, () => new Uint32Array(BARS));
  const counts = Array.from({ length: many }, () => new Map<number, number>());
  const [firstTopic, pastTopic] = graph.range("topic");
  const all = new Map<number, number>();
  const links = new Map<number, number>();
  const link = (one: number, other: number): void => {
    if (one === other || one < 0 || other < 0) return;
    const key = Math.min(one, other) * many + Math.max(one, other);
    links.set(key, (links.get(key) ?? 0) + 1);
  };
  const [first, past] = graph.range("article");
  const days = day.slice(first, past).filter((one, at): one is number => one !== null && pass[first + at] === 1); // articles are in the order of time
  const few = Math.floor(days.length * OUTER);
  const [least, most] = [days[few] ?? 0, days[days.length - 1 - few] ?? 0];
  const parts = Math.max(1, most - least + 1) / BARS;
  for (let article = first; article < past; article++) {
    if (!pass[article]) continue;
    const home = community[article] as number, when = day[article] ?? null;
    if (home >= 0 && when !== null) (months[home] as Uint32Array)[Math.max(0, Math.min(BARS - 1, Math.floor((when - least) / parts)))]!++;
    graph.eachEdge(article, (_, other) => {
      if (!pass[other] || graph.isArticle(other)) return;
      if (shown[other]) link(home, community[other] as number);
      if (other < firstTopic || other >= pastTopic) return;
      all.set(other, (all.get(other) ?? 0) + 1);
      const mine = counts[home];
      mine?.set(other, (mine.get(other) ?? 0) + 1);
    });
  }
  for (let edge = 0; edge < graph.source.length; edge++) {
    const source = graph.source[edge] as number, target = graph.target[edge] as number;
    if (shown[source] && shown[target] && !graph.isArticle(source) && !graph.isArticle(target)) link(community[source] as number, community[target] as number);
  }
  // a topic that everything has says little of one community: what is half here counts more than what is all over
  const topics = counts.map((its) => {
    const [best] = [...its].sort((one, other) => other[1] / Math.sqrt(all.get(other[0]) ?? 1) - one[1] / Math.sqrt(all.get(one[0]) ?? 1) || one[0] - other[0]);
    return best ? graph.label(best[0]) : "";
  });
  const strongest = [...links].sort((one, other) => other[1] - one[1] || one[0] - other[0]).slice(0, LINKS * many);
  const sizes = new Uint32Array(many);
  for (let node = 0; node < graph.size; node++) if (shown[node] && !graph.isArticle(node) && (community[node] as number) >= 0) sizes[community[node] as number]!++;
  return { topics, sizes, months, links: strongest.map(([key, count]) => [Math.floor(key / many), key % many, count]) };
}
