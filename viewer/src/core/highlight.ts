/** A text with parts of it marked. */

import { h } from "./dom.js";

/** First letter and one past the last. */
export type TextSpan = readonly [number, number];

/** The text with names marked and the words that say it underlined; what lies outside of the text is left out. */
export function highlighted(text: string, names: readonly TextSpan[], said: readonly TextSpan[] = [], from = 0, until = text.length): (Node | string)[] {
  const inside = ([start, end]: TextSpan): TextSpan => [Math.max(start, from), Math.min(end, until)];
  const spans = [names.map(inside), said.map(inside)] as const;
  const cuts = [...new Set([from, until, ...spans.flat(2)])].filter((at) => at >= from && at <= until).sort((one, other) => one - other);
  const within = (list: readonly TextSpan[], start: number, end: number): boolean => list.some(([first, past]) => first <= start && past >= end);
  return cuts.slice(1).map((end, at) => {
    const start = cuts[at] as number;
    const words = text.slice(start, end);
    const name = within(spans[0], start, end) ? h("mark", {}, words) : words;
    return within(spans[1], start, end) ? h("span", { class: "ng-said" }, name) : name;
  });
}
