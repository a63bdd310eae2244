/** Names, identifiers and facts of a thing, as the graph keeps them. */

import { ruleWords } from "../core/display_names.js";
import { h, outward } from "../core/dom.js";
import { country } from "../core/format.js";
import type { NodeDetails } from "../data/payload.js";
import { facts, folded } from "./section.js";

const SHOWN = 6;

/** Facts as label and value, addresses as links; then the other names, each with the reason it counts as one. */
export function nodeFacts(details: NodeDetails): (HTMLElement | null)[] {
  const rows = (details.facts ?? []).map(([label, value, type]) => [label, type === "country" ? countries(value) : /^https?:\/\//i.test(value) ? outward(value, address(value)) : value] as const);
  const names = details.names ?? [];
  return [
    facts(rows.slice(0, SHOWN)),
    rows.length > SHOWN ? folded("More facts", facts(rows.slice(SHOWN))) : null,
    names.length ? facts([["Also called", names.map(({ name, rule, note }) => h("div", {}, h("bdi", {}, name), h("span", { class: "ng-d-meta" }, because(rule, note))))]]) : null,
  ];
}

const because = (rule: string, note: string): string => {
  const reason = [rule ? ruleWords(rule) : "", note].filter(Boolean).join("; ");
  return reason ? ` ${reason}` : "";
};

/** "FR, NO" as "France, Norway". */
const countries = (codes: string): string => codes.split(", ").map(country).join(", ");

const address = (url: string): string => url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
