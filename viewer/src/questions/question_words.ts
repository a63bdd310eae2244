/** A question in words, as the page understood it. */

import { capital } from "../core/display_names.js";
import { date, isoDay, money, month } from "../core/format.js";
import type { Graph } from "../data/graph.js";
import type { Question } from "./phrase.js";

/** "Acquisitions over $1B in 2021". */
export function questionWords(graph: Graph, question: Question): string {
  const { subject, things, least, most, currency, statuses, largest, disputed, words } = question;
  const names = things.map((thing) => graph.label(thing));
  if (!subject) return `What ${joined(names)} have in common`;
  const type = subject.types.map((name) => graph.core.eventTypes.find((one) => one.name === name)?.label ?? name);
  const group = graph.core.eventGroups.find((one) => one.name === graph.core.eventTypes.find((kind) => kind.name === subject.types[0])?.group);
  const kind = graph.core.kinds.find((one) => one.name === subject.kind)?.plural ?? "Events";
  const what = type.length === 1 ? plural(type[0] as string) : type.length ? `${group?.label ?? "Deals"}` : subject.kind === "provider" ? "Outlets" : kind;
  const amount = least !== null && most !== null ? `of ${money(least, currency)} to ${money(most, currency)}` : least !== null ? `over ${money(least, currency)}` : most !== null ? `under ${money(most, currency)}` : "";
  const parts = [
    [disputed ? "disputed" : "", statuses.join(" or "), largest ? "largest" : "", what.toLowerCase() === what || what === what.toUpperCase() ? what : what.toLowerCase()].filter(Boolean).join(" "),
    amount,
    names.length ? `${subject.kind === "event" ? "with" : "about"} ${joined(names)}` : "",
    words ? `in articles with “${words}”` : "",
    timeWords(question),
  ];
  return capital(parts.filter(Boolean).join(" ").replace(/\bipos\b/g, "IPOs"));
}

const plural = (label: string): string => (/(s|sh|x|ch)$/.test(label) ? `${label}es` : label.endsWith("y") ? `${label.slice(0, -1)}ies` : `${label}s`);
const joined = (names: readonly string[]): string => (names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? ""));

function timeWords({ from, until }: Question): string {
  if (from === null && until === null) return "";
  if (from === null) return `until ${date(until as number)}`;
  if (until === null) return `since ${date(from)}`;
  const [first, last] = [isoDay(from), isoDay(until + 1)];
  if (first.slice(4) === "-01-01" && last.slice(4) === "-01-01") return Number(last.slice(0, 4)) - Number(first.slice(0, 4)) === 1 ? `in ${first.slice(0, 4)}` : `from ${first.slice(0, 4)} to ${isoDay(until).slice(0, 4)}`;
  if (first.endsWith("-01") && last.endsWith("-01") && isoDay(until).slice(0, 7) === first.slice(0, 7)) return `in ${month(from, false)}`;
  return first === isoDay(until) ? `on ${date(from)}` : `from ${date(from)} to ${date(until)}`;
}
