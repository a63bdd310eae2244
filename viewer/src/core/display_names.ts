/** The names of fields and readers for people. */

import { count, counted, words } from "./format.js";

const FIELDS: Readonly<Record<string, string>> = { amount: "Amount", date: "When", roles: "Parties", status: "Status", part: "Part" };

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
