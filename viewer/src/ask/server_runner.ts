/** Asks the SPARQL endpoint of the server that the page came from, so that a graph of any size is answered. */

import { type Answer, MOST, type Row, type Term } from "./answer.js";
import { fromJson, type Json, short } from "./engine.js";
import { Cancelled, type Runner } from "./runner.js";

const RESULTS = "application/sparql-results+json";
const STATEMENTS = "application/n-triples";
const TRIPLE = /^(<[^>]*>|_:\S+) (<[^>]*>) (.+) \.$/;
const LITERAL = /^("(?:[^"\\]|\\.)*")(?:@([\w-]+)|\^\^<([^>]*)>)?$/;

export function makeServerRunner(endpoint: string): Runner {
  let request: AbortController | null = null;
  return {
    inPage: false,
    load: () => Promise.resolve(0),
    // the server knows the prefixes, so that the lines of its messages are those of the question
    async ask(sparql) {
      request?.abort();
      const mine = (request = new AbortController());
      const start = performance.now();
      try {
        const response = await fetch(endpoint, {
          method: "POST", body: sparql, signal: mine.signal,
          headers: { "Content-Type": "application/sparql-query", Accept: `${RESULTS}, ${STATEMENTS}` },
        });
        if (!response.ok) throw new Error((await response.text()).trim() || `The server answered with ${response.status}`);
        const isTable = (response.headers.get("Content-Type") ?? "").startsWith(RESULTS);
        const answer = isTable ? fromJson((await response.json()) as Json) : fromTriples(await response.text());
        return { ...answer, took: performance.now() - start };
      } catch (error) {
        if (mine.signal.aborted) throw new Cancelled();
        throw error instanceof TypeError ? new Error("The server does not answer. Is it still running?") : error;
      }
    },
    cancel() {
      request?.abort();
      return true;
    },
  };
}

function fromTriples(text: string): Omit<Answer, "took"> {
  const triples = text.split("\n").flatMap((line) => { const parts = TRIPLE.exec(line); return parts ? [parts.slice(1)] : []; });
  const rows = triples.slice(0, MOST).map((parts): Row => parts.map(term));
  return { truth: null, columns: ["subject", "predicate", "object"], rows, total: triples.length };
}

function term(written: string): Term {
  if (written.startsWith("<") && !written.startsWith("<<")) return { type: "iri", value: written.slice(1, -1), datatype: "" };
  if (written.startsWith("_:")) return { type: "blank", value: written, datatype: "" };
  const literal = LITERAL.exec(written);
  if (!literal) return { type: "triple", value: written, datatype: "" };
  return { type: "literal", value: JSON.parse(literal[1] ?? '""') as string, datatype: short(literal[3] ?? "") };
}
