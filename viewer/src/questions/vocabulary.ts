/** The words that questions are made of: kinds of things, types of events, months. */

import type { CorePayload } from "../data/payload.js";
import { searchKey } from "../data/name_search.js";

/** What is asked for: things of a kind, and where these are events, of some types. */
export interface Subject {
  kind: string;
  types: readonly string[];
}

/** Words for kinds besides their own names. */
const KINDS: Readonly<Record<string, string>> = {
  provider: "outlets outlet newspapers newspaper publishers publisher media",
  company: "firms firm businesses corporations startups",
  article: "articles news headlines reports",
  person: "persons who",
  place: "countries cities where",
  event: "happenings",
};

/** Words for types of events besides their names. */
const TYPES: Readonly<Record<string, string>> = {
  acquisition: "acquired acquires acquire bought buys buy takeover takeovers buyout buyouts purchases",
  merger: "merged merges",
  partnership: "partnered partners alliances cooperations",
  investment: "invested invests invest stakes",
  funding_round: "funding fundings raised raises rounds",
  ipo: "listings listing",
  dividend: "dividends buybacks payouts",
  financial_result: "results earnings",
  guidance: "outlooks forecasts",
  rating: "ratings downgrades upgrades",
  bankruptcy: "bankruptcies insolvencies insolvency",
  lawsuit: "sued sues sue suits suit litigation",
  regulatory_action: "fines fined probes regulation",
  appointment: "hires hired appointed appoints",
  departure: "resignations resigned resigns",
  layoff: "layoffs job cuts",
  product_launch: "launched launches launch",
  breach: "breaches hacks hacked",
  expansion: "expands expanded",
  closure: "closes closed",
};

/** The subjects by the folded words that name them, longest first. */
export function subjects(core: CorePayload): [string, Subject][] {
  const found = new Map<string, Subject>();
  const put = (words: Iterable<string>, subject: Subject): void => {
    for (const word of words) if (word && !found.has(word)) found.set(word, subject);
  };
  for (const { name, label, plural } of core.kinds) put([label, plural].map(searchKey).concat((KINDS[name] ?? "").split(" ")), { kind: name, types: [] });
  put(["events", "event"], { kind: "event", types: [] });
  for (const { name, label, short } of core.eventTypes) {
    const own = [label, short, name].map(searchKey);
    put([...own.flatMap(plurals), ...(TYPES[name] ?? "").split(" ")], { kind: "event", types: [name] });
  }
  for (const { name, label } of core.eventGroups) {
    const types = core.eventTypes.filter((type) => type.group === name).map((type) => type.name);
    if (types.length && name !== "other") put([searchKey(label)], { kind: "event", types });
  }
  const deals = core.eventTypes.filter((type) => type.group === "deals" || type.name === "investment").map((type) => type.name);
  if (deals.length) found.set("deals", { kind: "event", types: deals });
  return [...found].sort(([one], [other]) => other.length - one.length || (one < other ? -1 : 1));
}

const plurals = (word: string): string[] => [word, `${word}s`, word.replace(/y$/, "ies"), word.replace(/(s|x|ch)$/, "$1es")];

export const MONTHS: readonly string[] = ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/** Words that ask and say nothing of what. */
export const FILLERS: ReadonlySet<string> = new Set(
  "a an the of in on at to for from by with about and or which what who whose how many much is are was were did does do have has had been be that this those these there it its all any some show me list find give tell most more top largest biggest highest latest newest recent cover covers covered covering covering report reports reported reporting write writes wrote per each every over under named mention mentions mentioned mentioning concerning regarding between whom into as common both together compare compared connect connects connection versus vs happened happens".split(" "),
);
