/** A part of the graph as GraphML, for yEd, Gephi and Cytoscape; attributes are those of the graph's own file, as many as the page knows. */

import { isoWhen } from "../core/event_words.js";
import { eventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import type { Texts } from "../data/texts.js";

const KEYS = { node: ["kind", "label", "when", "articles", "type", "status", "amount", "currency", "url"], edge: ["kind", "role", "event"] } as const;
const NUMBERS: readonly string[] = ["articles", "amount"];

export function graphml(graph: Graph, texts: Texts, keep: Uint8Array): string {
  const iri = (node: number): string => xml(`${graph.core.base}${graph.iri(node) ?? ""}`);
  const data = (of: "node" | "edge", values: Record<string, string | number | null>): string =>
    Object.entries(values).map(([name, value]) => (value === null || value === "" ? "" : `<data key="${of[0]}-${name}">${xml(String(value))}</data>`)).join("");
  const lines: string[] = [];
  for (let node = 0; node < graph.size; node++) {
    if (!keep[node]) continue;
    const values = eventValues(graph, node);
    lines.push(`<node id="${iri(node)}">${data("node", {
      kind: graph.kind(node).name, label: graph.label(node), when: isoWhen(graph, node), articles: graph.isArticle(node) ? null : (graph.core.nodes.articles[node] ?? null),
      type: values?.type.name ?? "", status: values?.status ?? "", amount: values?.amount ?? null, currency: values?.currency ?? "", url: graph.isArticle(node) ? texts.url(node) : "",
    })}</node>`);
  }
  for (let edge = 0; edge < graph.source.length; edge++) {
    const source = graph.source[edge] as number, target = graph.target[edge] as number;
    if (!keep[source] || !keep[target]) continue;
    const group = graph.group(edge);
    const event = group.event?.[graph.placeOf(edge)] ?? -1;
    lines.push(`<edge id="e${edge}" source="${iri(source)}" target="${iri(target)}">${data("edge", {
      kind: group.kind, role: group.roles?.[group.role?.[graph.placeOf(edge)] ?? -1] ?? "", event: event < 0 ? "" : `${graph.core.base}${graph.iri(event) ?? ""}`,
    })}</edge>`);
  }
  const keys = (["node", "edge"] as const).flatMap((of) => KEYS[of].map((name) => `<key id="${of[0]}-${name}" for="${of}" attr.name="${name}" attr.type="${NUMBERS.includes(name) ? "double" : "string"}"/>`));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n${keys.join("\n")}\n<graph edgedefault="directed">\n${lines.join("\n")}\n</graph>\n</graphml>\n`;
}

/** XML has no place for most control characters. */
const xml = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign] ?? "&quot;");
