/** The page that answers: menu, fields, editor and answer, held together. The address's fragment holds what is asked. */

import { h, put } from "../core/dom.js";
import { download } from "../core/download.js";
import { count, counted } from "../core/format.js";
import { makeAnswerView, durationWords, totalWords } from "./answer_view.js";
import { makeAskFrame } from "./ask_frame.js";
import type { Question, AskPayload } from "./ask_payload.js";
import { commandLine } from "./command_line.js";
import { type AskState, fromFragment, toFragment } from "./fragment.js";
import { NameLookup } from "./name_lookup.js";
import { makeParameterFields } from "./parameter_fields.js";
import { headlines, valuesOf } from "./parameter_values.js";
import { makeQuestionMenu } from "./question_menu.js";
import { Cancelled, type Runner } from "./runner.js";
import { prefixDeclarations, type Fault, explainFault, fillParameters, followReplaced } from "./sparql.js";

const FIRST = "# How many things of each type are there?\nSELECT ?type (COUNT(DISTINCT ?thing) AS ?things) WHERE {\n  ?thing a ?type .\n}\nGROUP BY ?type\nORDER BY DESC(?things) ?type\n";

export function showAskPage(root: HTMLElement, payload: AskPayload, runner: Runner): void {
  const names = new NameLookup(payload.names, payload.base, payload.replaced);
  const leads = new Map(payload.replaced);
  const questions = new Map(payload.groups.flatMap((group) => group.questions).map((question) => [question.name, question]));
  const opening = prefixDeclarations(payload.prefixes);
  let chosen: Question | null = null;
  let running = 0; // the number of the question that runs, 0 for none
  let asked = 0;

  const live = h("p", { class: "ng-hidden", role: "status", "aria-live": "polite" });
  const say = (text: string): void => put(live, text);
  const heading = h("h2", { id: "ng-question", tabindex: -1 });
  const editor = h("textarea", { id: "ng-sparql", class: "ng-sparql", rows: 9, spellcheck: "false", autocomplete: "off", autocapitalize: "off", "aria-describedby": "ng-sparql-about" });
  const problem = h("div", { class: "ng-problem", role: "alert" });
  const source = h("details", { class: "ng-source" }, h("summary", {}, "SPARQL"),
    h("label", { for: "ng-sparql", class: "ng-hidden" }, "SPARQL"), editor,
    h("p", { id: "ng-sparql-about", class: "ng-about" }, `Ctrl+Enter runs it. Questions only read: nothing is changed, ${payload.endpoint ? "and the server of this page answers" : "nothing leaves this page"}.`));
  const state = h("p", { class: "ng-state" });
  const ask = h("button", { type: "submit", class: "ng-button ng-run", title: "Ctrl+Enter" }, "Run");
  const cancel = button("Cancel", () => void (runner.cancel() && ask.focus()));
  const command = h("div", { class: "ng-command" });
  const result = makeAnswerView(payload, say, download);
  const menu = makeQuestionMenu(payload, (question) => {
    const wasOpen = frame.closeMenu();
    choose(question, {});
    if (question) void run();
    else editor.focus();
    if (question && wasOpen) heading.focus();
  });
  const fields = makeParameterFields(names, () => {
    if (chosen) editor.value = fillParameters(chosen.sparql, fields.values());
    command.replaceChildren();
  });

  /** Show a question: a named one, or the reader's own. */
  function choose(question: Question | null, values: Readonly<Record<string, string>>, sparql = FIRST): void {
    giveUp();
    const chosenBefore = chosen;
    chosen = question;
    put(heading, question ? question.question : "Your own question");
    if (question) fields.show(question, values);
    else fields.note("Written in SPARQL. The usual prefixes are declared: ", Object.keys(payload.prefixes).join(", "), ".");
    editor.value = question ? fillParameters(question.sparql, fields.values()) : sparql;
    if (!question) source.open = true;
    else if (!chosenBefore) source.open = false;
    menu.mark(question ? question.name : null);
    put(problem);
    result.clear("");
  }

  editor.addEventListener("input", () => {
    const from = chosen;
    if (!from) return;
    const values = fields.values();
    chosen = null; // what is edited is the reader's own from now on
    menu.mark(null);
    fields.note("Edited by hand. ", button("Undo the changes", () => choose(from, values)));
  });
  const form = h("form", { class: "ng-form", onsubmit: (event: Event) => { event.preventDefault(); void run(); } },
    heading, fields.element, source, h("div", { class: "ng-actions" }, ask, state, cancel), problem, command);
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void run();
  });

  const frame = makeAskFrame(root, payload, () => heading.focus(), (theme) => write(false, { ...fromFragment(location.hash), theme }));
  frame.show(menu.element, h("main", { class: "ng-asking" }, form, result.element), live);

  function write(step: boolean, to: AskState): void {
    const fragment = toFragment(to);
    if (fragment !== location.hash) history[step ? "pushState" : "replaceState"](null, "", fragment || location.pathname + location.search);
  }

  function busy(on: boolean): void {
    cancel.hidden = !on || runner.inPage;
    form.setAttribute("aria-busy", String(on));
  }

  function wrong(sentence: string, ...more: HTMLElement[]): void {
    put(problem, h("p", { dir: "auto" }, sentence), more);
    result.clear("");
  }

  function wrongSparql({ message, line, column }: Fault): void {
    if (line !== null) source.open = true;
    wrong(message, ...(line === null ? [] : [button(`Go to line ${line}`, () => go(line, column))]));
  }

  function go(line: number, column: number): void {
    const lines = editor.value.split("\n");
    const at = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0) + Math.min(column - 1, (lines[line - 1] ?? "").length);
    editor.focus();
    editor.setSelectionRange(at, at);
    editor.scrollTop = ((line - 3) * editor.scrollHeight) / lines.length;
  }

  /** Leave what runs, as something else is asked; give the number of the next question. */
  function giveUp(): number {
    if (running) {
      running = 0;
      runner.cancel();
      busy(false);
      put(state);
    }
    return ++asked;
  }

  async function run(step = true): Promise<void> {
    const mine = giveUp();
    put(problem);
    put(command);
    fields.wrong(null);
    const question = chosen;
    const typed = fields.values();
    write(step, { name: question?.name ?? null, values: typed, sparql: question ? "" : editor.value, theme: frame.theme });
    if (!payload.whole) {
      put(command, ...commandLine(question, typed, editor.value, download));
      result.clear("");
      return;
    }
    running = mine;
    busy(true);
    const begun = performance.now();
    const clock = (): void => put(state, `${performance.now() - begun < 300 ? "Running …" : `Running … ${((performance.now() - begun) / 1000).toFixed(1)} s`}`);
    clock();
    const ticks = setInterval(clock, 100);
    let sparql = editor.value;
    try {
      if (question) {
        const values = await valuesOf(question, typed, names, () => headlines(runner, opening));
        if (mine !== asked) return;
        if ("problem" in values) {
          const { field, problem: sentence, near } = values;
          wrong(sentence, ...near.map((name) => button(name, () => {
            choose(question, { ...typed, [field]: name });
            void run();
          })));
          fields.wrong(field);
          return;
        }
        sparql = fillParameters(question.sparql, values.values);
        editor.value = sparql;
      }
      const now = followReplaced(sparql, leads, payload.prefixes);
      const answer = await runner.ask(now.sparql, opening);
      if (mine !== asked) return;
      result.show(answer, question?.name ?? "answer");
      if (now.met.length > 0) put(problem, h("p", { class: "ng-note" }, now.met.map(([old, iri]) => `${old} is now ${iri}. `).join("")));
      say(`${totalWords(answer)} in ${durationWords(answer.took)}`);
    } catch (error) {
      if (mine !== asked) return;
      if (error instanceof Cancelled) {
        result.clear(payload.endpoint ? "Cancelled." : "Cancelled. The next question loads the graph again.");
        say("Cancelled");
      } else {
        wrongSparql(explainFault(sparql, error instanceof Error ? error.message : String(error), opening.length, payload.prefixes));
      }
    } finally {
      clearInterval(ticks);
      if (mine === running) {
        running = 0;
        busy(false);
        put(state, runner.inPage ? "This browser does not allow background work here: the page does not respond while it answers." : "");
      }
    }
  }

  /** Show what the address says; run it where it says something. */
  function restore(): void {
    const from = fromFragment(location.hash);
    frame.paint(from.theme);
    const question = from.name === null ? null : (questions.get(from.name) ?? null);
    choose(question, from.values, from.sparql || FIRST);
    if (question || from.sparql) void run(false);
    else if (from.name !== null) wrong(`No question is called ${from.name}.`);
    else result.clear("Choose a question, or write your own.");
  }

  busy(false);
  addEventListener("popstate", restore);
  if (!payload.whole) {
    put(state, `This graph has ${count(payload.count)} statements; a page holds at most ${count(payload.limit)}. Ask it on the command line instead: “Show the command” shows how.`);
    put(ask, "Show the command");
  } else if (payload.endpoint) {
    put(state, "The server answers, at most as much as its limits allow.");
  } else {
    put(state, `Loading ${counted(payload.count, "statement")} …`);
    runner.load().then(
      (took) => running || put(state, `${counted(payload.count, "statement")} loaded in ${durationWords(took)}.`),
      (error: unknown) => error instanceof Cancelled || wrong(`The graph cannot be loaded: ${error instanceof Error ? error.message : String(error)}. A newer browser may help.`),
    );
  }
  restore();
}

function button(text: string, onclick: () => void): HTMLButtonElement {
  return h("button", { type: "button", class: "ng-button", onclick }, text);
}
