/** Fields for the parameters of a named question; names are offered while somebody types. */

import { h, put } from "../core/dom.js";
import type { Question } from "./ask_payload.js";
import type { NameLookup } from "./name_lookup.js";
import { defaultValue } from "./sparql.js";

const OFFERED = 12;

export interface ParameterFields {
  readonly element: HTMLElement;
  show(question: Question, values: Readonly<Record<string, string>>): void;
  /** Show a note in the place of the fields. */
  note(...content: (Node | string)[]): void;
  /** The values typed into the fields. */
  values(): Record<string, string>;
  /** Mark a field as wrong, or none. */
  wrong(name: string | null): void;
}

export function makeParameterFields(names: NameLookup, changed: () => void): ParameterFields {
  const inputs = new Map<string, HTMLInputElement>();
  const element = h("div", { class: "ng-fields" });
  return {
    element,
    show(question, values) {
      inputs.clear();
      put(element, question.parameters.map((parameter) => {
        const id = `ng-field-${parameter.name}`;
        const list = h("datalist", { id: `${id}-list` });
        const value = values[parameter.name] ?? defaultValue(question.sparql, parameter.name);
        const input = h("input", { type: "text", id, value, autocomplete: "off", spellcheck: "false", dir: "auto", "aria-describedby": `${id}-about`, list: `${id}-list` });
        input.addEventListener("input", () => {
          const offered = parameter.kinds.length > 0 && input.value.trim() ? names.offered(input.value, parameter.kinds, OFFERED) : [];
          put(list, offered.map((name) => h("option", { value: name })));
          changed();
        });
        inputs.set(parameter.name, input);
        return h("div", { class: "ng-field" },
          h("label", { for: id }, parameter.name.charAt(0).toUpperCase() + parameter.name.slice(1)), input, list,
          h("p", { id: `${id}-about` }, `${parameter.about.charAt(0).toUpperCase()}${parameter.about.slice(1)}.`));
      }));
    },
    note(...content) {
      inputs.clear();
      put(element, content.length > 0 ? h("p", { class: "ng-note" }, content) : null);
    },
    values: () => Object.fromEntries([...inputs].map(([name, input]) => [name, input.value])),
    wrong(name) {
      for (const [key, input] of inputs) {
        if (key === name) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
      if (name !== null) inputs.get(name)?.focus();
    },
  };
}
