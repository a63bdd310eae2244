/** What a list holds when it is saved: the columns shown and the IRIs of all that a row names. */

import type { App } from "../core/app.js";
import type { Column } from "./column.js";
import { csv } from "../core/csv.js";
import { fileStem } from "../core/download.js";
import type { List } from "./lists.js";

/** The rows as given, as CSV; the texts have to be there, as articles have their IRIs and addresses in them. */
export function listCsv(app: App, list: List, columns: readonly Column[], rows: Int32Array): string {
  const { graph } = app;
  const iri = (node: number): string => (node < 0 ? "" : `${graph.core.base}${graph.iri(node) ?? ""}`);
  const named = columns.filter((column) => column.node);
  /** Of an event the first article that reports it. */
  const sourced = list.name === "article" || list.name === "event";
  const source = (row: number): number => (list.name === "event" ? (app.numbers().articlesOf(row)[0] ?? -1) : row);
  const titles = [...columns.map((column) => column.label), ...named.map((column, at) => (at === 0 && !list.edges ? "IRI" : `${column.label} IRI`)), ...(sourced ? ["Address"] : [])];
  function* lines(): Generator<string[]> {
    yield titles;
    for (const row of rows) {
      yield [
        ...columns.map((column) => (column.plain ?? column.text)(row)),
        ...named.map((column) => iri(column.node?.(row) ?? -1)),
        ...(sourced ? [source(row) < 0 ? "" : (graph.textsNow?.url(source(row)) ?? "")] : []),
      ];
    }
  }
  return csv(lines());
}

/** "A sample", "invested in" as "a-sample-invested-in.csv". */
export function fileName(title: string, list: List): string {
  const parts = [title || "newsgraph", list.edges ? `links ${list.label}` : list.label];
  return `${parts.map(fileStem).filter(Boolean).join("-")}.csv`;
}
