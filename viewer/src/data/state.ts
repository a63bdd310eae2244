/** What the page shows, as one value; the address's fragment holds it, so that a link or bookmark brings the view back. */

import { DAY, isoDay } from "./calendar.js";
import { START_LOOK, START_WORK, type Look, type Work } from "./work.js";

export type View = "map" | "focus" | "timeline" | "table" | "set";
export type Theme = "auto" | "light" | "dark";

/** Nodes are named by their IRI without base ("company/owkin"), as numbers change from build to build. */
export interface State {
  readonly view: View;
  readonly node: string | null;
  /** With `node`: the other end of a chosen edge ("edge") or of a path ("to"). */
  readonly edge: string | null;
  readonly to: string | null;
  readonly hops: 1 | 2;
  /** Kinds of neighbours that the focus view shows in full. */
  readonly unfolded: readonly string[];
  readonly work: Work;
  readonly look: Look;
  readonly filters: Filters;
  readonly table: TableState;
  readonly timeline: TimelineState;
  readonly theme: Theme;
}

export interface Filters {
  /** Kinds that are shown; null: the kinds shown at first (all but articles, providers, people, places and products). */
  readonly kinds: readonly string[] | null;
  /** IRIs without base: things that are linked to one of these, directly or through an article. */
  readonly topics: readonly string[];
  readonly providers: readonly string[];
  readonly types: readonly string[];
  readonly statuses: readonly string[];
  /** Whether events that were known from before are shown. */
  readonly background: boolean;
  /** Least confidence, percent: of all things, and of events alone. */
  readonly confidence: number;
  readonly eventConfidence: number;
  /** Least number of independent origins. */
  readonly origins: number;
  /** Days since 1970-01-01, inclusive. */
  readonly from: number | null;
  readonly until: number | null;
  /** Things that articles name all of, and that are parties of the events (topics and providers: of which an article tells). */
  readonly things: readonly string[];
  /** Roles that some of these must have in the events: the thing, then the roles, one of which is enough. */
  readonly as: readonly (readonly string[])[];
  /** Words that articles have. */
  readonly words: string;
  /** Words of a question that no article has of which it is asked; they do not filter. */
  readonly missed: string;
  /** Bounds of the amounts of events, in full units, and their currency; null: any. */
  readonly least: number | null;
  readonly most: number | null;
  readonly currency: string | null;
  /** Of these bounds those that are themselves left out: "least" for "over $1bn". */
  readonly beyond: readonly string[];
  /**
   * Bounds of how many there are, both inclusive, "" for none: `["company", "articles", "6", ""]`. Of things of a kind their articles, outlets,
   * origins, events or things of another kind (`"story"`); of events, what the number of a type counts (`["event", "jobs", "1001", ""]`).
   */
  readonly bounds: readonly (readonly string[])[];
  /** Things that are not shown. */
  readonly hidden: readonly string[];
}

export interface TableState {
  /** A node kind, "edges" for all edges, or "edges:KIND" for those of one kind. */
  readonly list: string;
  /** Column name; "-name" sorts downwards. "": as the list comes. */
  readonly sort: string;
  readonly text: string;
  readonly page: number;
  /** Whether what the filters hide is listed as well. */
  readonly all: boolean;
}

/** What has a lane of its own on the timeline; the days shown are those of the filters. */
export type LaneKind = (typeof LANES)[number];
export const LANES = ["company", "story", "topic", "type"] as const;

export interface TimelineState {
  readonly lanes: LaneKind;
}

/** The filters by amount while nothing is asked. */
export const ANY_AMOUNT: Pick<Filters, "least" | "most" | "currency" | "beyond"> = { least: null, most: null, currency: null, beyond: [] };

export const START: State = {
  view: "map",
  node: null,
  edge: null,
  to: null,
  hops: 1,
  unfolded: [],
  work: START_WORK,
  look: START_LOOK,
  filters: { kinds: null, topics: [], providers: [], types: [], statuses: [], background: true, confidence: 0, eventConfidence: 0, origins: 0, from: null, until: null, things: [], as: [], words: "", missed: "", ...ANY_AMOUNT, bounds: [], hidden: [] },
  table: { list: "company", sort: "", text: "", page: 0, all: false },
  timeline: { lanes: "company" },
  theme: "auto",
};

/** Filters by which everything is shown but what is hidden; the kinds stay. */
export const cleared = ({ kinds, hidden }: Filters): Filters => ({ ...START.filters, kinds, hidden });

