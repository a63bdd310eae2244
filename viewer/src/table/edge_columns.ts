/** The columns of a list of edges. */

import type { App } from "../core/app.js";
import { percent } from "../core/format.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import { labelKey } from "./collation.js";
import type { Column } from "./column.js";
import { dayColumn, numbers } from "./node_columns.js";

/** `groups` are the groups listed: what only some kinds have is shown where one of them has it. */
export function edgeColumns(app: App, groups: readonly number[], shown: ShownNumbers): Column[] {
  const { graph } = app;
  const { core } = graph;
  const end = (name: string, title: string, ends: Int32Array): Column => ({
    name, label: title,
    key: (row) => labelKey(graph, ends[row] as number),
    text: (row) => graph.label(ends[row] as number),
    node: (row) => ends[row] as number,
  });
  const plain = (name: string, title: string, value: (row: number) => string): Column => ({ name, label: title, key: value, text: value });
  const event = (row: number): number => graph.group(row).event?.[graph.placeOf(row)] ?? -1;
  const backed = (row: number): { sentences: number; confidence: number | null } | null => graph.textsNow?.backing(row, shown.pass) ?? null;
  /** Of a shortcut its event's, else what the sentences say. */
  const sure = (row: number): number | null => {
    const from = graph.group(row).kind === "actor" ? (graph.source[row] as number) : event(row);
    return from >= 0 ? (core.nodes.confidence[from] ?? null) : (backed(row)?.confidence ?? null);
  };
  const has = (field: "event" | "role"): boolean => groups.some((group) => core.edges[group]?.[field] !== undefined);
  return [
    end("from", "From", graph.source),
    ...(groups.length > 1 ? [plain("kind", "Link", (row) => graph.group(row).label)] : []),
    end("to", "To", graph.target),
    ...(has("role") ? [plain("role", "Role", (row) => graph.group(row).roles?.[graph.group(row).role?.[graph.placeOf(row)] ?? -1] ?? "")] : []),
    ...(has("event") ? [{
      name: "event", label: "Event",
      key: (row: number) => (event(row) < 0 ? "" : labelKey(graph, event(row))),
      text: (row: number) => (event(row) < 0 ? "" : graph.label(event(row))),
      node: event,
    }] : []),
    dayColumn(graph, "Date", (row) => (event(row) >= 0 ? event(row) : (graph.source[row] as number))),
    { ...numbers("confidence", "Confidence", sure), late: true, text: (row) => (sure(row) === null ? "" : percent(sure(row) as number)) },
    { ...numbers("sentences", "Sentences", (row) => backed(row)?.sentences), late: true },
  ];
}
