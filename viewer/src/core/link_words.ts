/** How links read in words. */

import { counted, words } from "./format.js";
import type { Graph } from "../data/graph.js";
import type { Neighbour } from "../data/neighbours.js";

/** The words of an edge, read from one of its ends: "invested in", "is reported by", "as investor". */
export function edgeWords(graph: Graph, edge: number, outgoing: boolean): string {
  const group = graph.group(edge);
  const role = group.roles?.[group.role?.[graph.placeOf(edge)] ?? -1];
  if (role !== undefined) return outgoing ? role : `as ${role}`;
  return outgoing || !group.directed ? words(group.label) : words(group.inverse || group.label);
}

/** A neighbour's link in a few words: what the first edge says, or in how many articles both are if in more than one. */
export function shortWords(graph: Graph, from: number, one: Neighbour): string {
  const edge = one.edges[0];
  if (edge === undefined) return one.articles > 1 ? counted(one.articles, "article") : ""; // one is what a faint line says
  const others = new Set(one.edges.map((each) => edgeWords(graph, each, graph.source[each] === from))).size - 1;
  return edgeWords(graph, edge, graph.source[edge] === from) + (others ? `, ${others} more` : "");
}

/** The same in full, for screen readers and tooltips. */
export function fullWords(graph: Graph, from: number, one: Neighbour): string {
  const all = [...new Set(one.edges.map((each) => edgeWords(graph, each, graph.source[each] === from)))].join(", ");
  const rests = counted(one.articles, "article");
  const unsure = one.firm ? "" : ", not confirmed";
  return `${graph.label(from)} and ${graph.label(one.node)}: ${all ? `${all} (${rests})` : `named together in ${rests}`}${unsure}`;
}
