/** Bounds of amounts and numbers in a question: "over $1bn", "between 5 and 10 million", "half a billion or more", "more than five articles". */

import type { CorePayload } from "../data/payload.js";
import type { Question } from "./question.js";
import { pattern, rule } from "./vocabulary.js";

/** Sign, figure, size and unit of one sum. */
type Sum = readonly (string | undefined)[];

/** Takes what a pattern finds out of the phrase: the first place that fits. */
export type Take = (pattern: RegExp | string, use: (match: RegExpExecArray) => void, fits?: (match: RegExpExecArray) => unknown) => void;

type Patterns = CorePayload["patterns"];

/** Patterns of one sort, those of which the key begins with a sign, by the rest of the key. */
const ofSort = (patterns: Patterns, sign: string): [string, string][] => Object.entries(patterns).flatMap(([key, words]) => (key.startsWith(sign) ? [[key.slice(1), words]] : []));

/** Numbers in words as figures, and a bound behind its number before it: "half a billion or more" as "at least 0.5 billion". `text` is lower-case, with a blank at both ends. */
export function withFigures(text: string, patterns: Patterns): string {
  let rest = text;
  for (const [figure, words] of ofSort(patterns, "=")) rest = rest.replace(new RegExp(` (?:${words})${pattern(patterns, "figured")}`, "g"), ` ${figure}`);
  return rest.replace(rule(patterns, "or more"), (_, number: string, ...groups) => ` at ${groups[4] ? "most" : "least"} ${number}`);
}

/** Whether the bound itself is left out: "over", but not "at least". */
const isOpen = (word = ""): boolean => /^(?!at |no |up |a )./.test(word);

/** Take out how many there must be of something and note it; words for types of events stay. */
export function numbers(found: Question, patterns: Patterns, take: Take): void {
  for (const [what, nouns] of ofSort(patterns, "#")) {
    take(pattern(patterns, "many") + (what === "events" ? pattern(patterns, "ahead") : `(?:${nouns})(?: only)?(?= )`), ([, over, under, figure = "", past, size]) => {
      const number = inFull(figure, size), open = Number(isOpen(over ?? under));
      found.bounds.push([what, under ? "" : `${number + open}`, over ? "" : `${past ? inFull(past, size) : number - open}`]);
    }, ([, over, under, figure = ""]) => over ?? under ?? !/^(?:19|20)\d\d$/.test(figure));
  }
}

const isMoney = ([sign, , size, unit]: Sum): boolean => Boolean(sign ?? size ?? unit);

/** Take out the bounds and note them; years and numbers of other things are left. */
export function amounts(found: Question, { patterns }: CorePayload, take: Take): void {
  take(pattern(patterns, "sums"), (match) => {
    note(found, patterns, "least", match.slice(1, 5), match.slice(5));
    note(found, patterns, "most", match.slice(5), []);
  }, (match) => isMoney(match.slice(1, 5)) || isMoney(match.slice(5)));
  take(pattern(patterns, "limits"), (match) => {
    const sums = [match.slice(3, 7), match.slice(9)] as const;
    for (const at of [0, 1] as const) {
      const [over, under] = match.slice(6 * at + 1), end = over ? "least" : "most";
      if (!sums[at][1]) continue;
      note(found, patterns, end, sums[at], sums[1 - at] as Sum);
      if (isOpen(over ?? under)) found.beyond.push(end);
    }
    // a bare number may be a year, and "5 articles" are no amount
  }, (match) => isMoney(match.slice(3, 7)) || isMoney(match.slice(9)) || !rule(patterns, "bare").test((match[4] as string) + match.input.slice(match.index + match[0].length)));
}

/** A figure with its size, which is a power of a thousand. */
const inFull = (figure: string, size = ""): number => Number(figure.replace(/,/g, "")) * 1e3 ** (/^(?:k|th)/.test(size) ? 1 : size ? " mbt".indexOf(size.charAt(0)) + 1 : 0);

/** A sum as one end; what it is counted in may be said only of the other: "5 to 10 million". */
function note(found: Question, patterns: Patterns, end: "least" | "most", [sign, figure = "", own, unit]: Sum, [, than = "", others]: Sum): void {
  found[end] = inFull(figure, own ?? (unit || (end === "least" && inFull(figure) > inFull(than)) ? "" : others));
  found.currency = patterns[sign ?? unit?.replace(/s$/, "") ?? ""] ?? unit?.toUpperCase() ?? found.currency;
}
