/** What a selection holds, beside the time before it: new companies, grown stories, the largest deals, disputed figures. */

import { articleIndex } from "./article_index.js";
import { firstDay, isFirst, monthNumber, monthOf } from "./calendar.js";
import { daysOf, eventValues } from "./event_values.js";
import type { Graph } from "./graph.js";
import { shownNumbers, type ShownNumbers } from "./shown_numbers.js";
import { ANY_AMOUNT, type Filters } from "./state.js";

/** First and last day, both inclusive, in days since 1970-01-01. */
export type Days = readonly [number, number];

export interface Growth {
  node: number;
  now: number;
  before: number;
}

export interface Briefing {
  /** The days of the selection, where the filters give any; and those before it, of the same length, where articles are known from them. */
  days: Days | null;
  before: Days | null;
  /** How many pass, and how many did in the days before: by kind. Events are those known to be of these days. */
  counts: ReadonlyMap<string, Growth>;
  /** Stories, those that grew most first; without a time before, the largest first. */
  stories: Growth[];
  /** Companies that no earlier article of these topics, providers, things and words names, whatever it tells of; null without a time before. */
  newCompanies: Growth[] | null;
  companies: Growth[];
  /** Deals with an amount in the currency that most have, the largest first, and how many there are in other currencies. */
  deals: number[];
  otherCurrencies: number;
  /** Events whose reports contradict each other, where some of them are of these days. */
  disputed: number[];
  /** How many more events pass of which no more is known than a year or month that is not all of these days: by that, "2021". */
  vague: ReadonlyMap<string, number>;
}

const DEAL_TYPES: readonly string[] = ["investment", "funding_round", "ipo"];

const last = new WeakMap<Graph, { key: string; found: Briefing }>();

/** The briefing under some filters; the same value for equal filters asked again. Which kinds are ticked does not change it. */
export function briefing(graph: Graph, filters: Filters): Briefing {
  const key = JSON.stringify({ ...filters, kinds: null });
  const known = last.get(graph);
  if (known?.key === key) return known.found;
  const found = make(graph, { ...filters, kinds: null });
  last.set(graph, { key, found });
  return found;
}

function make(graph: Graph, filters: Filters): Briefing {
  const days = daysAsked(graph, filters);
  const before = days && daysBefore(graph, days);
  const now = shownNumbers(graph, filters);
  const then = before && shownNumbers(graph, { ...filters, from: before[0], until: before[1] });
  const ever = before && shownNumbers(graph, { ...filters, ...ANY_EVENT, from: null, until: (days as Days)[0] - 1 });
  const growth = (node: number): Growth => ({ node, now: now.articles(node) ?? graph.core.nodes.articles[node] ?? 0, before: then?.articles(node) ?? 0 });
  const shown = (kind: string): number[] => range(graph, kind).filter((node) => now.passes(node));
  const most = (one: Growth, other: Growth): number => other.now - one.now || one.node - other.node;
  const companies = shown("company").map(growth).sort(most);
  const stories = shown("story").map(growth).sort(then ? (one, other) => other.now - other.before - (one.now - one.before) || most(one, other) : most);
  const passing = shown("event"), events = passing.filter((event) => lies(graph, event, filters));
  const vague = new Map<string, number>();
  for (const event of passing) {
    const when = eventValues(graph, event)?.when;
    if (when && !lies(graph, event, filters)) vague.set(when, (vague.get(when) ?? 0) + 1);
  }
  return {
    days, before, companies, stories, ...dealsOf(graph, events),
    vague, counts: new Map(graph.core.kinds.map(({ name }) => [name, { node: -1, now: (name === "event" ? events : shown(name)).length, before: then ? range(graph, name).filter((node) => then.passes(node)).length : 0 }])),
    newCompanies: ever && companies.filter(({ node, now: many }) => many > 0 && !named(ever, node)),
    // an event of some year passes each of its months, but what its articles disagree on is told where these are
    disputed: passing.filter((event) => eventValues(graph, event)?.disputed && (!days || named(now, event))),
  };
}

/** No filter by what is reported: these would leave out articles that name a company for another reason. */
const ANY_EVENT: Partial<Filters> = { types: [], statuses: [], ...ANY_AMOUNT, bounds: [] };

/** Whether a thing is known to be of the days asked: an event of some month is, where all of the month is. */
function lies(graph: Graph, node: number, { from, until }: Filters): boolean {
  const days = daysOf(graph, node);
  return (from === null && until === null) || (days !== null && days[0] >= (from ?? -Infinity) && days[1] <= (until ?? Infinity));
}

const range = (graph: Graph, kind: string): number[] => {
  const [first, past] = graph.range(kind);
  return Array.from({ length: past - first }, (_, at) => first + at);
};

const named = (numbers: ShownNumbers, node: number): boolean => (numbers.articles(node) ?? 0) > 0;

/** The days that the filters ask for; an end that is left open is that of the articles. */
function daysAsked(graph: Graph, { from, until }: Filters): Days | null {
  if (from === null && until === null) return null;
  const known = articleDays(graph);
  const days: Days = [from ?? known?.[0] ?? (until as number), until ?? known?.[1] ?? (from as number)];
  return days[1] >= days[0] ? days : null;
}

/** The days of the first and the last article; null where none is dated. */
export function articleDays(graph: Graph): Days | null {
  const { firstArticle, size } = articleIndex(graph);
  let days: Days | null = null;
  for (let article = firstArticle; article < firstArticle + size; article++) {
    const day = graph.core.nodes.day[article] ?? null;
    if (day !== null) days = days ? [days[0], day] : [day, day]; // articles are in the order of time
  }
  return days;
}

/** As many days before some days, whole months before whole months; null where no article is so old. */
export function daysBefore(graph: Graph, [from, until]: Days): Days | null {
  const known = articleDays(graph);
  const whole = isFirst(from) && isFirst(until + 1);
  const first = whole ? firstDay(2 * monthNumber(from) - monthNumber(until + 1)) : from - (until - from + 1);
  return known && known[0] < from ? [first, from - 1] : null;
}

/** The months that have articles among those shown, the earliest first: the first day of each, and how many it has. */
export function articleMonths(shown: ShownNumbers): { first: number; articles: number }[] {
  const { graph } = shown;
  const { firstArticle, size } = articleIndex(graph);
  const found: { first: number; articles: number }[] = [];
  for (let article = firstArticle; article < firstArticle + size; article++) {
    const day = graph.core.nodes.day[article] ?? null;
    if (day === null || !shown.passes(article)) continue;
    const first = monthOf(day)[0];
    const last = found.at(-1);
    if (last?.first === first) last.articles++;
    else found.push({ first, articles: 1 });
  }
  return found;
}

/** Only sums of one currency can be compared: the most frequent one. */
function dealsOf(graph: Graph, events: readonly number[]): { deals: number[]; otherCurrencies: number } {
  const sums = events.flatMap((event) => {
    const values = eventValues(graph, event);
    return values && values.amount !== null && (values.type.group === "deals" || DEAL_TYPES.includes(values.type.name)) ? [{ event, amount: values.amount, currency: values.currency }] : [];
  });
  const counts = new Map<string | null, number>();
  for (const { currency } of sums) counts.set(currency, (counts.get(currency) ?? 0) + 1);
  const [main] = [...counts].sort((one, other) => other[1] - one[1])[0] ?? [null];
  const deals = sums.filter(({ currency }) => currency === main).sort((one, other) => other.amount - one.amount || one.event - other.event);
  return { deals: deals.map(({ event }) => event), otherCurrencies: sums.length - deals.length };
}
