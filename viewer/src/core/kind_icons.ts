/** The shape of a kind, drawn: kinds are distinguished by shape as well as by colour. */

import { eventValues } from "../data/event_values.js";
import type { GraphStructure } from "../data/graph_structure.js";
import type { EventGroup, KindInfo } from "../data/payload.js";
import { s } from "./dom.js";

/** The outline of a node: that of its kind, of an event that of its type's group. */
export function outlineOf(graph: GraphStructure, node: number): string {
  const event = eventValues(graph, node);
  return (event && groupOutline(graph, event.type.group)) ?? graph.kind(node).outline;
}

const groupOutline = (graph: GraphStructure, group: EventGroup): string | undefined => graph.core.eventGroups.find(({ name }) => name === group)?.outline;

/** A node's outline in its kind's colour. */
export const nodeIcon = (graph: GraphStructure, node: number, size = 14): SVGSVGElement => outlineIcon(outlineOf(graph, node), graph.kind(node).name, size);

/** An outline in the colour of a kind, which follows the theme, as the frame sets `--ng-kind-NAME`. Says nothing to screen readers. */
export function outlineIcon(outline: string, kind = "event", size = 14): SVGSVGElement {
  return s("svg", { class: "ng-icon", viewBox: "-8 -8 16 16", width: size, height: size, "aria-hidden": "true", focusable: "false" },
    s("path", { d: outline, fill: `var(--ng-kind-${kind})`, "fill-rule": "evenodd" }));
}

/** A kind's shape in its colour. */
export const kindIcon = ({ outline, name }: KindInfo): SVGSVGElement => outlineIcon(outline, name);
