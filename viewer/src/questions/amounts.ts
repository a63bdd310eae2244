/** Bounds of amounts and numbers in a question: "over $1bn", "between 5 and 10 million", "half a billion or more", "more than five articles". */

import type { CorePayload } from "../data/payload.js";
import type { Question } from "./question.js";

/** Sign, figure, size and unit of one sum. */
type Sum = readonly (string | undefined)[];

/** Takes what a pattern finds out of the phrase: the first place that fits. */
export type Take = (pattern: RegExp | string, use: (match: RegExpExecArray) => void, fits?: (match: RegExpExecArray) => unknown) => void;

type Patterns = CorePayload["patterns"];

/** Patterns of one sort, those of which the key begins with a sign, by the rest of the key. */
const ofSort = (patterns: Patterns, sign: string): [string, string][] => Object.entries(patterns).flatMap(([key, words]) => (key.startsWith(sign) ? [[key.slice(1), words]] : []));

/** Numbers in words as figures, and a bound behind its number before it: "half a billion or more" as "at least 0.5 billion". `text` is lower-case, with a blank at both ends. */
export function withFigures(text: string, patterns: Patterns, events: string): string {
  const nouns = [events, ...ofSort(patterns, "#").map(([, words]) => words)].join("|"), { money, orMore } = patterns;
  let rest = text;
  for (const [figure, words] of ofSort(patterns, "=")) rest = rest.replace(new RegExp(` (?:${words})(?= (?:${patterns["sizes"]}|${patterns["different"]}(?:${nouns})) )`, "g"), ` ${figure}`);
  return rest.replace(new RegExp(` (${money}(?: (?:${nouns}))?)(?:\\+|${orMore})(?= )`, "g"), (words, number: string) => ` at ${/(?:less|fewer|under|below) *$/.test(words) ? "most" : "least"} ${number}`);
}

/** Take out how many there must be of something and note it. `events`: words for types of events, which stay. */
export function numbers(found: Question, patterns: Patterns, events: string, take: Take): void {
  for (const [what, nouns] of ofSort(patterns, "#")) {
    take(`\\s${patterns["confirmed"]}(?:(${patterns["over"]})|(${patterns["under"]})|${patterns["exactly"]}) (\\d[\\d,.]*) ?(k|${patterns["sizes"]})? ${patterns["different"]}${what === "events" ? `(?=(?:${events}) )` : `(?:${nouns})(?= )`}`, ([, over, under, figure = "", size]) => {
      const number = inFull(figure, size), open = Number(/^(?!at |no |up |a )./.test(over ?? under ?? ""));
      found.bounds.push([what, under ? "" : `${number + open}`, over ? "" : `${number - open}`]);
    }, ([, over, under, figure = ""]) => over ?? under ?? !/^(?:19|20)\d\d$/.test(figure));
  }
}

const isMoney = ([sign, , size, unit]: Sum): boolean => Boolean(sign ?? size ?? unit);

/** Take out the bounds and note them; years and numbers of other things are left. */
export function amounts(found: Question, { patterns }: CorePayload, take: Take): void {
  const { money, over, under } = patterns;
  const bound = String.raw`(?:(${over})|(?:${under}))\s+(?:of\s+)?${money}`;
  take(String.raw`\s(?:(?:between|from|of)\s+)?${money}\s*(?:and|to|-|–)\s*${money}(?=\s|$)`, (match) => {
    note(found, patterns, true, match.slice(1, 5), match.slice(5));
    note(found, patterns, false, match.slice(5), []);
  }, (match) => isMoney(match.slice(1, 5)) || isMoney(match.slice(5)));
  take(String.raw`\s${bound}(?:,?(?: and| but)? ${bound})?(?=\s|$)`, (match) => {
    note(found, patterns, Boolean(match[1]), match.slice(2, 6), match.slice(7));
    if (match[8]) note(found, patterns, Boolean(match[6]), match.slice(7), match.slice(2, 6));
    // a bare number may be a year, and "5 articles" are no amount
  }, (match) => isMoney(match.slice(2, 6)) || isMoney(match.slice(7)) || (!/^(?:19|20)\d\d$/.test(match[3] as string) && !/^ (?!(?:in|of|on|since|for|with|and|by|from|to) )[a-z]/.test(match.input.slice(match.index + match[0].length))));
}

/** A figure with its size, which is a power of a thousand. */
const inFull = (figure: string, size = ""): number => Number(figure.replace(/,/g, "")) * 1e3 ** (/^(?:k|th)/.test(size) ? 1 : size ? " mbt".indexOf(size.charAt(0)) + 1 : 0);

/** A sum as the least or the most; what it is counted in may be said only of the other: "5 to 10 million". */
function note(found: Question, patterns: Patterns, least: boolean, [sign, figure = "", own, unit]: Sum, [, than = "", others]: Sum): void {
  found[least ? "least" : "most"] = inFull(figure, own ?? (unit || (least && inFull(figure) > inFull(than)) ? "" : others));
  found.currency = patterns[sign ?? unit?.replace(/s$/, "") ?? ""] ?? unit?.toUpperCase() ?? found.currency;
}
