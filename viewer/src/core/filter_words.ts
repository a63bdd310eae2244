/** The filters in words, as a heading, a print or a picture says what it shows. */

import { UNITS } from "../data/active_filters.js";
import type { Graph } from "../data/graph.js";
import { START, type Filters } from "../data/state.js";
import { capital } from "./display_names.js";
import { count, counted, daySpan, money, percent, words } from "./format.js";

/** Whether any filter is on but the one by kind. */
export const isFiltered = (filters: Filters): boolean => JSON.stringify({ ...filters, kinds: null }) !== JSON.stringify(START.filters);

/** The names of types of events, those that do not occur too; of several that one word asks for this word: "Deals". */
export const typeNames = ({ core }: Graph, types: readonly string[]): string[] => {
  const several = types.length > 2 && core.asked.find((one) => one.types.filter((name) => core.eventTypes.some((type) => type.name === name)).join() === types.join());
  return several ? [capital(several.words.split("|")[0] as string)] : types.map((name) => core.asked.find(({ label, types: [type] }) => label && type === name)?.label ?? words(name));
};

/** One phrase a filter that is on: "November 2021", "topic AI", "acquisition", "at least 80 % sure". */
export function filterWords(graph: Graph, filters: Filters): string[] {
  const names = (iris: readonly string[]): string => iris.map((iri) => {
    const node = graph.byIri(iri);
    return node === undefined ? iri : graph.label(node);
  }).join(" or ");
  const types = typeNames(graph, filters.types);
  return [
    filters.from === null && filters.until === null ? "" : daySpan(filters.from, filters.until),
    filters.topics.length ? `topic ${names(filters.topics)}` : "",
    filters.providers.length ? `published by ${names(filters.providers)}` : "",
    types.length ? `events: ${types.join(" or ").toLowerCase()}` : "",
    filters.statuses.length ? filters.statuses.map(words).join(" or ") : "",
    filters.things.length ? `with ${filters.things.map((iri) => names([iri]) + rolesAsked(filters, iri)).join(" and ")}` : "",
    filters.words && filters.words !== filters.missed ? `with the words “${filters.words}”` : "",
    amountBounds(filters),
    filters.hidden.length ? `${filters.hidden.length} hidden` : "",
    filters.missed ? `no text of these has “${filters.missed}”` : "",
    filters.background ? "" : graph.core.help.newsOnly,
    filters.confidence ? `at least ${percent(filters.confidence)} sure` : "",
    filters.eventConfidence ? `events at least ${percent(filters.eventConfidence)} sure` : "",
    ...filters.bounds.map((one) => boundWords(graph, one)),
    filters.origins > 1 ? `at least ${counted(filters.origins, "independent source")}` : "",
  ].filter(Boolean);
}

/** " as target or seller", or "" where any role will do. */
export const rolesAsked = ({ as }: Filters, iri: string): string => as.filter(([one]) => one === iri).map(([, ...roles]) => ` as ${roles.join(" or ")}`).join("");

/** "over $1B", "at least $1B", "from €1M to €5M", "in USD" or "". */
export function amountBounds({ least, most, currency, beyond }: Pick<Filters, "least" | "most" | "currency" | "beyond">): string {
  if (least === 0 && most === null) return "with an amount";
  const end = (of: number | null, words: string): string => (of === null ? "" : `${words} ${money(of, currency)}`);
  const [from, to] = [end(least, beyond.includes("least") ? "over" : "at least"), end(most, beyond.includes("most") ? "under" : "at most")];
  return (from && to && !beyond.length ? `${end(least, "from")} ${end(most, "to")}` : [from, to].filter(Boolean).join(" and ")) || (currency ? `in ${currency}` : "");
}

/** "companies with at least 6 articles", "exactly 2 outlets", "at most 400 jobs". */
export function boundWords(graph: Graph, [kind = "", what = "", least = "", most = ""]: readonly string[]): string {
  const at = (end: string, word: string): string => end && `${word} ${count(Number(end))}`;
  const many = most === "0" ? "no" : least === most ? at(least, "exactly") : [at(least, "at least"), at(most, "at most")].filter(Boolean).join(" and ");
  const named = (of: string, one = false): string => {
    const info = graph.kindNamed(of);
    return (info ? (one ? info.label : info.plural) : of === "origins" ? "independent sources" : of).toLowerCase();
  };
  return `${UNITS.includes(what) ? "" : `${named(kind)} with `}${many} ${/ 1$/.test(many) ? named(what, true).replace(/s$/, "") : named(what)}`;
}
