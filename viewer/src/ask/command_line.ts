/** How a question is asked on the command line, for graphs that are too large for a page. */

import { h } from "../core/dom.js";
import type { Question } from "./ask_payload.js";

/** The command to type; the reader's own question is saved as a file first. */
export function commandLine(question: Question | null, values: Readonly<Record<string, string>>, sparql: string, save: (name: string, content: Blob) => void): HTMLElement[] {
  const set = Object.entries(values).map(([name, value]) => ` --set ${quoted(`${name}=${value}`)}`);
  const text = question ? `newsgraph query output --name ${question.name}${set.join("")}` : "newsgraph query output --file question.rq";
  const parts: HTMLElement[] = [h("p", {}, question ? "In the folder that holds output/:" : "Save the question, then in the folder that holds output/:"), h("pre", { tabindex: 0, "aria-label": "Command" }, text)];
  if (!question) parts.push(h("button", { type: "button", class: "ng-button", onclick: () => save("question.rq", new Blob([sparql], { type: "application/sparql-query" })) }, "Save the question"));
  return parts;
}

const quoted = (text: string): string => (/^[\w=.-]+$/.test(text) ? text : `'${text.replace(/'/g, "'\\''")}'`);
