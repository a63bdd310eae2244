/** The words that questions are made of: kinds of things and types of events, as the page's data have them, and months. */

import { MONTH_NAMES } from "../data/calendar.js";
import type { CorePayload } from "../data/payload.js";

/** What is asked for: things of a kind, and where these are events, or told with some, of some types. */
export interface Subject {
  kind: string;
  types: readonly string[];
  /** Roles of who does it, of the other side, and of whose it is. */
  sides?: string[][] | undefined;
  verb?: 1 | undefined;
}

/** The subjects by the folded words that name them, longest first; of their types those that occur, if any does. */
export const subjects = ({ asked, eventTypes }: CorePayload): [string, Subject][] =>
  asked.flatMap(({ words, types, ...more }) => {
    const known = types.filter((name) => eventTypes.some((type) => type.name === name));
    return words.split("|").map((word): [string, Subject] => [word, { ...more, types: known.length ? known : types }]);
  }).sort(([one], [other]) => other.length - one.length || (one < other ? -1 : 1));

/** A pattern of the page's data, with the patterns that its words in capitals stand for: "MONTHS". */
export const pattern = (patterns: CorePayload["patterns"], what: string): string => (patterns[what] ?? "$^").replace(/[A-Z]{4,}/g, (name) => pattern(patterns, name));

/** It as an expression that finds all places, in letters of any case. */
export const rule = (patterns: CorePayload["patterns"], what: string): RegExp => new RegExp(pattern(patterns, what), "gi");

/** The number of a month, from 0. */
export const monthOf = (word: string): number => MONTH_NAMES.indexOf(word.slice(0, 3));
