/** Which thing a person means by a name: labels before aliases and tickers, whatever the case, as `newsgraph/names.py` does. */

import { slipsBetween } from "../data/spelling.js";
import type { NameTable } from "./ask_payload.js";

const ANY = "node";
const SHORT = 3; // letters: every short name is near another
const LONG = 8; // letters from which two slips are forgiven

export type LookupResult = { label: string } | { problem: string };

export class NameLookup {
  readonly #strong: Map<string, number[]>;
  readonly #weak: Map<string, number[]>;

  constructor(private readonly table: NameTable, private readonly base: string, replaced: readonly [string, string][]) {
    this.#strong = new Map(table.strong);
    this.#weak = new Map(table.weak);
    const numbers = new Map(table.iri.map((iri, number) => [iri, number]));
    for (const [iri, number] of numbers) this.#strong.set(nameKey(iri), [number]);
    for (const [old, now] of replaced) {
      const number = numbers.get(now);
      if (number !== undefined) this.#weak.set(nameKey(old), [number]);
    }
  }

  /** The label of what is called so among some kinds; null where nothing in the table is. */
  find(name: string, kinds: readonly string[]): LookupResult | null {
    const wanted = nameKey(name);
    const named = [this.#strong, this.#weak].map((names) => (names.get(wanted) ?? []).filter((number) => this.#is(number, kinds))).find((found) => found.length > 0);
    if (!named) return null;
    const labels = new Set(named.map((number) => this.table.label[number] as string));
    const [label] = labels;
    if (labels.size === 1 && label !== undefined) return { label: label.trim() };
    const meant = named.slice(0, 5).map((number) => `${this.table.kind[number]} ${this.#short(number)}`);
    return { problem: `“${name}” is the name of ${named.length} things: ${meant.join(", ")}${named.length > 5 ? " …" : ""}. Enter the IRI of the one that you mean.` };
  }

  /** Labels of what is named nearly so, by its label or another name, the nearest first: much the same pairs of letters, or a slip or two of the finger. */
  near(name: string, kinds: readonly string[]): string[] {
    const key = nameKey(name);
    const wanted = pairs(key);
    const slips = key.length < LONG ? 1 : 2;
    const found: { label: string; near: number }[] = [];
    for (const names of [this.#strong, this.#weak]) {
      for (const [other, numbers] of names) {
        const slipped = key.length > SHORT ? slipsBetween(key, other, slips) : slips + 1;
        const near = Math.max(alike(wanted, pairs(other)), slipped <= slips ? 1 - slipped / key.length : 0);
        if (near > 0.5) for (const number of numbers) if (this.#is(number, kinds)) found.push({ label: (this.table.label[number] as string).trim(), near });
      }
    }
    found.sort((a, b) => b.near - a.near);
    return [...new Set(found.map((one) => one.label))].slice(0, 5);
  }

  /** Names to be offered while somebody types: those that begin so, then those that hold it. */
  offered(typed: string, kinds: readonly string[], most: number): string[] {
    const wanted = nameKey(typed);
    const labels = this.#labels(kinds);
    const begin = labels.filter((label) => nameKey(label).startsWith(wanted));
    return [...new Set(begin.length >= most ? begin : [...begin, ...labels.filter((label) => nameKey(label).includes(wanted))])].slice(0, most);
  }

  #labels(kinds: readonly string[]): string[] {
    return this.table.label.filter((_, number) => this.#is(number, kinds));
  }

  #is(number: number, kinds: readonly string[]): boolean {
    return kinds.includes(ANY) || kinds.includes(this.table.kind[number] as string);
  }

  #short(number: number): string {
    const iri = this.table.iri[number] as string;
    return iri.startsWith(this.base) ? iri.slice(this.base.length) : iri;
  }
}

/** A name without case and double blanks; upper case first, so that ß and ss are one, as in Python. */
export function nameKey(name: string): string {
  const references: Record<string, string> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&nbsp;": " " };
  return name.replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (one) => references[one] as string).toUpperCase().toLowerCase().replace(/ς/g, "σ").split(/\s+/).filter(Boolean).join(" ");
}

function pairs(text: string): Set<string> {
  return new Set([...text].map((letter, at, all) => letter + (all[at + 1] ?? "")));
}

function alike(one: Set<string>, other: Set<string>): number {
  let both = 0;
  for (const pair of one) if (other.has(pair)) both++;
  return (2 * both) / (one.size + other.size || 1);
}