const LONGEST = 400; // letters of words or a note
const day = (text: string | null): number | null => {
  const time = text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / DAY);
};
const list = (text: string | null): string[] => (text ? text.split(",").filter(Boolean).map(safeDecode) : []);
/** Lists of lists: "a~b,c~d". */
const rows = (text: string | null): string[][] => (text ? text.split(",").filter(Boolean).map((row) => row.split("~").map(safeDecode)) : []);
const whole = (text: string | null, most: number): number => {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? Math.min(value, most) : 0;
};
const amount = (text: string | null): number | null => (text && Number.isFinite(Number(text)) ? Number(text) : null);
const oneOf = <T extends string>(text: string | null, choices: readonly T[], otherwise: T): T =>
  choices.find((choice) => choice === text) ?? otherwise;

/** Read a fragment such as `#company/owkin?view=focus&from=2021-01-01`; what cannot be read is left out. */
export function fromFragment(fragment: string): State {
  const [path = "", query = ""] = fragment.replace(/^#/, "").split(/\?(.*)/s);
  const values = new URLSearchParams(query);
  const get = (name: string): string | null => values.get(name);
  return {
    view: oneOf(get("view"), ["map", "focus", "timeline", "table", "set"], "map"),
    node: safeDecode(path) || null,
    edge: get("edge") || null,
    to: get("to") || null,
    hops: get("hops") === "2" ? 2 : 1,
    unfolded: list(get("unfold")),
    work: {
      set: [...new Set(list(get("set")))],
      notes: rows(get("notes")).flatMap(([iri, text]) => (iri && text ? [[iri, text.slice(0, LONGEST)] as const] : [])),
      decided: rows(get("decide")).filter((row) => row.length > 1),
      expanded: list(get("expand")),
      pins: rows(get("pins")).flatMap(([iri, x, y]) => (iri && Number.isFinite(Number(x)) && Number.isFinite(Number(y)) ? [[iri, Number(x), Number(y)] as const] : [])),
    },
    look: { size: get("size") ?? "articles", colour: get("colour") ?? "kind", upper: get("communities") === null ? null : get("communities") === "1", single: get("single") === "1" },
    filters: {
      kinds: get("kinds") === null ? null : list(get("kinds")),
      topics: list(get("topics")),
      providers: list(get("providers")),
      types: list(get("types")),
      statuses: list(get("statuses")),
      background: get("background") !== "0",
      confidence: whole(get("confidence"), 100),
      eventConfidence: whole(get("eventconfidence"), 100),
      origins: whole(get("origins"), 1_000_000),
      from: day(get("from") ?? get("t0")), // t0 and t1: the days of the timeline in addresses of version 0.1
      until: day(get("until") ?? get("t1")),
      things: list(get("with")),
      as: rows(get("as")).filter((row) => row.length > 1),
      words: (get("words") ?? "").slice(0, LONGEST),
      missed: (get("missed") ?? "").slice(0, LONGEST),
      least: amount(get("least")),
      most: amount(get("most")),
      beyond: list(get("beyond")),
      currency: /^[A-Z]{3}$/.test(get("currency") ?? "") ? get("currency") : null,
      bounds: rows(get("many")).filter((row) => row.length > 3),
      hidden: list(get("hidden")),
    },
    table: {
      list: get("list") || START.table.list,
      sort: get("sort") ?? "",
      text: get("text") ?? "",
      page: whole(get("page"), 1_000_000),
      all: get("all") === "1",
    },
    timeline: { lanes: oneOf(get("lanes"), LANES, "company") },
    theme: oneOf(get("theme"), ["auto", "light", "dark"], "auto"),
  };
}

/** Write a state as a fragment; what is as at the start is left out, so that links stay short. */
export function toFragment(state: State): string {
  const { filters, table, timeline, work } = state;
  const parts: [string, string][] = [];
  const put = (name: string, value: string | null, plain = ""): void => {
    if (value !== null && value !== plain) parts.push([name, value]);
  };
  const joined = (values: readonly string[]): string => values.map((value) => value.replace(/[%,]/g, encodeURIComponent)).join(",");
  const putList = (name: string, values: readonly string[]): void => put(name, joined(values));
  const putDay = (name: string, value: number | null): void => put(name, value === null ? null : isoDay(value));
  put("view", state.view, "map");
  put("edge", state.edge);
  put("to", state.to);
  put("hops", String(state.hops), "1");
  putList("unfold", state.unfolded);
  const putRows = (name: string, list: readonly (readonly (string | number)[])[]): void =>
    put(name, list.map((row) => row.map((value) => String(value).replace(/[%,~]/g, (sign) => (sign === "~" ? "%7E" : encodeURIComponent(sign)))).join("~")).join(","));
  putList("set", work.set);
  putRows("notes", work.notes);
  putRows("decide", work.decided);
  putList("expand", work.expanded);
  putRows("pins", work.pins);
  put("size", state.look.size, "articles");
  put("colour", state.look.colour, "kind");
  put("communities", state.look.upper === null ? null : state.look.upper ? "1" : "0");
  put("single", state.look.single ? "1" : "", "");
  if (filters.kinds !== null) parts.push(["kinds", joined(filters.kinds)]);
  putList("topics", filters.topics);
  putList("providers", filters.providers);
  putList("types", filters.types);
  putList("statuses", filters.statuses);
  put("background", filters.background ? "1" : "0", "1");
  put("confidence", String(filters.confidence), "0");
  put("eventconfidence", String(filters.eventConfidence), "0");
  put("origins", String(filters.origins), "0");
  putDay("from", filters.from);
  putDay("until", filters.until);
  putList("with", filters.things);
  putRows("as", filters.as);
  put("words", filters.words);
  put("missed", filters.missed);
  for (const name of ["least", "most"] as const) put(name, filters[name] === null ? null : String(filters[name]));
  put("currency", filters.currency);
  putList("beyond", filters.beyond);
  putRows("many", filters.bounds);
  putList("hidden", filters.hidden);
  put("list", table.list, START.table.list);
  put("sort", table.sort);
  put("text", table.text);
  put("page", String(table.page), "0");
  put("all", table.all ? "1" : "", "");
  put("lanes", timeline.lanes, "company");
  put("theme", state.theme, "auto");
  const query = parts.map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%2F/g, "/").replace(/%2C/g, ",").replace(/%20/g, "+")}`).join("&");
  const path = state.node === null ? "" : encodeURIComponent(state.node).replace(/%2F/g, "/");
  return path || query ? `#${path}${query ? `?${query}` : ""}` : "";
}

