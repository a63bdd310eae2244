/** What a thing is to others by edges that have no list of their own: its maker, its employer, what is above it. */

import type { App } from "../core/app.js";
import { capital } from "../core/display_names.js";
import { nodeList } from "./node_button.js";
import { facts } from "./section.js";

/** Edges between two things of these kinds say what one is to the other; those to articles and events have lists of their own. */
const LISTED = new Set(["mentions", "tells", "has_topic", "published_by", "actor", "related", "near_duplicate", "part_of_story", "part_event"]);

/** "Is narrower than: AI", "Works for: Sanofi": one row for each kind of edge and direction. */
export function relations(app: App, node: number): HTMLElement | null {
  const { graph } = app;
  const rows = new Map<string, Set<number>>();
  graph.eachEdge(node, (edge, other, outgoing) => {
    const group = graph.group(edge);
    if (LISTED.has(group.kind) || group.event || !app.numbers().passes(other)) return;
    const how = outgoing || !group.directed ? group.label : group.inverse;
    rows.set(how, (rows.get(how) ?? new Set()).add(other));
  });
  return facts([...rows].map(([how, others]) => [capital(how), nodeList(app, [...others])] as const));
}
