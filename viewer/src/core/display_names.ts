/** The names of rules, relations, roles and readers for people. */

import { counted, words } from "./format.js";

const RULES: Readonly<Record<string, string>> = {
  declared: "the document says so of itself",
  near_copy: "nearly the same text",
  same_event: "they tell the same event",
  like_text: "their words are alike and they name the same companies",
  alone: "no other article tells it",
  listed: "it stands in the list of known names",
  listed_common: "it stands in the list of known names, and is a plain word too",
  listed_word: "it stands in the list of known names, and is a plain word too",
  listed_alias: "the list of known names has it as another name",
  legal_form: "a legal form follows (Inc., GmbH ...)",
  repeated: "named so again in the article",
  same_name: "the same name in another article",
  same_article: "the article uses both names for one company",
  short_form: "a text uses the one as short for the other",
  former_name: "a text tells the one as a former name of the other",
  acronym: "the article explains the short form",
  tail: "the names differ in a last word that says little",
  typing_error: "the names differ in one letter",
  digraph: "the names differ in how an umlaut is spelled",
  homonym: "one name stands for companies that differ",
  ticker: "one ticker stands beside both names",
  ticker_after: "a ticker follows",
  ticker_in_brackets: "a ticker in brackets",
  descriptor_before: "a word such as startup or drugmaker stands before it",
  maker_before_product: "it stands before the name of a product",
  role_after: "a role such as CEO follows",
  topic_table: "by the table of topics",
  x_in_y: "the name says so (X in Y)",
  headline_total: "the headline tells the sum of the whole deal",
  org_word: "a word such as university or agency is part of the name",
  called: "the text says that it is called so",
};

const RELATIONS: Readonly<Record<string, string>> = {
  main: "main value",
  decided: "decided by people",
  rounded: "the same sum, rounded",
  converted: "the same sum, in another currency",
  total: "the whole deal",
  part: "one part of it",
  stage: "another stage of the same event",
  superseded: "told before a correction",
  disputed: "told otherwise",
};

const FIELDS: Readonly<Record<string, string>> = { amount: "Amount", date: "Date", roles: "Who and whom", status: "Status" };

export const ruleWords = (rule: string): string => RULES[rule] ?? words(rule);
export const relationWords = (relation: string): string => RELATIONS[relation] ?? words(relation);
export const fieldWords = (field: string): string => FIELDS[field] ?? capital(words(field));
/** "ng:investor" as "investor". */
export const roleWords = (role: string): string => words(role.replace(/^\w+:/, ""));
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "rules/1" as "rules, version 1". */
export function readerWords(extractor: string): string {
  const [name = "", version] = extractor.split(/\/(.*)/s);
  const called = words(name);
  return version ? `${called}, version ${version}` : called;
}

/** "7 articles, 6 outlets, 4 origins"; outlets are left out where none is known. */
export function backing(articles: number, origins: number, outlets?: number): string {
  const parts = [counted(articles, "article")];
  if (outlets) parts.push(counted(outlets, "outlet"));
  parts.push(counted(origins, "origin"));
  return parts.join(", ");
}
