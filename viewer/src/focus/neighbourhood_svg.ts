/** The neighbourhood as SVG elements: rows of an edge and a node each, with names for screen readers. */

import { s } from "../core/dom.js";
import { KNOWN_BEFORE } from "../core/event_words.js";
import { words } from "../core/format.js";
import { outlineOf } from "../core/kind_icons.js";
import type { FocusItem } from "../core/roving_focus.js";
import { accessibleName } from "../core/text_measure.js";
import { eventValues } from "../data/event_values.js";
import type { Graph } from "../data/graph.js";
import type { Block, Fold, PlacedNeighbourhood, Spot } from "./layout.js";
import { fullWords } from "../core/link_words.js";
import { edgesAmong } from "./neighbour_groups.js";

export interface FocusActions {
  choose(node: number): void;
  evidence(node: number, other: number): void;
  unfold(kind: string, more: boolean): void;
}

export interface Drawing {
  svg: SVGSVGElement;
  items: FocusItem[];
}

const AMONG = 120;

/** A kind's mark at a place. */
function kindMark(graph: Graph, node: number, x: number, y: number, scale = 1): SVGElement {
  const kind = graph.kind(node);
  return s("path", { class: "ng-mark", d: outlineOf(graph, node), "fill-rule": "evenodd", transform: `translate(${x} ${y}) scale(${scale})`, fill: `var(--ng-kind-${kind.name})` });
}

/** Mark the edge to `other` as the chosen one; -1: none is. */
export function markChosenEdge(svg: SVGSVGElement, other: number): void {
  for (const edge of svg.querySelectorAll(".ng-edge")) edge.classList.toggle("ng-chosen", edge.getAttribute("data-node") === String(other));
}

