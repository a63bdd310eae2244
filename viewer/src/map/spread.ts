/** The neighbourhood of the chosen node, spread round it so that names and the words on the lines have room. */

import { edgeWords, shortWords } from "../core/link_words.js";
import type { Graph } from "../data/graph.js";
import { neighbours, type Neighbour } from "../data/neighbours.js";
import type { ShownNumbers } from "../data/shown_numbers.js";
import type { Work } from "../data/work.js";
import type { Scene } from "./scene.js";

export interface SpreadNode {
  node: number;
  /** The node that it was spread from. */
  parent: number;
  /** Map units. */
  x: number;
  y: number;
  /** By a statement, not only through articles. */
  direct: boolean;
  firm: boolean;
  words: string;
  /** Where the arrow points: 1 to this node, -1 to its parent, 0: none. */
  arrow: -1 | 0 | 1;
  /** Whether its own neighbours can be spread, and whether they are; null where there are none. */
  open: boolean | null;
}

/** What is chosen, and what the reader did with its neighbourhood. */
export interface Choice {
  /** -1: nothing. */
  node: number;
  /** The other end of a chosen link, -1: none. */
  other: number;
  expanded: Work["expanded"];
  pins: Work["pins"];
}

const ROOM = 30_000; // square pixels for each neighbour
const FEWEST = 8, MOST = 24;
const RING = 14; // more are on two rings
const CHILDREN = 7;
const FAN = 0.42; // how far children are from their parent, of the ring's radius
const THOUSANDTH = 1000;

/** `across` and `down` are the half axes of the ring in map units; `pixels` the area of the screen. */
export function spread(graph: Graph, scene: Scene, mask: Uint8Array, numbers: ShownNumbers, choice: Choice, across: number, down: number, pixels: number): SpreadNode[] {
  const { node } = choice;
  const centre = { x: scene.x[node] as number, y: scene.y[node] as number };
  const ranked = (one: number): Neighbour[] => {
    const all = neighbours(graph, one, numbers);
    const shown = all.filter(({ node: other }) => mask[other] === 1 || other === choice.other);
    return shown.length ? shown : all;
  };
  const room = Math.max(FEWEST, Math.min(MOST, Math.round(pixels / ROOM)));
  const all = ranked(node);
  const near = all.slice(0, room);
  const other = all.find((one) => one.node === choice.other);
  if (other && !near.includes(other)) near[near.length - 1] = other;
  const angle = (one: Neighbour): number => Math.atan2((scene.y[one.node] as number) - centre.y, (scene.x[one.node] as number) - centre.x);
  const turns = new Map(near.map((one) => [one, angle(one)]));
  near.sort((one, two) => (turns.get(one) as number) - (turns.get(two) as number) || one.node - two.node);
  const start = turns.get(near[0] as Neighbour) ?? 0;
  const seen = new Set([node, ...near.map((one) => one.node)]);
  const expanded = new Set(choice.expanded.map((iri) => graph.byIri(iri)));
  const pins = new Map(choice.pins.map(([iri, x, y]) => [graph.byIri(iri), { x: centre.x + (x * across) / THOUSANDTH, y: centre.y + (y * down) / THOUSANDTH }]));
  const found: SpreadNode[] = [];
  const add = (one: Neighbour, parent: number, place: { x: number; y: number }, open: boolean | null): SpreadNode => {
    const edge = one.edges[0];
    const directed = edge !== undefined && graph.group(edge).directed;
    const made: SpreadNode = {
      node: one.node, parent, ...(pins.get(one.node) ?? place), direct: edge !== undefined, firm: one.firm, open,
      words: edge === undefined ? shortWords(graph, parent, one) : lineWords(graph, one),
      arrow: !directed ? 0 : graph.source[edge] === parent ? 1 : -1,
    };
    found.push(made);
    return made;
  };
  const rings = near.length > RING;
  const first = near.map((one, at) => {
    const turn = start + (at / near.length) * 2 * Math.PI;
    const far = rings && at % 2 ? 0.62 : 1;
    const can = graph.degree[one.node] as number > 1 && !graph.isArticle(one.node);
    return { one, turn, placed: add(one, node, { x: centre.x + Math.cos(turn) * across * far, y: centre.y + Math.sin(turn) * down * far }, can ? expanded.has(one.node) : null) };
  });
  for (const { one, turn, placed } of first) {
    if (!placed.open) continue;
    const children = ranked(one.node).filter((child) => !seen.has(child.node)).slice(0, CHILDREN);
    children.forEach((child, at) => {
      seen.add(child.node);
      const side = turn + (children.length > 1 ? at / (children.length - 1) - 0.5 : 0) * 2.2;
      add(child, one.node, { x: placed.x + Math.cos(side) * across * FAN, y: placed.y + Math.sin(side) * down * FAN }, null);
    });
  }
  return found;
}

/** What the line says, read along its arrow: "investor" at a line from an event, "acquired" at one between companies. */
function lineWords(graph: Graph, one: Neighbour): string {
  const words = [...new Set(one.edges.map((edge) => edgeWords(graph, edge, true)))];
  const [first = ""] = words;
  return words.length > 1 ? `${first} +${words.length - 1}` : first;
}

/** The scene with the neighbourhood in its places. */
export function spreadScene(scene: Scene, nodes: readonly SpreadNode[]): Scene {
  const x = Float32Array.from(scene.x), y = Float32Array.from(scene.y);
  for (const one of nodes) {
    x[one.node] = one.x;
    y[one.node] = one.y;
  }
  return { ...scene, x, y };
}
