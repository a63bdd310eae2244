/** The named questions, by groups. */

import { h } from "../core/dom.js";
import type { Question, AskPayload } from "./ask_payload.js";

export interface QuestionMenu {
  readonly element: HTMLElement;
  /** Mark the chosen question; null: the reader's own. */
  mark(name: string | null): void;
}

export function makeQuestionMenu(payload: AskPayload, choose: (question: Question | null) => void): QuestionMenu {
  const buttons = new Map<string | null, HTMLElement>();
  const entry = (name: string | null, text: string, question: Question | null): HTMLElement => {
    const button = h("button", { type: "button", onclick: () => choose(question) }, text);
    buttons.set(name, button);
    return h("li", {}, button);
  };
  const groups = payload.groups.map(({ label, questions }) => [
    h("h3", {}, label),
    h("ul", {}, questions.map((question) => entry(question.name, question.question, question))),
  ]);
  const element = h("nav", { class: "ng-menu", id: "ng-menu", "aria-label": "Questions" },
    h("h2", {}, "Questions"), h("ul", {}, entry(null, "Your own, in SPARQL", null)), groups.flat());
  return {
    element,
    mark(name) {
      for (const [key, button] of buttons) {
        if (key === name) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      }
    },
  };
}