/** Draw a placed neighbourhood, items in columns -2 (nodes on the left), -1 (their edges), 0 (the middle), 1 and 2. */
export function drawNeighbourhood(graph: Graph, placed: PlacedNeighbourhood, acts: FocusActions): Drawing {
  const { centre, width, height } = placed;
  const items: FocusItem[] = [];
  const button = (element: SVGElement, column: number, y: number, press: () => void): SVGElement => {
    element.setAttribute("role", "button");
    element.setAttribute("tabindex", "-1");
    items.push({ element, column, y, press });
    return element;
  };
  const svg = s("svg", { class: "ng-drawing", role: "group", "aria-label": `What ${graph.label(centre.node)} ${graph.core.help.steer}`, width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(faint(graph, placed));
  svg.append(button(card(graph, placed), 0, centre.y + centre.height / 2, () => acts.choose(centre.node)));
  for (const block of placed.blocks) {
    const group = s("g", { role: "group", "data-kind": block.group.kind, "aria-label": block.heading.text });
    const { x, y, text } = block.heading;
    group.append(s("text", { class: "ng-head", x: x + block.side * 13, y, "text-anchor": block.side < 0 ? "end" : "start", "aria-hidden": "true" }, text));
    for (const spot of block.spots) {
      const line = s("g", { class: "ng-row" });
      if (spot.parent < 0) {
        const edge = edgeOf(graph, placed, block, spot);
        line.append(button(edge, block.side, spot.y, () => acts.evidence(centre.node, spot.neighbour.node)));
      } else line.append(elbow(block, spot));
      line.append(button(nodeOf(graph, placed, block, spot), block.side * 2, spot.y, () => acts.choose(spot.neighbour.node)));
      group.append(line);
    }
    for (const fold of block.folds) group.append(button(foldOf(placed, block, fold), block.side * 2, fold.y, () => acts.unfold(fold.kind, fold.more)));
    svg.append(group);
  }
  return { svg, items };
}

function card(graph: Graph, placed: PlacedNeighbourhood): SVGElement {
  const { node, x, y, width, height, lines } = placed.centre;
  const kind = graph.kind(node);
  const step = (height - (placed.narrow ? 22 : 44)) / lines.length;
  const left = placed.narrow ? x + 42 : x + width / 2;
  const first = placed.narrow ? y + 11 + step / 2 : y + 34 + step / 2;
  return s("g", { class: "ng-centre", "aria-label": accessibleName(lines.join(" "), `${kind.label}: ${graph.label(node)}, in the middle`), "aria-current": "true" },
    s("title", {}, graph.label(node)),
    s("rect", { class: "ng-card", x, y, width, height, rx: 6 }),
    kindMark(graph, node, placed.narrow ? x + 22 : x + width / 2, placed.narrow ? y + height / 2 : y + 19, 1.3),
    textLines(lines, (line, at) => s("text", { class: "ng-name", x: left, y: first + at * step, "text-anchor": placed.narrow ? "start" : "middle" }, line)));
}

/** The path from the middle to a spot: a curve, then straight below the words. */
function route(placed: PlacedNeighbourhood, block: Block, spot: Spot): string {
  const { centre, narrow, word } = placed;
  const { side } = block;
  const end = spot.x - side * 8;
  if (narrow) return `M22,${spot.y - 10}Q22,${spot.y} 32,${spot.y}H${end}`; // from the trunk
  const startX = side < 0 ? centre.x : centre.x + centre.width;
  const startY = centre.y + centre.height / 2;
  const straight = end - side * word[side];
  const bend = (straight - startX) * 0.6;
  return `M${startX},${startY}C${startX + bend},${startY} ${straight - bend},${spot.y} ${straight},${spot.y}H${end}`;
}

function edgeOf(graph: Graph, placed: PlacedNeighbourhood, block: Block, spot: Spot): SVGElement {
  const { neighbour } = spot;
  const { side } = block;
  const path = route(placed, block, spot);
  const strength = 1 + Math.min(3.5, Math.log2(neighbour.articles) * 0.6);
  const shape = neighbour.edges.length ? (neighbour.firm ? "ng-firm" : "ng-firm ng-unsure") : "ng-through";
  const x = placed.narrow ? placed.width - 10 : spot.x - side * 14;
  const anchor = placed.narrow || side > 0 ? "end" : "start";
  const reach = Math.max(24, placed.word[side]);
  const name = fullWords(graph, placed.centre.node, neighbour);
  return s("g", { class: `ng-edge ${shape}`, "data-node": neighbour.node, "aria-label": accessibleName(spot.words, `Link: ${name}. Show the evidence`) },
    s("title", {}, name),
    s("path", { class: "ng-hit", d: path }),
    s("rect", { class: "ng-hit", x: placed.narrow ? x - 90 : side > 0 ? spot.x - 10 - reach : spot.x + 10, y: spot.y - (placed.narrow ? 12 : 17), width: placed.narrow ? 98 : reach, height: 24, rx: 4 }),
    s("path", { class: "ng-stroke", d: path, "stroke-width": strength.toFixed(1) }),
    spot.words ? s("text", { class: "ng-word", x, y: placed.narrow ? spot.y : spot.y - 9, "text-anchor": anchor, "aria-hidden": "true" }, spot.words) : null);
}

function elbow(block: Block, spot: Spot): SVGElement {
  const parent = block.spots[spot.parent] as Spot;
  return s("path", { class: spot.neighbour.edges.length ? "ng-stroke ng-elbow ng-firm" : "ng-stroke ng-elbow", d: `M${parent.x},${parent.y + 8}V${spot.y}H${spot.x - block.side * 8}` });
}

function nodeOf(graph: Graph, placed: PlacedNeighbourhood, block: Block, spot: Spot): SVGElement {
  const { neighbour, x, y, lines } = spot;
  const { side } = block;
  const kind = graph.kind(neighbour.node);
  const event = eventValues(graph, neighbour.node);
  const status = event ? ["", words(event.status), ...(event.background ? [KNOWN_BEFORE] : [])].join(", ") : "";
  const text = graph.label(neighbour.node);
  const half = ((lines.length - 1) * placed.line) / 2;
  const edge = placed.narrow ? placed.width - (spot.words ? 110 : 8) : side < 0 ? 4 : placed.width - 4;
  return s("g", { class: spot.parent < 0 ? "ng-node" : "ng-node ng-second", "aria-label": accessibleName(lines.join(" "), `${kind.label}: ${text}${status}`) },
    s("title", {}, text),
    s("rect", { class: "ng-hit", x: Math.min(x - side * 9, edge), y: y - 12 - half, width: Math.abs(edge - x + side * 9), height: 24 + 2 * half, rx: 4 }),
    kindMark(graph, neighbour.node, x, y, spot.parent < 0 ? 0.85 : 0.6),
    textLines(lines, (line, at) => s("text", { class: "ng-label", x: x + side * 13, y: y - half + at * placed.line, "text-anchor": side < 0 ? "end" : "start" }, line)));
}

/** A text element for each line; the blank between them, which is not drawn, keeps the last word of a line apart from the first of the next where texts are read. */
const textLines = (lines: readonly string[], made: (line: string, at: number) => SVGElement): (Node | null)[] => lines.flatMap((line, at) => [at ? document.createTextNode(" ") : null, made(line, at)]);

function foldOf(placed: PlacedNeighbourhood, block: Block, fold: Fold): SVGElement {
  const { side } = block;
  const { x, y } = fold;
  const width = Math.min(220, fold.label.length * placed.row * 0.3 + 24);
  return s("g", { class: "ng-more", "aria-label": `${block.group.heading}: ${fold.label}` },
    s("rect", { class: "ng-hit", x: side < 0 ? x - 5 - width : x + 5, y: y - 12, width, height: 24, rx: 4 }),
    s("text", { class: "ng-label", x: x + side * 13, y, "text-anchor": side < 0 ? "end" : "start" }, fold.label));
}

/** What the neighbours have to do with each other, behind all else. */
function faint(graph: Graph, placed: PlacedNeighbourhood): SVGElement {
  const spots = placed.blocks.flatMap((block) => block.spots.filter((spot) => spot.parent < 0).map((spot) => ({ ...spot, side: block.side })));
  const group = s("g", { class: "ng-among", "aria-hidden": "true" });
  if (placed.narrow) {
    const last = spots.at(-1);
    if (last) group.append(s("path", { class: "ng-stroke ng-trunk", d: `M22,${placed.centre.y + placed.centre.height}V${last.y - 10}` }));
    return group;
  }
  for (const [from, to] of edgesAmong(graph, spots.map((spot) => spot.neighbour.node), AMONG)) {
    const a = spots[from] as (typeof spots)[number];
    const b = spots[to] as (typeof spots)[number];
    const ax = a.x - a.side * 8;
    const bx = b.x - b.side * 8;
    const pull = a.side === b.side ? Math.min(90, Math.abs(b.y - a.y) * 0.35 + 12) : Math.abs(bx - ax) * 0.35;
    group.append(s("path", { class: "ng-stroke", d: `M${ax},${a.y}C${ax - a.side * pull},${a.y} ${bx - b.side * pull},${b.y} ${bx},${b.y}` }));
  }
  return group;
}
