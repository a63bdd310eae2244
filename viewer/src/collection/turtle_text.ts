/** A part of the graph as RDF in Turtle: the same statements as those of the graph's own file, as many as the page knows. */

import { eventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import type { Texts } from "../data/texts.js";

/** Kinds whose names have another property than `schema:name`, and the language of those that have one. */
const NAMES: Readonly<Record<string, [property: string, language: string]>> = { article: ["schema:headline", ""], topic: ["skos:prefLabel", "@en"], event: ["rdfs:label", "@en"] };
/** Roles that are no actors. */
const THINGS: readonly string[] = ["ng:product", "ng:unit", "ng:place"];
/** Links of events to the articles that report them. */
const DERIVED = "prov:wasDerivedFrom";

export function turtle(graph: Graph, texts: Texts, keep: Uint8Array): string {
  const { core } = graph;
  const statements = new Map<number, Set<string>>();
  const say = (node: number, property: string, value: string): void => void statements.get(node)?.add(`${property} ${value}`);
  const iri = (node: number): string => `<${escaped(`${core.base}${graph.iri(node) ?? ""}`)}>`;
  for (let node = 0; node < graph.size; node++) {
    if (!keep[node]) continue;
    statements.set(node, new Set());
    const kind = graph.kind(node);
    for (const type of kind.classes) say(node, "a", type);
    const [property, language] = NAMES[kind.name] ?? ["schema:name", ""];
    if (core.nodes.label[node]) say(node, property, `${quoted(core.nodes.label[node] as string)}${language}`);
    if (kind.name === "event") event(graph, node, say);
    if (kind.name !== "article") continue;
    if (texts.url(node)) say(node, "schema:url", `<${escaped(texts.url(node))}>`);
    const time = texts.time(node);
    if (time !== null) say(node, "schema:datePublished", `"${new Date(time).toISOString().replace(".000Z", "Z")}"^^xsd:dateTime`);
  }
  for (let edge = 0; edge < graph.source.length; edge++) {
    const source = graph.source[edge] as number, target = graph.target[edge] as number;
    if (!keep[source] || !keep[target]) continue;
    const group = graph.group(edge);
    const role = group.roleProperties?.[group.role?.[graph.placeOf(edge)] ?? -1];
    if (role) say(source, role, iri(target));
    if (!role || !THINGS.includes(role)) say(source, group.property, iri(target));
    if (!group.directed) say(target, group.property, iri(source));
    if (group.kind === "tells") say(target, DERIVED, iri(source));
  }
  const body = [...statements].map(([node, all]) => `${iri(node)}\n    ${[...all].join(" ;\n    ")} .\n`);
  const prefixes = Object.entries(core.prefixes).filter(([name]) => body.some((block) => block.includes(` ${name}:`) || block.includes(`^${name}:`)));
  return `${prefixes.map(([name, full]) => `@prefix ${name}: <${full}> .\n`).join("")}\n${body.join("\n")}`;
}

function event(graph: Graph, node: number, say: (node: number, property: string, value: string) => void): void {
  const values = eventValues(graph, node);
  if (!values) return;
  say(node, "a", values.type.class);
  say(node, "a", "sem:Event");
  if (values.when) say(node, "sem:hasTimeStamp", `"${values.when}"^^xsd:${["gYear", "gYearMonth", "date"][values.when.split("-").length - 1]}`);
}

const quoted = (text: string): string => `"${text.replace(/[\\"\u0000-\u001f\u007f]/g, (sign) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[sign] ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`)}"`;
/** What an IRI may not have as it is. */
const escaped = (iri: string): string => iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (sign) => encodeURIComponent(sign));
