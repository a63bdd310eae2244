/**
 * What Python writes and the page reads: two blocks of JSON, gzipped (and base64 inside a page).
 *
 * `core` holds what the map, the search and the filters need at once; `texts` holds what is read when a thing is opened:
 * excerpts, addresses, sentences, names and identifiers. Nodes are numbers from 0, counted kind by kind in the order of
 * `CorePayload.kinds`. Within a kind: articles by time (undated last), all others the most reported first. Edges are numbers too, counted
 * through `CorePayload.edges` group by group. Offsets count UTF-16 units. The Python half is `newsgraph/explorer/`.
 */

export interface KindInfo {
  /** `company`, `event`, `story`, `topic`, `organisation`, `person`, `product`, `place`, `provider` or `article`. */
  name: string;
  label: string;
  plural: string;
  /** RDF classes, as prefixed names. */
  classes: string[];
  colour: string;
  /** The colour on a dark ground. */
  dark: string;
  shape: Shape;
  /** The shape as SVG path data (`new Path2D` takes it as well) in a square from -8 to 8, filled by the rule "evenodd". */
  outline: string;
  count: number;
}

export type Shape = "disc" | "square" | "diamond" | "star" | "hexagon" | "triangle" | "triangle_down" | "ring" | "cross" | "dot";

export type EventGroup = "deals" | "money" | "law" | "people" | "products" | "other";

export interface EventTypeInfo {
  name: string;
  label: string;
  /** A name of one or two short words: "IPO". */
  short: string;
  group: EventGroup;
  /** What the number of an event counts: "jobs"; "" where nothing is counted. */
  counted: string;
  /** RDF class, as a prefixed name. */
  class: string;
  /** Roles of the main parties, by which a decision refers to an event: "acquirer", "target". */
  main: string[];
}

/** A region of the map: `x`, `y`, `radius` in map units; `name` is made of its most connected members. */
export interface Community {
  name: string;
  x: number;
  y: number;
  radius: number;
  /** Members that are no articles. */
  size: number;
}

export interface CorePayload {
  version: 2;
  title: string;
  base: string;
  program: string;
  /** ISO day, or null where the graph knows no bound. */
  asOf: string | null;
  /** False where the graph was too large and only communities and the most connected things are here; `total` counts all nodes. */
  complete: boolean;
  total: number;
  /** Prefixes of RDF names, with what they stand for. */
  prefixes: Record<string, string>;
  kinds: KindInfo[];
  /**
   * What the search field may be asked for: the folded words that name it, joined by "|", and types of events, also such as do not occur. `sides`: roles of who
   * does it, of the other side, and of whose it is ("Acme's acquisitions"); `verb` where the words are verbs; `label`: the name of a single type.
   */
  asked: { words: string; kind: string; types: string[]; label?: string; sides?: string[][]; verb?: 1 }[];
  /** Words of questions that ask for nothing by themselves, joined by "|": "which", "of". */
  fillers: string;
  /** Words of questions as patterns, by what they ask for: "over", "-amount" (the largest first), "rumoured". */
  patterns: Record<string, string>;
  /** Relations that may be asked for: patterns of the words, the role that a filter has for whose they are, and edge kinds, with ">" where they lead to what is asked and "<" where they come from it; and a word for what is asked. */
  askedLinks: { role: string; nouns: string; verbs: string; links: string[]; many: string }[];
  /** What the page says about itself: how to use it, and what its parts say while they are empty or of what they hold. */
  help: { page: string[]; views: Record<"map" | "focus" | "timeline" | "table" | "set", string>; statuses: Record<string, string>; sheet: Record<"peek" | "half" | "full", string> } & Record<
    | "set" | "file" | "focus" | "decisions" | "lanes" | "topic" | "unlinked" | "apart" | "lasso" | "closed" | "decided" | "html"
    | "ttl" | "graphml" | "csv" | "compare" | "saving" | "savingOne" | "undo" | "change" | "collecting" | "hollow" | "coarse" | "close"
    | "day" | "grounds" | "noNew" | "disputed" | "nothing" | "dateless" | "searchStopped" | "unsaid" | "ask" | "alone"
    | "empty" | "unfocused" | "same" | "bare" | "scattered" | "picture" | "unnamed" | "unstated" | "noArticle" | "articleless" | "noAmount" | "eventless" | "unlinkedToArticles" | "unread"
    | "hops" | "timeline" | "play" | "circles" | "typeMore" | "newsOnly" | "recalled" | "joined" | "withAll" | "unchosen" | "rows" | "otherEvents" | "sameEvents" | "unreasoned" | "oneArticle" | "sieve" | "least" | "oneCircle" | "listed" | "earlier" | "mapped" | "steer" | "puzzled" | "pruned" | "dayless" | "unplaced" | "sure" | "hidden" | "undrawn" | "filteredOut" | "otherDays" | "full",
    string
  >;
  /** Signs of buttons, as SVG path data in a square from 0 to 16, drawn as lines. */
  signs: Record<"sun" | "moon" | "funnel", string>;
  /** Groups of event types, in the order of the legend; each has a mark of its own. */
  eventGroups: { name: EventGroup; label: string; outline: string }[];
  eventTypes: EventTypeInfo[];
  statuses: string[];
  /** Roles that occur, in the order of an event's panel: "lead investor". */
  roles: string[];
  /** What amounts are of: "price", "sum of a funding round". */
  amountKinds: string[];
  communities: Community[];
  nodes: {
    label: string[];
    /** What follows `base` in the IRI, for all nodes but articles (theirs are in `texts`). */
    iri: string[];
    /** Map units: 0 to 65535 on the longer side, y downwards. */
    x: number[];
    y: number[];
    /** Number of the community, -1 for strays. */
    community: number[];
    /** Days since 1970-01-01, or null: an article's publication, the first day of an event's day, month or year, a story's first article. */
    day: (number | null)[];
    /** Articles it rests on (1 for an article), and independent origins among them. */
    articles: number[];
    origins: number[];
    /** Percent; null for what is declared. */
    confidence: (number | null)[];
  };
  /** One value for each event, in the order of the event nodes. */
  events: {
    /** Numbers into `eventTypes` and `statuses`. */
    type: number[];
    status: number[];
    /** ISO day, month ("2018-07") or year ("2018"); null where none is known. */
    when: (string | null)[];
    /** 1 where every report is of something known from before, not of its news. */
    background: number[];
    /** In full units of `currency`; `amountOf` is a number into `amountKinds`. */
    amount: (number | null)[];
    currency: (string | null)[];
    amountOf: (number | null)[];
    /** Percent of a stake, or of a change. */
    percent: (number | null)[];
    /** Jobs, sites, records ...: `EventTypeInfo.counted`. */
    count: (number | null)[];
    /** The unit, brand, plant or stake that changes hands, if not the whole company. */
    part: (string | null)[];
    /** 1 where articles report values that contradict each other. */
    disputed: number[];
  };
  /** One value for each story, in the order of the story nodes: the article that leads it, or null where it is not on the page. */
  storyLead: (number | null)[];
  /** For each article how many places among the articles after its origin it is: 0, but for copies of a text that another published first. */
  articleOrigin: number[];
  /** Other names and tickers to be found by: node numbers and, for each, names joined by "|". */
  names: { node: number[]; names: string[] };
  edges: EdgeGroup[];
  /**
   * Only where articles are left out (`complete` is false): pairs of things with the number of articles about both, of each thing the
   * pairs of most articles. `source` is delta coded.
   */
  together?: { source: number[]; target: number[]; count: number[] };
  /** Fragments that lead to other things now: old IRI without base, node. */
  replaced: [string, number][];
}