const kept = <T>(now: T, before: T): T => (JSON.stringify(now) === JSON.stringify(before) ? before : now);

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Holds the one state and notifies its listeners; `change` merges, `push` decides whether "back" returns to what was before. */
export class Store {
  #state: State;
  readonly #listeners = new Set<(state: State, before: State) => void>();
  readonly #done: { readonly work: Work; readonly filters: Filters }[] = [];
  #undoing = false;
  #sieving = false;

  constructor(state: State) {
    this.#state = state;
  }

  get state(): State {
    return this.#state;
  }

  /** Merge a change. `step` (default: whether another thing or view is shown, or filters begin to change) makes an entry of the browser's history. */
  change(part: Partial<State>, step?: boolean): void {
    const before = this.#state;
    const wanted: State = { ...before, ...part };
    if (toFragment(before) === toFragment(wanted)) return;
    // what stays equal stays the same value: an address gives new ones, and parts look no further than at that
    const after: State = { ...wanted, filters: kept(wanted.filters, before.filters), work: kept(wanted.work, before.work), look: kept(wanted.look, before.look), table: kept(wanted.table, before.table), timeline: kept(wanted.timeline, before.timeline) };
    this.#state = after;
    const changed = after.work !== before.work || after.filters.hidden.join() !== before.filters.hidden.join();
    if (changed && !this.#undoing) this.#done.push({ work: before.work, filters: before.filters });
    const moved = after.view !== before.view || after.node !== before.node || after.edge !== before.edge || after.to !== before.to;
    const sieved = !moved && after.filters !== before.filters;
    this.lastStep = step ?? (moved || (sieved && !this.#sieving)); // the first of several changes of filters: "back" undoes them together
    if (step !== false) this.#sieving = sieved;
    for (const listener of [...this.#listeners]) listener(after, before);
  }

  /** Whether the last change is one that "back" should undo. */
  lastStep = false;

  /** Change the reader's own work: the set, notes, decisions. */
  gather(part: Partial<Work>): void {
    this.change({ work: { ...this.#state.work, ...part } });
  }

  /** Whether there is something to take back. */
  get undoable(): boolean {
    return this.#done.length > 0;
  }

  /** The set before the last step. */
  get setBefore(): readonly string[] {
    return this.#done.at(-1)?.work.set ?? [];
  }

  /** Take back the last change of the reader's work, or the last thing hidden. */
  undo(): void {
    const last = this.#done.pop();
    if (!last) return;
    this.#undoing = true;
    this.change({ work: last.work, filters: { ...this.#state.filters, hidden: last.filters.hidden } }, false);
    this.#undoing = false;
  }

  /** Show the same once more, as what the filters let through is known now. */
  renew(): void {
    const before = this.#state;
    this.#state = { ...before, filters: { ...before.filters } };
    for (const listener of [...this.#listeners]) listener(this.#state, before);
  }

  filter(part: Partial<Filters>): void {
    this.change({ filters: { ...this.#state.filters, ...part } });
  }

  listen(listener: (state: State, before: State) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
