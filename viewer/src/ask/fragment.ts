/** The question in the address's fragment: `#?name=timeline&company=Owkin` or `#?q=SELECT…`; a link brings it back. */

import type { Theme } from "../data/state.js";

export interface AskState {
  /** Name of a named question, or null for one of the reader's own. */
  readonly name: string | null;
  readonly values: Readonly<Record<string, string>>;
  /** The text of the reader's own question. */
  readonly sparql: string;
  readonly theme: Theme;
}

export function fromFragment(fragment: string): AskState {
  const values = new URLSearchParams(fragment.replace(/^#?\??/, ""));
  const theme = values.get("theme");
  const name = values.get("name");
  const sparql = values.get("q") ?? "";
  for (const known of ["theme", "name", "q"]) values.delete(known);
  return { name: sparql ? null : name, values: Object.fromEntries(values), sparql, theme: theme === "light" || theme === "dark" ? theme : "auto" };
}

export function toFragment(asked: AskState): string {
  const parts: [string, string][] = asked.name !== null ? [["name", asked.name], ...Object.entries(asked.values)] : asked.sparql ? [["q", asked.sparql]] : [];
  if (asked.theme !== "auto") parts.push(["theme", asked.theme]);
  return parts.length > 0 ? `#?${parts.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&")}` : "";
}
