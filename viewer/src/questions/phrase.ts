/** A typed phrase as a question: "acquisitions over $1bn in 2021", "outlets about AI in Autos", "Sanofi and Deloitte". */

import { UNITS } from "../data/active_filters.js";
import { STATUSES } from "../core/event_words.js";
import { DAY } from "../data/calendar.js";
import type { Graph } from "../data/graph.js";
import { DISPUTED, linkedBy, UNPRICED } from "../data/filter_mask.js";
import { searchKey } from "../data/name_search.js";
import type { CorePayload } from "../data/payload.js";
import { slipsBetween } from "../data/spelling.js";
import { amounts, numbers, withFigures, type Take } from "./amounts.js";
import type { Question } from "./question.js";
import { sideOf } from "./sides.js";
import { withYears } from "./years.js";
import { monthOf, pattern, rule, subjects, type Subject } from "./vocabulary.js";

export type { Question } from "./question.js";

/** Read a phrase; null where it is no question but words to search for. `now`: the day by which a time without a year is told. */
export function parse(graph: Graph, text: string, now = newestDay(graph)): Question | null {
  const found: Question = { subject: null, things: [], roles: new Map(), least: null, most: null, currency: null, beyond: [], bounds: [], from: null, until: null, statuses: [], order: "", words: "", called: "", opens: false, missed: "" };
  if (/^\s*["“]/.test(text)) return null;
  let rest = ` ${text.toLowerCase().replace(/[?!“”"]/g, " ").replace(/(\d{4})([,:;] )/g, "$1 $2").replace(/\s+/g, " ").trim()} `;
  const { core } = graph, { patterns } = core;
  rest = rest.replace(rule(patterns, "day month"), (_, day, month, year) => isoDay(day, month, year)).replace(rule(patterns, "month day"), (_, month, day, year) => isoDay(day, month, year));
  rest = withYears(rest, now, patterns);
  rest = rest.replace(new RegExp(`^ who (?:${patterns["told"]}) `), " outlets ").replace(new RegExp(`^ ${patterns["per"]} `), " $2 with most $1 ");
  const fillers: ReadonlySet<string> = new Set(core.fillers.split("|"));
  const asks = (what: string, words: string): boolean => rule(patterns, what).test(words);
  rest = withFigures(rest, patterns);
  const related = relation(graph, rest, fillers);
  if (related) return { ...found, ...related };
  const [post, called = "", at = ""] = new RegExp(`^ (?:${patterns["post"]}) (.+) $`).exec(rest) ?? [];
  const employer = searchKey(at).split(" ").filter(Boolean), [its, many] = named(graph, employer, 0, fillers, "");
  if (post && its >= 0 && many === employer.length && EMPLOYERS.includes(graph.kind(its).name)) return { ...found, subject: { kind: "person", types: [] }, called: `${called} ${graph.label(its)}`.trim() };
  const take: Take = (pattern, use, fits = () => true) => {
    const match = [...rest.matchAll(new RegExp(pattern, "g"))].find(fits);
    if (!match) return;
    use(match);
    rest = `${rest.slice(0, match.index)} , ${rest.slice(match.index + match[0].length)}`;
  };
  numbers(found, patterns, take);
  amounts(found, core, take);
  times(found, patterns, take);
  take(String.raw`\s(?:${patterns["by month"]})\b`, () => undefined); // answers have a chart by month
  for (const order of ["-amount", "amount", "date"]) take(String.raw`\s(?:${patterns[order]})\b`, () => (found.order = order));
  for (const status of [DISPUTED, UNPRICED, ...STATUSES]) take(String.raw`\s(?:${patterns[status] ? pattern(patterns, status) : status})\b`, () => found.statuses.push(status));
  if (asks("unread", rest)) return null; // an answer without that would be to another question
  const pieces = rest.split(/\s,\s|[,;:]/).map((piece) => searchKey(piece).split(" ").filter(Boolean));
  const left: string[] = [];
  let shape: string[] = []; // the phrase as `sideOf` reads it
  let sides: string[][] = [];
  const ask = (subject: Subject): void => {
    const same = found.subject !== null && subject.types.length > 0 && subject.types.join() === found.subject.types.join();
    found.subject = withTypes(found.subject, subject, rest);
    // "rounds led by Acme": of the same events the verb says who is asked for
    if (!same) sides = (subject.sides ?? []).map((roles, side) => [...(sides[side] ?? []), ...roles]);
    else if (subject.verb) sides = subject.sides ?? [];
    shape.push(subject.verb ? "V" : subject.sides ? "N" : "S");
  };
  for (const words of pieces) {
    let at = 0;
    while (at < words.length) {
      const [thing, length] = named(graph, words, at, fillers, found.subject?.kind === "article" && (words[at - 1] === "by" || asks("by outlet", rest)) ? BY : "");
      const subject = subjectAt(graph, words, at);
      const first = at === 0 && words === pieces[0]; // there a word that may be both asks for something
      const counted = subject && found.subject && !subject.subject.types.length && /^(?:article|event)$/.test(subject.subject.kind) && !/^ who /.test(rest) ? subject.subject.kind : "";
      if (counted) {
        // "outlets with most articles": that is their order
        if (counted === "event" && !found.bounds.length) found.order = MOST;
        at += subject?.length ?? 1;
      } else if (thing >= 0 && length > (subject?.length ?? 0) - (first ? 0 : 1)) {
        if (!found.things.includes(thing)) found.things.push(thing);
        shape.push(`T${found.things.indexOf(thing)}`);
        at += length;
      } else if (subject && (!found.subject || (subject.subject.kind === "event" && (at === 0 || fillers.has(words[at - 1] as string) || (subject.subject.verb && (/^T/.test(shape.at(-1) ?? "") || words[at + subject.length] === "by")))))) {
        if (words[at]?.endsWith("ing")) shape = shape.filter((word) => !/^(?:is|are|was|were)$/.test(word)); // "is suing" is not passive
        ask(subject.subject);
        at += subject.length;
      } else {
        const mistyped = found.subject ? null : nearSubject(graph, words[at] as string);
        const word = words[at++] as string;
        if (mistyped) ask(mistyped);
        else {
          left.push(word);
          shape.push(word);
        }
      }
    }
  }
  found.things.forEach((thing, at) => {
    const makes = found.subject?.kind === "product" && !/ with /.test(rest) && linkedBy(graph, thing, "maker").length > 0;
    const roles = !sides.length && makes ? ["maker"] : CAN_ACT.includes(graph.kind(thing).name) ? sides[sideOf(shape.join(" "), `T${at}`)] : undefined;
    if (roles?.length) found.roles.set(thing, roles);
  });
  if (found.subject && found.roles.size && sides.length) found.subject = { ...found.subject, kind: "event" }; // which shows both sides
  // a thing in a time: what was written of it then; a time alone: what happened in it
  if (found.things.length < 2 && !left.some((word) => !fillers.has(word)) && (found.from ?? found.until) !== null) found.subject ??= { kind: found.things.length ? "article" : "event", types: [] };
  if (found.statuses.length) found.subject ??= { kind: "event", types: [] };
  if (/ most /.test(rest) && found.subject?.types.length && found.subject.kind !== "event") found.order = MOST;
  if (/amount/.test(found.order) && found.subject?.kind === "event" && found.most === null && !found.statuses.includes(UNPRICED)) found.least ??= 0; // without an amount nothing is large
  // two names alone are not compared: "is Acme owned by Bolt"
  if (found.things.length > 1 && !asks("compared", text.toLowerCase())) found.subject ??= { kind: "article", types: [] };
  if (left.some((word) => core.patterns["not"]?.split("|").includes(word))) return null; // what is asked to be left out must not be what is shown
  found.words = left.filter((word) => !fillers.has(word)).join(" ");
  if (/^[\d ]+$/.test(found.words)) return null; // a number of nobody knows what
  // "who is Acme", "who competes with Acme", "where does Ann work": the answer is in its details, and in no list
  const [one] = found.things;
  if (one !== undefined && found.things.length < 2 && CAN_ACT.includes(graph.kind(one).name) && !found.subject?.types.length && (found.from ?? found.until) === null && (asks("details", rest) || (/^ what (?:is|are) /.test(rest) && !found.subject && !found.words))) return { ...found, words: "", missed: found.words, opens: true };
  if (found.words && !core.complete) return null; // the texts are not here
  const { kind = "", types = [] } = found.subject ?? {};
  found.bounds = found.bounds.map(([what = "", ...ends]) => {
    const unit = { person: "jobs", product: "products" }[what]; // "layoffs of 100 people"
    return [kind, unit && core.eventTypes.some((type) => type.counted === unit && types.includes(type.name)) ? unit : what, ...ends];
  });
  // what cannot be counted of it is no question; a filter by type leaves out who has none of them
  if (!found.bounds.every(([, what = "", least]) => (UNITS.includes(what) ? kind === "event" || types.length : asks(core.complete ? "countable" : "countable alone", `${kind} ${what}`) && (what !== "events" || !types.length || Number(least))))) return null;
  const things = found.things.length;
  // other words are searched for only where they follow as in "acquisitions of sawmills"
  const answered = things > 0 || found.words === "" || found.from !== null || found.least !== null || found.most !== null || found.bounds.length > 0 || asks("of", rest);
  if (found.subject) return answered ? found : null;
  return things > 1 && !found.words ? found : null;
}

/** "customers of Acme", "who competes with Acme", "Acme's brands": one thing, and nothing else, by a relation that lasts. */
function relation(graph: Graph, rest: string, fillers: ReadonlySet<string>): Partial<Question> | null {
  for (const { role, nouns, verbs } of graph.core.askedLinks) {
    if (!nouns) continue; // products are asked for like things of other kinds
    const [, before = "", noun, after] = new RegExp(`^( .*)? (?:(${nouns}) (?:of|to|for)|${verbs || "$"}) (.+) $`).exec(rest) ?? [];
    const whose = after ?? new RegExp(`^ (.+?)(?:['’]s?| s)? (?:${nouns}) $`).exec(rest)?.[1] ?? "";
    const words = searchKey(whose).split(" "), [thing, length] = named(graph, words, 0, fillers, "");
    if (length !== words.length || !searchKey(before).split(" ").every((word) => !word || fillers.has(word) || subjectAt(graph, [word], 0)?.subject.kind === "company")) continue;
    const its = linkedBy(graph, thing, role);
    // what a verb asks for may be in the details, where none is known
    if (its.length || noun || !after) return { subject: { kind: graph.kind(its[0] ?? thing).name, types: [] }, things: [thing], roles: new Map([[thing, [role]]]) };
  }
  return null;
}

/** "companies with layoffs", "appointments and departures", but no headline such as "partner invests"; "who bought Lyft" asks for what happened. */
const withTypes = (first: Subject | null, { kind, types }: Subject, rest: string): Subject => ({ kind: first && !/^ who /.test(rest) ? first.kind : kind, types: [...new Set([...(first?.types ?? []), ...types])] });

/** " 5 September 2025" as " 2025-09-05". */
const isoDay = (day: string, month: string, year: string): string => ` ${year}-${String(monthOf(month) + 1).padStart(2, "0")}-${day.padStart(2, "0")}`;

/** The last day of anything but events, which may be to come. */
export function newestDay(graph: Graph): number {
  const [first, past] = graph.range("event");
  return graph.core.nodes.day.reduce((newest: number, day, node) => (node >= first && node < past ? newest : Math.max(newest, day ?? newest)), 0);
}

/** "in 2021", "since May 2021", "before 2020", "from 2019 to 2021", "in Q3 2021". */
function times(found: Question, patterns: CorePayload["patterns"], take: Take): void {
  const span = (match: RegExpExecArray, at: number): [number, number] | null => spanOf(match.slice(at, at + 5));
  take(pattern(patterns, "from to"), (match) => {
    found.from = span(match, 1)?.[0] ?? null;
    found.until = span(match, 6)?.[1] ?? null;
  });
  take(pattern(patterns, "at"), (match) => {
    const days = span(match, 2);
    if (!days) return;
    const how = match[1] ?? "in";
    if (how === "since") found.from = days[0];
    else if (how === "after") found.from = days[1] + 1;
    else if (how === "before") found.until = days[0] - 1;
    else if (how === "until" || how === "till") found.until = days[1];
    else [found.from, found.until] = days;
  });
}

/** First and last day of a year, quarter, month or day. */
function spanOf([word, quarter, year, month, day]: (string | undefined)[]): [number, number] | null {
  const whole = Number(year);
  const named = word ? monthOf(word) : month ? Number(month) - 1 : -1;
  const days = (from: number, until: number): [number, number] => [Math.round(from / DAY), Math.round(until / DAY) - 1];
  if (named > 11 || (day && Number(day) > 31)) return null;
  if (quarter) return days(Date.UTC(whole, 3 * Number(quarter) - 3, 1), Date.UTC(whole, 3 * Number(quarter), 1));
  if (named < 0) return days(Date.UTC(whole, 0, 1), Date.UTC(whole + 1, 0, 1));
  if (day) return days(Date.UTC(whole, named, Number(day)), Date.UTC(whole, named, Number(day) + 1));
  return days(Date.UTC(whole, named, 1), Date.UTC(whole, named + 1, 1));
}

const EMPLOYERS: readonly string[] = ["company", "organisation"];
const CAN_ACT: readonly string[] = [...EMPLOYERS, "person", "product"];

/** The order of things by their events. */
export const MOST = "-events";

const LONGEST_NAME = 8; // words

const TYPED = 6; // letters of a word from which a slip of the finger is forgiven, and two of twice as long a one

/** What is asked for by a word that is nearly one of the words for it: "aquisitions"; the first letter is right. */
function nearSubject(graph: Graph, word: string): Subject | null {
  const slips = Math.min(2, Math.floor(word.length / TYPED));
  return (slips && subjectsOf(graph).find(([name]) => name[0] === word[0] && slipsBetween(word, name, slips) <= slips)?.[1]) || null;
}

const subjectLists = new WeakMap<Graph, [string, Subject][]>();

function subjectsOf(graph: Graph): [string, Subject][] {
  let list = subjectLists.get(graph);
  if (!list) subjectLists.set(graph, (list = subjects(graph.core)));
  return list;
}

function subjectAt(graph: Graph, words: readonly string[], at: number): { subject: Subject; length: number } | null {
  for (const [name, subject] of subjectsOf(graph)) {
    const length = name.split(" ").length;
    if (words.slice(at, at + length).join(" ") === name) return { subject, length };
  }
  return null;
}

const nameLists = new WeakMap<Graph, Map<string, number>>();

const BY = "@"; // no key of a name has it

/** The thing with the longest name that begins at a word, and of how many words it is; -1: none. With `by` a provider comes first. */
function named(graph: Graph, words: readonly string[], at: number, fillers: ReadonlySet<string>, by: string): [number, number] {
  const names = namesOf(graph);
  for (let length = Math.min(LONGEST_NAME, words.length - at); length > 0; length--) {
    const name = words.slice(at, at + length).join(" ");
    const node = names.get(by + name) ?? names.get(name);
    if (node !== undefined && !(length === 1 && fillers.has(words[at] as string))) return [node, length];
  }
  return [-1, 0];
}

/** Names and other names of all but articles, events and stories; the first of a name is the most reported, a provider only if nothing else is called so. */
function namesOf(graph: Graph): Map<string, number> {
  let names = nameLists.get(graph);
  if (names) return names;
  nameLists.set(graph, (names = new Map()));
  const add = (text: string, node: number, before = ""): void => {
    const name = searchKey(text);
    if (name && !names.has(before + name)) names.set(before + name, node);
  };
  const addLabels = (kind: string, before?: string): void => {
    const [first, past] = graph.range(kind);
    for (let node = first; node < past; node++) add(graph.label(node), node, before);
  };
  for (const kind of ["company", "topic", "organisation", "product", "person", "place"]) addLabels(kind);
  graph.core.names.node.forEach((node, at) => graph.core.names.names[at]?.split("|").forEach((name) => add(name, node)));
  for (const before of ["", BY]) addLabels("provider", before);
  return names;
}
