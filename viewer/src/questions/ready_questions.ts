/** Questions to begin with, filled with what this graph has. */

import type { Graph } from "../data/graph.js";
import { isoDay } from "../core/format.js";

/** Phrases that the search field understands, of those that this graph can answer. */
export function readyQuestions(graph: Graph): string[] {
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
    ...some(`${plural(types[0] ?? "")}${year ? ` in ${year}` : ""}`, types[0] ?? ""),
    ...some(`deals over $100m${year ? ` in ${year}` : ""}`, types[0] ?? ""),
    ...some("disputed figures", types[0] ?? ""),
    ...some(`outlets about ${topic}`, topic, top("provider")),
    ...some(`events with ${company}`, company, types[0] ?? ""),
    ...some(`companies about ${topic}`, topic, company),
    ...some(`${company} and ${second}`, company, second),
  ];
}

const plural = (word: string): string => `${word.replace(/y$/, "ie").replace(/(?:s|x|ch)$/, "$&e")}s`;
