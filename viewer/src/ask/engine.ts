/** Oxigraph with the graph in it. It runs in a worker, or in the page where no worker can be made. */

import init, { Store, type Quad, type Term as OxigraphTerm } from "oxigraph/web.js";
import { unpackBytes } from "../data/unpack.js";
import { type Answer, MOST, type Row, type Term } from "./answer.js";
import { refusal, keywords } from "./sparql.js";

const XSD = "http://www.w3.org/2001/XMLSchema#";

/** What a page carries: the engine and the statements, gzipped, as base64. */
export interface EngineData {
  readonly engine: string;
  readonly statements: string;
}

export class Engine {
  private constructor(private readonly store: Store) {}

  static async open(carried: EngineData): Promise<Engine> {
    await init({ module_or_path: (await unpackBytes(carried.engine)) as BufferSource });
    const store = new Store();
    store.load(await unpackBytes(carried.statements), { format: "application/trig", lenient: true });
    return new Engine(store);
  }

  /** Answer a question, `opening` being declared before it. Throws what the engine says, or why it is refused. */
  ask(sparql: string, opening: string): Answer {
    const refused = refusal(sparql, () => this.#graphs());
    if (refused) throw new Error(refused);
    const found = keywords(sparql);
    const form = found.find((word) => FORMS.includes(word)) ?? "";
    const start = performance.now();
    const options = { use_default_graph_as_union: !found.includes("FROM") };
    const said = this.store.query(opening + sparql, form === "CONSTRUCT" || form === "DESCRIBE" ? options : { ...options, results_format: "json" });
    const answer = typeof said === "string" ? fromJson(JSON.parse(said) as Json) : fromQuads(said as Quad[]);
    return { ...answer, took: performance.now() - start };
  }

  #graphs(): string[] {
    return (this.store.query("SELECT DISTINCT ?g { GRAPH ?g { } }") as Map<string, OxigraphTerm>[]).map((row) => row.get("g")?.value ?? "");
  }
}

const FORMS = ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"];

interface JsonTerm { type: "uri" | "literal" | "bnode" | "triple"; value: unknown; datatype?: string }
export interface Json { head: { vars?: string[] }; boolean?: boolean; results?: { bindings: Record<string, JsonTerm>[] } }

/** The answer to SELECT or ASK, from the JSON results of SPARQL. */
export function fromJson(json: Json): Omit<Answer, "took"> {
  if (json.boolean !== undefined) return { truth: json.boolean, columns: [], rows: [], total: 0 };
  const columns = json.head.vars ?? [];
  const bindings = json.results?.bindings ?? [];
  const rows = bindings.slice(0, MOST).map((binding): Row => columns.map((name) => (binding[name] ? term(binding[name]) : null)));
  return { truth: null, columns, rows, total: bindings.length };
}

function term(from: JsonTerm): Term {
  if (from.type === "triple") return { type: "triple", value: written(from), datatype: "" };
  const types = { uri: "iri", literal: "literal", bnode: "blank" } as const;
  const value = String(from.value);
  return { type: types[from.type], value: from.type === "bnode" ? `_:${value}` : value, datatype: short(from.datatype ?? "") };
}

function written(from: JsonTerm): string {
  if (from.type === "triple") return `<<( ${Object.values(from.value as Record<string, JsonTerm>).map(written).join(" ")} )>>`;
  return from.type === "uri" ? `<${from.value}>` : from.type === "bnode" ? `_:${from.value}` : JSON.stringify(from.value);
}

/** A datatype as the page shows it: without the namespace of XML Schema, empty for strings. */
export function short(datatype: string): string {
  const name = datatype.startsWith(XSD) ? datatype.slice(XSD.length) : datatype;
  return name === "string" ? "" : name;
}

function fromQuads(quads: Quad[]): Omit<Answer, "took"> {
  const rows = quads.slice(0, MOST).map((quad): Row => [quad.subject, quad.predicate, quad.object].map(fromTerm));
  const key = (row: Row): string => row.map((cell) => cell?.value).join("\0");
  const keyed = rows.map((row) => ({ row, key: key(row) })).sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return { truth: null, columns: ["subject", "predicate", "object"], rows: keyed.map((one) => one.row), total: quads.length };
}

function fromTerm(from: OxigraphTerm): Term {
  const types: Record<string, Term["type"]> = { NamedNode: "iri", Literal: "literal", BlankNode: "blank" };
  const type = types[from.termType] ?? "triple";
  const value = type === "iri" || type === "literal" ? from.value : String(from);
  return { type, value, datatype: type === "literal" ? short((from as { datatype?: { value: string } }).datatype?.value ?? "") : "" };
}
