/** What Python writes for the page beside the statements (`newsgraph/explorer/ask.py`). */

export interface AskPayload {
  title: string;
  base: string;
  program: string;
  /** ISO day, or null where the graph knows no bound. */
  asOf: string | null;
  /** Address of the page that shows the graph, beside this one. */
  seen: string;
  /** Statements of the graph, the most that a page holds, and whether they are here. */
  count: number;
  limit: number;
  whole: boolean;
  /** Address of the SPARQL endpoint that answers in place of an engine in the page; empty where the page holds the statements itself. */
  endpoint: string;
  prefixes: Record<string, string>;
  groups: { label: string; questions: Question[] }[];
  names: NameTable;
  /** Replaced IRIs, each with the one that replaces it. */
  replaced: [string, string][];
}

export interface Question {
  name: string;
  question: string;
  sparql: string;
  parameters: Parameter[];
}

export interface Parameter {
  name: string;
  about: string;
  /** Kinds of things that the value may name ("node": any); empty where it is no name. */
  kinds: string[];
}

/** Things by number; `strong` and `weak` give folded names and the numbers of what is called so, labels before aliases and tickers. */
export interface NameTable {
  iri: string[];
  kind: string[];
  label: string[];
  strong: [string, number[]][];
  weak: [string, number[]][];
}