/** All edges of one kind, sorted by source and target. `source` is delta coded: each value is the difference to the one before. */
export interface EdgeGroup {
  kind: string;
  label: string;
  /** How it reads from the target's side: "is reported by". */
  inverse: string;
  inferred: boolean;
  directed: boolean;
  /** RDF property, as a prefixed name. */
  property: string;
  /** Where edges of the kind are from, in words, if neither sentences nor single rules say it: "stated in the document's own fields"; else "". */
  origin: string;
  source: number[];
  target: number[];
  /** Only where edges of the kind have roles (actor): numbers into `roles`, which are for people ("lead investor") and in the order of an event's panel. */
  role?: number[];
  roles?: string[];
  /** The RDF properties of `roles`. */
  roleProperties?: string[];
  /** Only for shortcuts between two companies (invested_in ...): the event it was made from. */
  event?: number[];
}

export interface TextsPayload {
  /** Excerpt ("" where none), address ("" where none; http or https only) and IRI without base for each article, in the order of the article nodes. */
  articles: { excerpt: string[]; url: string[]; iri: string[]; time: (number | null)[]; featured?: string[] };
  /** Sentences that are cited, by article number (counted from 0 among articles); in the order of articles. */
  sentences: { article: number[]; text: string[] };
  rules: string[];
  /** Rules in words, those that can be read without knowing how names are found. */
  ruleWords: Record<string, string>;
  /** How a value of `NodeDetails.ledger` relates to the main one, in words. */
  relationWords: Record<string, string>;
  extractors: string[];
  /**
   * The sentences that state an edge: `edge` is the number of an edge (delta coded, ascending), `sentence` a number into `sentences`,
   * `marks` the spans in it that matter ("0-6 14-19"), `rule` and `extractor` numbers, `confidence` percent.
   * Edges of kinds mentions, tells and works_for have rows; the evidence of actor and shortcut edges is that of the event's tells edges.
   */
  evidence: { edge: number[]; sentence: number[]; marks: string[]; rule: number[]; extractor: number[]; confidence: (number | null)[] };
  /** Why edges hold that no sentence shows, by edge number, as a rule or in words: part_of_story, made_by, parent, broader. */
  reasons: { edge: number[]; rule: number[] };
  /** Facts of single nodes, by node number as a string. */
  details: Record<string, NodeDetails>;
}

/** What else is known of a node: only what there is. */
export interface NodeDetails {
  /**
   * Label and value, in order: "LEI", "Wikidata" ... Values that begin with http(s) are links. Those that have a type are sentences:
   * "Its legal name is", "Acme Inc."; values of type "country" are ISO 3166 codes of countries and names of states, separated by commas.
   */
  facts?: [label: string, value: string, type?: "words" | "country"][];
  /** Other names, each with the reason it was taken for the same thing. */
  names?: { name: string; rule: string; note: string }[];
  /** An event: where its day is from, `text` or `article`; the roles that only words of a text take; sums beside the main one. */
  whenFrom?: string;
  roles?: [role: string, words: string][];
  sums?: [of: string, amount: number, currency: string][];
  /** Every value reported of an event: field is amount, date, roles or status; relation is main, total, part, rounded, disputed ... */
  ledger?: { field: string; relation: string; value: string; note: string; articles: number; outlets: number; origins: number; first: number | null; tellers: number[] }[];
  /** A story: which articles were joined by which rule. */
  last?: number | null;
  outlets?: number;
  links?: { article: number; other: number; rule: string }[];
  /** What may or may not be the same thing, undecided. */
  doubts?: string[];
  /** An article: other headlines that it had, and what it corrects or is corrected by. */
  notes?: string[];
}
