/** The answer: a table that sorts and turns its pages, or yes and no; to be saved as CSV. */

import { h, put } from "../core/dom.js";
import { count, counted, words } from "../core/format.js";
import { type Answer, compare, answerCsv, type Row, sortOf } from "./answer.js";
import { cellContent } from "./answer_cells.js";
import type { AskPayload } from "./ask_payload.js";

const PAGE = 100;

export interface AnswerView {
  readonly element: HTMLElement;
  /** Show an answer; `name` is that of the file to save. */
  show(answer: Answer, name: string): void;
  /** Show a plain sentence instead, or nothing. */
  clear(sentence: string): void;
}

export function makeAnswerView(payload: AskPayload, say: (text: string) => void, save: (name: string, content: Blob) => void): AnswerView {
  const summary = h("p", { class: "ng-summary" });
  const tools = h("div", { class: "ng-tools" });
  const body = h("div", { class: "ng-answer" });
  const element = h("div", { class: "ng-result" },
    h("div", { class: "ng-result-head" }, h("h2", { id: "ng-result-title" }, "Answer"), summary, tools), body);

  return {
    element,
    clear(sentence) {
      element.hidden = sentence === "";
      put(summary);
      put(tools);
      put(body, h("p", { class: "ng-empty" }, sentence));
    },
    show(answer, name) {
      element.hidden = false;
      put(summary, `${totalWords(answer)} in ${durationWords(answer.took)}${answer.rows.length < answer.total ? `; only the first ${count(answer.rows.length)} are shown` : ""}`);
      put(tools);
      if (answer.truth !== null) {
        put(body, h("p", { class: "ng-truth" }, answer.truth ? "Yes" : "No"));
        return;
      }
      tools.append(h("button", { type: "button", class: "ng-button", onclick: () => save(`${name}.csv`, new Blob([answerCsv(answer.columns, answer.rows)], { type: "text/csv;charset=utf-8" })) }, "Save as CSV"));
      if (answer.rows.length === 0) put(body, h("p", { class: "ng-empty" }, "No results. A broader value, or an empty field, may find more."));
      else put(body, ...table(answer));
    },
  };

  function table(answer: Answer): HTMLElement[] {
    const numeric = answer.columns.map((_, at) => answer.rows.every((row) => !row[at] || sortOf(row[at]) === "number") && answer.rows.some((row) => row[at]));
    let rows: readonly Row[] = answer.rows;
    let sorted = -1;
    let down = false;
    let first = 0;
    const heads = answer.columns.map((name, at) =>
      h("th", { scope: "col", class: numeric[at] ? "ng-number" : null }, h("button", { type: "button", onclick: () => sortBy(at) }, words(name))));
    const lines = h("tbody");
    const where = h("span", { class: "ng-where" });
    const back = h("button", { type: "button", class: "ng-button", onclick: () => turn(first - PAGE) }, "Previous");
    const on = h("button", { type: "button", class: "ng-button", onclick: () => turn(first + PAGE) }, "Next");
    const room = h("div", { class: "ng-scroll", tabindex: 0, role: "region", "aria-labelledby": "ng-result-title" },
      h("table", {}, h("thead", {}, h("tr", {}, heads)), lines));

    function fillIn(): void {
      put(lines, rows.slice(first, first + PAGE).map((row) =>
        h("tr", {}, row.map((term, at) => h("td", { class: term && sortOf(term) !== "text" ? (numeric[at] ? "ng-number" : "ng-short") : null }, term ? cellContent(term, payload) : null)))));
      const last = Math.min(first + PAGE, rows.length);
      put(where, `${count(first + 1)} to ${count(last)} of ${count(rows.length)}`);
      back.disabled = first === 0;
      on.disabled = last === rows.length;
    }

    function turn(to: number): void {
      first = Math.max(0, Math.min(to, rows.length - 1));
      fillIn();
      room.scrollTop = 0;
      say(`Rows ${where.textContent ?? ""}`);
    }

    function sortBy(at: number): void {
      if (sorted !== at) [sorted, down] = [at, false];
      else if (!down) down = true;
      else sorted = -1;
      heads.forEach((head, number) => {
        if (number === sorted) head.setAttribute("aria-sort", down ? "descending" : "ascending");
        else head.removeAttribute("aria-sort");
      });
      rows = sorted < 0 ? answer.rows : [...answer.rows].sort((one, other) => compare(one[sorted] ?? null, other[sorted] ?? null, down));
      first = 0;
      fillIn();
      say(sorted < 0 ? "Original order" : `Sorted by ${words(answer.columns[sorted] ?? "")}, ${down ? "descending" : "ascending"}`);
    }

    fillIn();
    return rows.length > PAGE ? [room, h("div", { class: "ng-pages", role: "group", "aria-label": "Pages of the answer" }, back, where, on)] : [room];
  }
}

/** "12 rows", or the truth in a word. */
export function totalWords(answer: Answer): string {
  return answer.truth === null ? counted(answer.total, "row") : answer.truth ? "Yes" : "No";
}

/** Milliseconds as "12 ms" or "1.4 s". */
export function durationWords(milliseconds: number): string {
  return milliseconds < 1000 ? `${Math.max(1, Math.round(milliseconds))} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
