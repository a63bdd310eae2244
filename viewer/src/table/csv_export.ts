/** What a list holds when it is saved: the columns shown and the IRIs of all that a row names. */

import type { App } from "../core/app.js";
import type { Column } from "./column.js";
import { csv } from "../core/csv.js";
import type { List } from "./lists.js";

/** The rows as given, as CSV; the texts have to be there, as articles have their IRIs and addresses in them. */
export function listCsv(app: App, list: List, columns: readonly Column[], rows: Int32Array): string {
  const { graph } = app;
  const iri = (node: number): string => (node < 0 ? "" : `${graph.core.base}${graph.iri(node) ?? ""}`);
  const named = columns.filter((column) => column.node);
  const isArticles = list.name === "article";
  const titles = [...columns.map((column) => column.label), ...named.map((column, at) => (at === 0 && !list.edges ? "IRI" : `${column.label} IRI`)), ...(isArticles ? ["Address"] : [])];
  function* lines(): Generator<string[]> {
    yield titles;
    for (const row of rows) {
      yield [
        ...columns.map((column) => (column.plain ?? column.text)(row)),
        ...named.map((column) => iri(column.node?.(row) ?? -1)),
        ...(isArticles ? [graph.textsNow?.url(row) ?? ""] : []),
      ];
    }
  }
  return csv(lines());
}

/** "A sample", "invested in" as "a-sample-invested-in.csv". */
export function fileName(title: string, list: List): string {
  const parts = [title || "newsgraph", list.edges ? `links ${list.label}` : list.label];
  return `${parts.map((part) => part.normalize("NFKD").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60)).filter(Boolean).join("-")}.csv`;
}
