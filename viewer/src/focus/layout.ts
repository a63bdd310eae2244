/** Where each thing of a neighbourhood stands: the chosen one in the middle, who is linked to it on the left, what happened on the right. */

import type { Graph } from "../graph.js";
import { count, counted } from "../format.js";
import { wrap, type Ruler } from "./measure.js";
import type { Group, Neighbour } from "./neighbours.js";
import { short } from "./wording.js";

/** -1: left of the middle, 1: right. On a narrow page all stand on the right. */
export type Side = -1 | 1;

export interface Spot {
  neighbour: Neighbour;
  /** The neighbour that this one of the second ring belongs to, as a place in `spots`; -1 in the first ring. */
  parent: number;
  x: number;
  y: number;
  label: string;
  /** What the edge says, "" where there is no room. */
  words: string;
}

/** A button that shows more of a kind, or folds it. */
export interface Fold {
  kind: string;
  x: number;
  y: number;
  label: string;
  more: boolean;
}

export interface Block {
  group: Group;
  side: Side;
  heading: { x: number; y: number; text: string };
  spots: Spot[];
  folds: Fold[];
}

export interface Placed {
  width: number;
  height: number;
  narrow: boolean;
  row: number;
  /** The card in the middle: its corner, size and lines of text. */
  centre: { node: number; x: number; y: number; width: number; height: number; lines: string[] };
  /** Room for words on an edge, in pixels before its end. */
  word: number;
  blocks: Block[];
}

/** Kinds that stand on the left: who and what; the others are what happened and who told it. */
const LEFT: readonly string[] = ["company", "organisation", "person", "product", "place", "provider"];
const INDENT = 20;

/** Place everything; `second` gives the second ring of a neighbour (empty where it is not asked for). */
export function place(graph: Graph, node: number, found: readonly Group[], second: (one: Neighbour) => Neighbour[], room: { width: number; height: number }, rule: Ruler): Placed {
  const width = Math.max(280, room.width);
  const narrow = width < rule.size * 42;
  const row = Math.max(24, Math.round(rule.size * 2));
  const sides = new Set(found.map((group) => (LEFT.includes(group.kind) ? -1 : 1)));
  const lone = sides.size < 2; // all on one side: the middle moves over
  const lines = wrap(graph.label(node), narrow ? width - 84 : 128, narrow ? 2 : 4, rule);
  const card = { width: narrow ? width - 24 : 156, height: lines.length * rule.size * 1.35 + (narrow ? 22 : 44) };
  const middle = narrow ? width / 2 : lone ? (sides.has(-1) ? width - 150 : 150) : width / 2;
  const half = narrow ? width - 24 : (lone ? width - 150 : width / 2) - card.width / 2;
  const word = narrow ? 0 : half > 280 ? Math.min(104, half * 0.28) : 0;
  const reach = narrow ? 0 : Math.min(220, Math.max(56, half * 0.22) + word);
  const start = (side: Side): number => (narrow ? 44 : middle + side * (card.width / 2 + reach));
  const labels = narrow ? width - 64 : half - reach - 22;

  const blocks: Block[] = [];
  const tall = { "-1": 0, "1": narrow ? card.height + 32 : 0 };
  for (const group of found) {
    const side: Side = narrow || !LEFT.includes(group.kind) ? 1 : -1;
    let y = tall[side] + (tall[side] && !(narrow && !blocks.length) ? 14 : 0) + row / 2;
    const block: Block = { group, side, heading: { x: start(side), y, text: `${group.heading} ${count(group.total)}` }, spots: [], folds: [] };
    const add = (neighbour: Neighbour, parent: number): void => {
      y += row;
      const indent = parent < 0 ? 0 : INDENT;
      const x = start(side) + side * indent;
      const words = narrow || word ? rule.fit(parent < 0 ? short(graph, node, neighbour) : "", narrow ? labels * 0.4 : word - 14, true) : "";
      const taken = narrow && words ? rule.width(words, true) + 14 : 0;
      block.spots.push({ neighbour, parent, x, y, words, label: rule.fit(graph.label(neighbour.node), labels - indent - taken) });
    };
    for (const one of group.shown) {
      const parent = block.spots.length;
      add(one, -1);
      for (const other of second(one)) add(other, parent);
    }
    const left = group.total - group.shown.length;
    const fold = (label: string, more: boolean): void => {
      y += row;
      block.folds.push({ kind: group.kind, x: start(side), y, label, more });
    };
    if (left) fold(group.shown.length ? `+ ${count(left)} more` : `Show ${counted(left, group.heading.toLowerCase(), group.heading.toLowerCase())}`, true);
    if (group.unfolded) fold("Show fewer", false);
    blocks.push(block);
    tall[side] = y + row / 2;
  }
  const height = Math.max(room.height, tall["-1"] + 32, tall["1"] + 32, card.height + 32);
  // columns that fit stand about the middle; those that do not begin at the top
  const screen = narrow ? 0 : Math.min(height, Math.max(room.height, card.height + 32));
  const shift = (side: Side): number => (narrow ? 12 : Math.max(16, (screen - tall[side]) / 2));
  for (const block of blocks) {
    const down = shift(block.side);
    for (const one of [block.heading, ...block.spots, ...block.folds]) one.y = Math.round(one.y + down);
  }
  const top = narrow ? 12 : (screen - card.height) / 2;
  return { width, height, narrow, row, word, blocks, centre: { node, x: narrow ? 12 : middle - card.width / 2, y: Math.round(top), ...card, lines } };
}
