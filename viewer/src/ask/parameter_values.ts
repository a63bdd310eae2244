/** The values of a named question's parameters, with names put into the form that the graph uses. */

import type { Question } from "./ask_payload.js";
import { nameKey, type NameLookup } from "./name_lookup.js";
import type { Runner } from "./runner.js";
import { defaultValue } from "./sparql.js";

/** The values, or which field is wrong, why, and what may be meant. */
export type ParameterValues = { values: Record<string, string> } | { field: string; problem: string; near: string[] };

/** Look names up; `articles` gives headlines by what articles are called, and is asked only where nothing else is called so. */
export async function valuesOf(question: Question, typed: Readonly<Record<string, string>>, names: NameLookup, articles: () => Promise<Map<string, string>>): Promise<ParameterValues> {
  const values: Record<string, string> = { ...typed };
  for (const { name, kinds } of question.parameters) {
    const value = typed[name] ?? "";
    if (kinds.length === 0 || !value || value === defaultValue(question.sparql, name)) continue;
    const found = names.find(value, kinds);
    if (found && "problem" in found) return { field: name, problem: found.problem, near: [] };
    const label = found ? found.label : kinds.includes("node") ? (await articles()).get(nameKey(value)) : undefined;
    if (label === undefined) return { field: name, ...unknown(value, kinds, names.near(value, kinds)) };
    values[name] = label;
  }
  return { values };
}

function unknown(value: string, kinds: readonly string[], near: string[]): { problem: string; near: string[] } {
  if (!value.trim()) return { problem: "The field holds only spaces. Leave it empty to ask for all.", near: [] };
  const kind = kinds.includes("node") ? "thing" : kinds[0];
  return { problem: `No ${kind} in this graph is named “${value}”. ${near.length > 0 ? "Did you mean:" : "There is no similar name either."}`, near };
}

/** What articles are called: headline, address and IRI, each with the headline. */
export async function headlines(runner: Runner, opening: string): Promise<Map<string, string>> {
  const answer = await runner.ask("SELECT ?article ?headline ?url { ?article a schema:NewsArticle ; schema:headline ?headline OPTIONAL { ?article schema:url ?url } }", opening);
  return new Map(answer.rows.flatMap(([article, headline, url]) => [article, url, headline].filter((term) => term).map((term): [string, string] => [nameKey(term?.value ?? ""), headline?.value ?? ""])));
}
