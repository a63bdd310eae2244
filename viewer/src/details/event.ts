/** An event: who did what for how much, every value reported of it, and the sentences that report it. */

import type { App } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { h } from "../core/dom.js";
import { settings } from "../collection/decision_entries.js";
import { amountWords, countWords, NO_DAY, percentWords, statusSentence, whenWords } from "../core/event_words.js";
import { count, counted, money, words } from "../core/format.js";
import { eventValues, type EventValues } from "../data/event_values.js";
import type { NodeDetails } from "../data/payload.js";
import { shownNumbers, type ShownNumbers } from "../data/shown_numbers.js";
import type { Texts } from "../data/texts.js";
import { eventList } from "./event_item.js";
import { expandableList } from "./expandable_list.js";
import { ledger } from "./ledger.js";
import { nodeButton } from "./node_button.js";
import { nodeFacts } from "./node_facts.js";
import { quotes } from "./quotes.js";
import { facts, nothing, section, type Content } from "./section.js";
import { storyItem } from "./story_item.js";

/** Whose part is sold or closed: the first of these roles that a node has. */
const OWNERS: readonly string[] = ["seller", "target", "company"];
const FEW = 8;

type Row = readonly [string, Content | Content[]];

export function event(app: App, node: number, texts: Texts): (HTMLElement | null)[] {
  const { graph } = app;
  const details = texts.details(node);
  const values = eventValues(graph, node);
  const numbers = app.numbers();
  const reports = graph.edgesOf(node, "tells", "in");
  const left = (by: ShownNumbers): number[] => reports.filter((edge) => by.passes(graph.source[edge] as number));
  let tells = left(numbers);
  // of an event whose year or month is known, or that was reported later, all articles may be of other days than the filter's
  const otherDays = !tells.length && numbers.passes(node);
  if (otherDays) tells = left(shownNumbers(graph, { ...app.store.state.filters, from: null, until: null }));
  const tellers = tells.map((edge) => graph.source[edge] as number);
  const stories = numbers.left([...new Set(tells.flatMap((edge) => graph.across(graph.source[edge] as number, "part_of_story", "out")))]);
  const wholes = numbers.left(graph.across(node, "part_event", "in"));
  const parts = numbers.left(graph.across(node, "part_event", "out"));
  return [
    values && facts([["Type", values.type.label], ...roleRows(app, node, details), ...valueRows(app, node, values, details)]),
    ...nodeFacts(texts, node),
    wholes.length ? section("Part of", null, eventList(app, wholes)) : null,
    parts.length ? section("Parts", parts.length, eventList(app, parts)) : null,
    ledger(app, texts, details.ledger ?? []),
    section("Reported by", tells.length || null,
      otherDays && tells.length ? h("p", { class: "ng-d-meta" }, graph.core.help.otherDays) : null,
      tells.length ? quotes(app, texts, tellers, tells.flatMap((edge) => texts.evidence(edge)), graph.across(node, "actor", "out")) : nothing(graph.core.help.unstated)),
    stories.length ? section(stories.length > 1 ? "Stories" : "Story", null, expandableList(stories, (story) => h("li", {}, storyItem(app, story)), 5)) : null,
  ];
}

/** "Investor: Sanofi", "Position: chief executive": one row a role, with the things that take it, and the words where the text has no name. */
function roleRows(app: App, node: number, details: NodeDetails): Row[] {
  const found = new Map<string, (number | string)[]>();
  const add = (role: string, filler: number | string): unknown => found.set(role, [...(found.get(role) ?? []), filler]);
  for (const [other, roles] of app.graph.rolesAt(node)) for (const role of roles) add(role, other);
  for (const [role, filler] of details.roles ?? []) add(role, filler);
  const order = app.graph.core.roles;
  const rows = [...found].sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return rows.map(([role, fillers]) => [capital(role), expandableList(fillers, (filler) => h("li", {}, typeof filler === "number" ? nodeButton(app, filler) : h("span", { class: "ng-worded", dir: "auto" }, filler)), FEW, { class: "ng-things" })]);
}

/** What is known of the event itself; what is not known is left out, but for its day. */
function valueRows(app: App, node: number, values: EventValues, { whenFrom, sums, ledger: entries }: NodeDetails): Row[] {
  const amount = amountWords(values);
  const all = app.numbers().articlesOf(node).length;
  /** A value, and how many of the articles state it where others do not. */
  const stated = (field: string, value: string): string => {
    const main = entries?.find((entry) => entry.field === field && entry.relation === "main");
    const tellers = main ? app.numbers().left(main.tellers).length : 0;
    return value && main && tellers && tellers < all ? `${value} (${count(tellers)} of ${counted(all, "article")})` : value;
  };
  /** What the reader says it is, and what the graph has; "" where the reader says nothing. */
  const corrected = (field: string, value: string): string => {
    const own = app.store.state.work.decided.filter(([set = "", iri]) => iri === app.graph.iri(node) && set.startsWith(field) && settings(values).includes(set));
    const verb = own.at(-1)?.[0];
    return verb ? `${capital(verb.slice(field.length + 2))}, corrected by you (in the graph: ${value})` : "";
  };
  const rows: Row[] = [
    ["Part", corrected("part", values.part) || (values.part && h("p", { class: "ng-worded" }, values.part, ...ownerOf(app, node, values.part)))],
    ["Amount", corrected("amount", amount) || (amount && stated("amount", values.amountOf && values.amountOf !== "other" ? `${amount}, ${values.amountOf}` : amount))],
    ["Other sums", (sums ?? []).map(([of, sum, currency]) => `${money(sum, currency)}, ${of}`).join("; ")],
    ["Percent", percentWords(values)],
    ["Number", countWords(values)],
    ["When", stated("date", when(values, whenFrom))],
    ["Status", corrected("status", words(values.status)) || stated("status", statusSentence(app.graph, values.status))],
    ["Background", values.background ? app.graph.core.help.recalled : ""],
  ];
  return rows.filter(([, value]) => value);
}

function when({ when: day }: EventValues, from = ""): string {
  return day ? whenWords(day) + ({ article: ", the day of the article", text: ", as the text says" }[from] ?? "") : capital(NO_DAY);
}

/** "of Lyft", unless the words of the part name it already. */
function ownerOf(app: App, node: number, part: string): (HTMLElement | string)[] {
  const { graph } = app;
  const roles = graph.rolesAt(node);
  const owner = OWNERS.flatMap((role) => [...roles].filter(([, has]) => has.includes(role)).map(([other]) => other))[0];
  if (owner === undefined || part.toLowerCase().includes(graph.label(owner).toLowerCase())) return [];
  return [" of ", nodeButton(app, owner)];
}
