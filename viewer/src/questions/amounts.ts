/** Bounds of amounts in a question: "over $1bn", "between 5 and 10 million", "over 100 and under 500 million". */

import type { CorePayload } from "../data/payload.js";
import type { Question } from "./question.js";

/** Sign, figure, size and unit of one sum. */
type Sum = readonly (string | undefined)[];

/** Takes what a pattern finds out of the phrase: the first place that fits. */
export type Take = (pattern: RegExp | string, use: (match: RegExpExecArray) => void, fits?: (match: RegExpExecArray) => unknown) => void;

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

/** A sum as the least or the most; what it is counted in may be said only of the other: "5 to 10 million". */
function note(found: Question, patterns: CorePayload["patterns"], least: boolean, [sign, figure = "", own, unit]: Sum, [, than = "", others]: Sum): void {
  const plain = (text: string): number => Number(text.replace(/,/g, ""));
  const size = own ?? (unit || (least && plain(figure) > plain(than)) ? "" : others);
  // a power of a thousand
  const power = size ? (/^(?:k|th)/.test(size) ? 1 : " mbt".indexOf(size.charAt(0)) + 1) : 0;
  found[least ? "least" : "most"] = plain(figure) * 1e3 ** power;
  found.currency = patterns[sign ?? unit?.replace(/s$/, "") ?? ""] ?? unit?.toUpperCase() ?? found.currency;
}
