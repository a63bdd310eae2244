/** Handles SPARQL as text, as `newsgraph/query.py` and `redirects.py` do: words, prefixes, refusals and faults. */

// Strings, IRIs and comments: the words in them mean nothing. Long strings come before short ones.
const OPAQUE = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'|<[^<>"{}|^`\\\s]*>|#[^\n]*/g;
const WORD = /(?<![\w?$:@.-])([A-Za-z]+)\b(?![:.-]?\w*:)/g;
const FROM = /\bFROM\s+(?:NAMED\s+)?<([^<>]*)>/gi;
const UPDATES = new Set(["INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"]);
const DECLARED = /\bPREFIX\s+([\w.-]*):\s*$/i;
const PREFIXED = /(?<![\w?$:.-])([A-Za-z][\w.-]*)?:((?:[\w-]|\.(?=[\w.-]))+)/g;
const ASKS = /\bdcterms:isReplacedBy\b|<http:\/\/purl\.org\/dc\/terms\/isReplacedBy>/;

/** Bare words in upper case: keywords; no names, variables, strings or comments. */
export function keywords(sparql: string): string[] {
  return [...sparql.replace(OPAQUE, " ").matchAll(WORD)].map((match) => (match[1] as string).toUpperCase());
}

/** Why a question is not even asked, or null: it would change the graph, or needs the network. `graphs` are the named ones. */
export function refusal(sparql: string, graphs: () => Iterable<string>): string | null {
  const found = keywords(sparql);
  const verb = found.find((word) => word !== "PREFIX" && word !== "BASE");
  if (verb && UPDATES.has(verb)) return `${verb} would change the graph, and questions only read it. Change the documents and build again.`;
  if (found.includes("SERVICE")) return "SERVICE queries another machine, and this page never uses the network. Leave the SERVICE part out.";
  const named = [...sparql.replace(OPAQUE, (part) => (part.startsWith("<") ? part : " ")).matchAll(FROM)].map((match) => match[1] as string);
  if (named.length === 0) return null;
  const here = new Set(graphs());
  const lost = named.find((iri) => !here.has(iri));
  return lost === undefined ? null : `FROM <${lost}>: this graph has no such named graph, and nothing is fetched. Leave the FROM line out.`;
}

/** Declare prefixes in front, on the question's own first line, so that lines keep their numbers. */
export function prefixDeclarations(prefixes: Record<string, string>): string {
  return Object.entries(prefixes).map(([name, space]) => `PREFIX ${name}: <${space}> `).join("");
}

export interface Fault {
  readonly message: string;
  /** Place of the fault, counted from 1; null where the engine gives none. */
  readonly line: number | null;
  readonly column: number;
}

/** The engine's syntax error in plain words; `shift` letters were put before the question's first line. */
export function explainFault(sparql: string, message: string, shift: number, prefixes: Record<string, string>): Fault {
  const place = /error at (\d+):(\d+): ?([^]*)/.exec(message);
  if (!place) return { message: `The question cannot be answered: ${message.replace(/\.$/, "")}.`, line: null, column: 1 };
  const lines = sparql.split("\n");
  const line = Math.min(Number(place[1]), lines.length);
  const column = Math.max(Number(place[2]) - (line === 1 ? shift : 0), 1);
  const where = `Line ${line}, column ${column}`;
  const expected = (place[3] as string).replace(/^expected (one of )?/, "");
  if (expected.includes("Prefix not found")) return { message: `${where}: a prefix is not declared. These need no declaration: ${Object.keys(prefixes).join(", ")}.`, line, column };
  if (!lines.slice(line - 1).join("\n").slice(column - 1).trim()) return { message: `${where}: the question ends here, but something is still missing, such as a closing bracket.`, line, column };
  // what the parser expects goes on for lines where classes of letters are in it; those teach nobody
  const teaches = expected.length <= 100 && !expected.includes("\\u");
  return { message: `${where}: this is not valid SPARQL${teaches ? `; expected: ${expected.replace("[_]", "more")}` : ""}.`, line, column };
}

/** A text as a SPARQL string. */
function quoted(text: string): string {
  const escapes: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r" };
  return `"${text.replace(/[\\"\n\r]/g, (letter) => escapes[letter] as string)}"`;
}

const valuesLine = (name: string): RegExp => new RegExp(`^( *VALUES \\?${name} \\{ )(.*)( \\})$`, "m");

/** Put values into the places of a named question's parameters. */
export function fillParameters(sparql: string, values: Record<string, string>): string {
  return Object.entries(values).reduce((text, [name, value]) => text.replace(valuesLine(name), (_, head: string, __, tail: string) => head + quoted(value) + tail), sparql);
}

/** The value of a parameter in the question as shipped. */
export function defaultValue(sparql: string, name: string): string {
  return (valuesLine(name).exec(sparql)?.[2] ?? "").replace(/^"|"$/g, "");
}

/** Replace outdated IRIs in a question by the current ones; `met` lists the replaced pairs. */
export function followReplaced(sparql: string, leads: ReadonlyMap<string, string>, prefixes: Record<string, string>): { sparql: string; met: [string, string][] } {
  const met = new Map<string, string>();
  if (leads.size === 0 || ASKS.test(sparql)) return { sparql, met: [] };
  const spaces = new Map(Object.entries(prefixes));
  const led = (written: string, iri: string): string => {
    const now = leads.get(iri);
    if (now === undefined) return written;
    met.set(iri, now);
    return `<${now}>`;
  };
  let text = "";
  let at = 0;
  const plain = (words: string): string => words.replace(PREFIXED, (whole, prefix: string | undefined, local: string) => led(whole, (spaces.get(prefix ?? "") ?? "\0") + local));
  for (const match of sparql.matchAll(OPAQUE)) {
    const before = sparql.slice(at, match.index);
    text += plain(before);
    const name = DECLARED.exec(before)?.[1];
    const iri = match[0].startsWith("<") ? match[0].slice(1, -1) : null;
    if (iri !== null && name !== undefined) spaces.set(name, iri);
    text += iri !== null && name === undefined ? led(match[0], iri) : match[0];
    at = match.index + match[0].length;
  }
  return { sparql: text + plain(sparql.slice(at)), met: [...met] };
}
