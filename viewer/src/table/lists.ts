/** The lists that the table can show: one a kind of node, one a kind of edge, and all edges. */

import type { App } from "../core/app.js";
import { count } from "../core/format.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import { labelKey, sortKey } from "./collation.js";
import type { Column } from "./column.js";
import { edgeColumns } from "./edge_columns.js";
import { aliases, isCalled, nodeColumns } from "./node_columns.js";

export interface List {
  /** As in the state: a kind, "edges" or "edges:KIND". */
  readonly name: string;
  /** "Companies", "Links: invested in". */
  readonly label: string;
  readonly one: string;
  readonly many: string;
  readonly size: number;
  readonly edges: boolean;
  rows(): Int32Array;
  /** Numbers in the columns are `numbers`. */
  columns(numbers: ShownNumbers): Column[];
  /** Whether a row has the folded text in a name. */
  matches(row: number, text: string): boolean;
}

export function lists(app: App): List[] {
  const { graph } = app;
  const { core } = graph;
  const nodes = core.kinds.filter((kind) => kind.count > 0).map((kind): List => {
    const [first, past] = graph.range(kind.name);
    let also: Map<number, string> | null = null;
    return {
      name: kind.name, label: kind.plural, one: kind.label.toLowerCase(), many: kind.plural.toLowerCase(), size: kind.count, edges: false,
      rows: () => Int32Array.from({ length: past - first }, (_, at) => first + at),
      columns: (numbers) => nodeColumns(app, kind.name, numbers),
      matches: (row, text) => {
        also ??= new Map([...aliases(app)].map(([node, names]) => [node, sortKey(names)]));
        return labelKey(graph, row).includes(text) || (also.get(row)?.includes(text) ?? false) || (kind.name === "person" && isCalled(graph, row, text));
      },
    };
  });
  const links = (name: string, label: string, groups: readonly number[]): List => {
    const [first, past] = [graph.groupStart[groups[0] as number] as number, end(groups.at(-1) as number)];
    return {
      name, label, one: "link", many: "links", size: past - first, edges: true,
      rows: () => Int32Array.from({ length: past - first }, (_, at) => first + at),
      columns: (numbers) => edgeColumns(app, groups, numbers),
      matches: (row, text) => labelKey(graph, graph.source[row] as number).includes(text) || labelKey(graph, graph.target[row] as number).includes(text),
    };
  };
  const end = (group: number): number => (graph.groupStart[group] as number) + (core.edges[group]?.source.length ?? 0);
  const groups = core.edges.map((_, group) => group).filter((group) => core.edges[group]?.source.length);
  return [
    ...nodes,
    ...groups.map((group) => links(`edges:${core.edges[group]?.kind}`, core.edges[group]?.label ?? "", [group])),
    ...(groups.length > 1 ? [links("edges", "all", core.edges.map((_, group) => group))] : []),
  ];
}

/** "Companies (53)", or "Companies (4 of 53)" where some are hidden. */
export const listTitle = (list: List, shown: number): string =>
  `${list.edges ? `Links: ${list.label}` : list.label} (${shown === list.size ? "" : `${count(shown)} of `}${count(list.size)})`;
