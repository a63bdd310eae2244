/** Terms as people read them: the graph's own things lead to its page, web addresses lead out, numbers and dates are written out. */

import { h, oneLine, outward } from "../core/dom.js";
import { sortOf, type Term } from "./answer.js";
import type { AskPayload } from "./ask_payload.js";

const SEEN = /^(article|company|event|organisation|person|place|product|provider|story|topic)\/[^/#?]+$/;
const NUMBER = new Intl.NumberFormat("en", { maximumFractionDigits: 4 });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const LONG = 280;

/** The content of a table cell. */
export function cellContent(term: Term, payload: AskPayload): HTMLElement | string {
  if (term.type === "iri") return iri(term.value, payload);
  switch (sortOf(term)) {
    case "number": return NUMBER.format(Number(term.value));
    case "day": return day(term.value);
    case "time": return TIME.format(Date.parse(term.value));
    case "truth": return term.value === "true" || term.value === "1" ? "yes" : "no";
    default: return text(term.value);
  }
}

function iri(value: string, payload: AskPayload): HTMLElement {
  const rest = value.startsWith(payload.base) ? value.slice(payload.base.length) : null;
  if (rest !== null && SEEN.test(rest)) return h("a", { href: `${payload.seen}#${encodeURIComponent(rest).replace(/%2F/g, "/")}` }, oneLine(rest, 60));
  if (rest !== null) return h("span", { title: value }, oneLine(rest, 60));
  const [prefix, space] = Object.entries(payload.prefixes).find(([, space]) => value.startsWith(space)) ?? [];
  return outward(value, prefix && space ? `${prefix}:${value.slice(space.length)}` : oneLine(value, 60));
}

function day(value: string): string {
  const moment = Date.parse(`${value.slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(moment) ? value : DAY.format(moment);
}

function text(value: string): HTMLElement {
  const shown = h("span", { dir: "auto" }, value);
  if (value.length <= LONG) return shown;
  shown.textContent = `${[...value.slice(0, LONG + 1)].slice(0, LONG).join("").trimEnd()}…`;
  const more = h("button", { type: "button", class: "ng-more", "aria-expanded": "false" }, "Show all");
  more.addEventListener("click", () => {
    shown.textContent = value;
    more.remove();
    shown.tabIndex = -1;
    shown.focus();
  });
  return h("span", {}, shown, " ", more);
}
