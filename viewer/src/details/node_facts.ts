/** Names, identifiers and facts of a thing, as the graph keeps them. */

import { h, outward } from "../core/dom.js";
import { country } from "../core/format.js";
import type { Texts } from "../data/texts.js";
import { factSentence } from "./fact_sentence.js";
import { facts, folded } from "./section.js";

const SHOWN = 6;

/** Facts in sentences, then identifiers as label and value, addresses as links; then the other names, each with the reason it counts as one. */
export function nodeFacts(texts: Texts, node: number): (HTMLElement | null)[] {
  const { facts: all = [], names = [] } = texts.details(node);
  const because = (rule: string, note: string): string => {
    const reason = [texts.ruleWords(rule), note].filter(Boolean).join("; ");
    return reason ? ` ${reason}` : "";
  };
  const said = all.flatMap(([beginning, value, type]) => (type ? [factSentence(beginning, type === "country" ? value.split(", ").map(country) : [value], value)] : []));
  const rows = all.filter(([, , type]) => !type).map(([label, value]) => [label, /^https?:\/\//i.test(value) ? outward(value, address(value)) : value] as const);
  return [
    said.length ? h("div", {}, said) : null,
    facts(rows.slice(0, SHOWN)),
    rows.length > SHOWN ? folded("More facts", facts(rows.slice(SHOWN))) : null,
    names.length ? facts([["Also called", names.map(({ name, rule, note }) => h("div", {}, h("bdi", {}, name), h("span", { class: "ng-d-meta" }, because(rule, note))))]]) : null,
  ];
}

const address = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
