/** A part of the graph as a list of statements, each with the article and the sentence that state it. */

import { csv } from "../core/csv.js";
import { isoWhen } from "../core/event_words.js";
import { isoDay } from "../core/format.js";
import { eventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import type { Texts } from "../data/texts.js";

const TITLES = ["From", "Link", "Role", "To", "Event", "When", "Amount", "Currency", "Status", "Confidence", "Headline", "Outlet", "Published", "Address", "Sentence", "From IRI", "To IRI"];

/** One line for each statement between things and each article that supports it; links of articles are the sources, not lines of their own. */
export function statementsCsv(graph: Graph, texts: Texts, keep: Uint8Array): string {
  const { core } = graph;
  const iri = (node: number): string => `${core.base}${graph.iri(node) ?? ""}`;
  function* lines(): Generator<string[]> {
    yield TITLES;
    for (let edge = 0; edge < graph.source.length; edge++) {
      const source = graph.source[edge] as number, target = graph.target[edge] as number;
      if (!keep[source] || !keep[target] || graph.isArticle(source) || graph.isArticle(target)) continue;
      const group = graph.group(edge), place = graph.placeOf(edge);
      const event = group.event?.[place] ?? (graph.eventPlace(source) >= 0 ? source : -1);
      const values = event < 0 ? null : eventValues(graph, event);
      const own = [
        graph.label(source), group.label, group.roles?.[group.role?.[place] ?? -1] ?? "", graph.label(target), event < 0 ? "" : graph.label(event), event < 0 ? "" : isoWhen(graph, event),
        String(values?.amount ?? ""), values?.currency ?? "", values?.status ?? "",
      ];
      const seen = new Set<number>();
      const found = texts.evidence(edge).filter(({ article }) => !seen.has(article) && seen.add(article));
      for (const row of found.length ? found : [null]) {
        const day = row ? (core.nodes.day[row.article] ?? null) : null;
        const outlet = row ? graph.across(row.article, "published_by", "out")[0] : undefined;
        yield [
          ...own, String((row ? row.confidence : null) ?? core.nodes.confidence[event] ?? ""),
          ...(row ? [graph.label(row.article), outlet === undefined ? "" : graph.label(outlet), day === null ? "" : isoDay(day), texts.url(row.article), row.sentence] : ["", "", "", "", ""]),
          iri(source), iri(target),
        ];
      }
    }
  }
  return csv(lines());
}
