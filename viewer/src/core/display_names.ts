/** The names of rules, relations, roles and readers for people. */

import { count, counted, words } from "./format.js";

const RULES: Readonly<Record<string, string>> = {
  declared: "stated by the document itself",
  near_copy: "nearly the same text",
  same_event: "they report the same event",
  like_text: "they use similar words and name the same companies",
  alone: "no other article reports it",
  listed: "it is in the list of known names",
  listed_common: "it is in the list of known names, but is also an ordinary word",
  listed_word: "it is in the list of known names, but is also an ordinary word",
  listed_alias: "the list of known names has it as another name",
  legal_form: "a legal form follows (Inc., GmbH ...)",
  repeated: "the article uses the name again",
  same_name: "the same name in another article",
  same_article: "the article uses both names for one company",
  short_form: "a text uses one as a short form of the other",
  former_name: "a text gives one as a former name of the other",
  renamed: "one is a former name of the other",
  acronym: "the article explains the short form",
  tail: "the names differ only in a last word that means little",
  typing_error: "the names differ only in one letter",
  digraph: "the names differ only in the spelling of an umlaut",
  homonym: "different companies share the name",
  ticker: "both names have the same ticker",
  ticker_after: "a ticker follows",
  ticker_in_brackets: "a ticker follows in brackets",
  descriptor_before: "a word such as startup or drugmaker precedes it",
  maker_before_product: "it precedes the name of a product",
  role_after: "a role such as CEO follows",
  topic_table: "from the table of topics",
  x_in_y: "the name says so (X in Y)",
  headline_total: "the headline gives the sum of the whole deal",
  org_word: "a word such as university or agency is part of the name",
  called: "the text introduces it by this name",
};

const RELATIONS: Readonly<Record<string, string>> = {
  main: "main value",
  decided: "decided by people",
  rounded: "the same sum, rounded",
  converted: "the same sum, in another currency",
  total: "the whole deal",
  part: "one part of it",
  stage: "another stage of the same event",
  superseded: "reported before a correction",
  disputed: "reported differently",
};

const FIELDS: Readonly<Record<string, string>> = { amount: "Amount", date: "When", roles: "Parties", status: "Status", part: "Part" };

/** Whether there are words for a rule that people can read without knowing how names are found. */
export const isKnownRule = (rule: string): boolean => Object.hasOwn(RULES, rule);
export const ruleWords = (rule: string): string => RULES[rule] ?? words(rule);
export const relationWords = (relation: string): string => RELATIONS[relation] ?? words(relation);
export const fieldWords = (field: string): string => FIELDS[field] ?? capital(words(field));
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "rules/1" as "rules, version 1". */
export function readerWords(extractor: string): string {
  const [name = "", version] = extractor.split(/\/(.*)/s);
  const called = words(name);
  return version ? `${called}, version ${version}` : called;
}

/** "7 articles from 6 outlets, 4 of them independent"; outlets are left out where none is known, independent ones where all are. */
export function backing(articles: number, origins: number, outlets?: number): string {
  const from = outlets ? ` from ${counted(outlets, "outlet")}` : "";
  return `${counted(articles, "article")}${from}${origins && origins < articles ? `, ${count(origins)} of them independent` : ""}`;
}
