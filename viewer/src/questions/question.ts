/** What a typed phrase asks for. */

import type { Subject } from "./vocabulary.js";

export interface Question {
  /** What is asked for; null: what the things named have in common. */
  subject: Subject | null;
  /** Things named in the phrase. */
  things: number[];
  /** As what one of them takes part in the events: roles. */
  roles: Map<number, string[]>;
  /** Amounts in full units; null: any. */
  least: number | null;
  most: number | null;
  /** Of these ends those that are themselves left out: "over $1bn". */
  beyond: string[];
  currency: string | null;
  /** How many there must be, as filters have it. */
  bounds: string[][];
  /** Days since 1970-01-01, inclusive. */
  from: number | null;
  until: number | null;
  statuses: string[];
  /** Another order than the newest first: a column of the table, with "-" downwards; "": none. */
  order: string;
  /** What is left of the phrase: words that the articles must have. */
  words: string;
  /** What people are called and for whom they work, who are asked for by that: "ceo Acme"; "": they are not. */
  called: string;
  /** The one thing is to be opened: what is asked is in its details. */
  opens: boolean;
  /** Of these those that no article has of which it is asked: they do not count. */
  missed: string;
}
