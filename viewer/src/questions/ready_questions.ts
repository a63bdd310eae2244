/** Questions to begin with, filled with what this graph has. */

import type { Graph } from "../data/graph.js";
import { isoDay } from "../core/format.js";

/** Phrases that the search field understands, those that this graph can answer. */
export function readyQuestions(graph: Graph): { title: string; phrases: string[] }[] {
  const { core } = graph;
  const top = (kind: string, place = 0): string => {
    const [first, past] = graph.range(kind);
    return first + place < past ? graph.label(first + place) : "";
  };
  const counts = new Map<string, number>();
  for (const type of core.events.type) counts.set(core.eventTypes[type]?.label ?? "", (counts.get(core.eventTypes[type]?.label ?? "") ?? 0) + 1);
  const types = [...counts].sort((one, other) => other[1] - one[1]).map(([label]) => label.toLowerCase()).filter((label) => !/other/.test(label));
  const [first, past] = graph.range("article");
  const days = core.nodes.day.slice(first, past).filter((day): day is number => day !== null);
  const year = days.length ? isoDay(days[Math.floor(days.length / 2)] as number).slice(0, 4) : "";
  const [company, second, topic] = [top("company"), top("company", 1), top("topic", 1) || top("topic")];
  const some = (phrase: string, ...needed: string[]): string[] => (needed.every(Boolean) ? [phrase] : []);
  return [
    { title: "What happened", phrases: [
      ...types.slice(0, 3).map((type) => `${type}s by month`.replace(/(ch|s)s by/, "$1es by").replace(/ys by/, "ies by")),
      ...some(`deals over $1bn${year ? ` in ${year}` : ""}`, types[0] ?? ""),
      ...some("largest events", types[0] ?? ""),
      ...some("disputed figures", types[0] ?? ""),
    ] },
    { title: "Who reports it", phrases: [...some(`outlets about ${topic}`, topic, top("provider")), ...some(`outlets about ${company}`, company, top("provider")), ...some(`companies about ${topic}`, topic, company), ...some(`stories about ${topic}`, topic, top("story"))] },
    { title: "Companies", phrases: [...some(`events with ${company}`, company, types[0] ?? ""), ...some(`companies with ${company}`, company), ...some(`topics of ${company}`, company, topic), ...some(`${company} and ${second}`, company, second)] },
  ].filter(({ phrases }) => phrases.length);
}
