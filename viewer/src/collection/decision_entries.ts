/** What a reader decides in the page, as entries of `decisions.yaml`, the file by which the next build corrects the graph. */

import { STATUSES } from "../core/event_words.js";
import { eventValues, type EventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";

/** The verbs that the page writes, with how they read. */
export const VERBS: Readonly<Record<string, string>> = {
  not_a_company: "is not a company",
  person: "is a person",
  same: "are the same",
  different: "are different",
  wrong_event: "is a wrong event",
};

/** What may be set of an event, as it stands in its entry: "status: ended", "amount: none". */
const SETTING = new RegExp(`^(?:status: (?:${STATUSES.join("|")})|(?:amount|part): none)$`);

/** The corrections of an event that can be made by one press: any other status, and no amount or part where it has one. */
export const settings = ({ status, amount, part }: EventValues): string[] =>
  [...STATUSES.filter((other) => other !== status).map((other) => `status: ${other}`), ...(amount === null ? [] : ["amount: none"]), ...(part ? ["part: none"] : [])];

/** Entries in the order in which they were made; those that name what is not in the graph are left out. */
export function decisionEntries(graph: Graph, decided: readonly (readonly string[])[]): string {
  return decided.map(([verb = "", ...iris]) => {
    const nodes = iris.map((iri) => graph.byIri(iri)).filter((node): node is number => node !== undefined);
    const set = SETTING.test(verb);
    if (!(verb in VERBS || set) || nodes.length < iris.length || !nodes.length) return "";
    if (set || verb === "wrong_event") {
      const about = eventReference(graph, nodes[0] as number);
      return about && (set ? `- event: ${about}\n  set: {${verb}}\n` : `- wrong_event: ${about}\n`);
    }
    const names = nodes.map((node) => reference(graph, node));
    if (names.some((name) => !name) || nodes.some((node) => !alike(graph, nodes[0] as number, node))) return "";
    return `- ${verb}: ${names.length > 1 ? `[${names.join(", ")}]` : (names[0] as string)}\n`;
  }).join("");
}

/** How a decision that joins names a thing: a company by its name, an article by its IRI, an event by its parties; "" what none can join. */
function reference(graph: Graph, node: number): string {
  const kind = graph.kind(node).name;
  if (kind === "company") return scalar(graph.label(node));
  if (kind === "article") return `{article: ${scalar(graph.core.base + graph.iri(node))}}`;
  const event = kind === "event" ? eventReference(graph, node) : "";
  return event && `{event: ${event}}`;
}

/** Whether two things are of one kind, events of one type. */
const alike = (graph: Graph, one: number, other: number): boolean =>
  graph.kindOf[one] === graph.kindOf[other] && eventValues(graph, one)?.type === eventValues(graph, other)?.type;

/** Whether a decision can say of two things that they are one: two companies, two events of one type, or two articles, which are then one story. */
export const canJoin = (graph: Graph, one: number, other: number): boolean => {
  const names = [one, other].map((node) => reference(graph, node));
  return one !== other && alike(graph, one, other) && names[0] !== "" && names[0] !== names[1];
};

/** Whether a decision can name this event: by its type and its main parties. */
export const canName = (graph: Graph, event: number): boolean => eventReference(graph, event) !== "";

function eventReference(graph: Graph, event: number): string {
  const values = eventValues(graph, event);
  if (!values || values.type.name === "deal") return "";
  const parties = [...graph.rolesAt(event)].filter(([, roles]) => roles.some((role) => values.type.main.includes(role))).map(([party]) => graph.label(party));
  if (!parties.length) return "";
  const month = values.when && values.when.length >= 7 ? `, month: ${values.when.slice(0, 7)}` : "";
  return `{type: ${values.type.name}, parties: [${parties.map(scalar).join(", ")}]${month}}`;
}

/** A name as a scalar of YAML in double quotes, whose escapes are those of JSON. */
const scalar = (text: string): string => JSON.stringify(text.replace(/\s+/g, " ").trim()).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
