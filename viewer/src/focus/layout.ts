/** Positions of the things of a neighbourhood: the chosen one in the middle, who is linked to it on the left, what happened on the right. */

import { oneLine } from "../core/dom.js";
import { isoWhen, whenWords } from "../core/event_words.js";
import { count, counted } from "../core/format.js";
import { wrap, type Ruler } from "../core/text_measure.js";
import type { Graph } from "../data/graph.js";
import type { Neighbour } from "../data/neighbours.js";
import { shortWords } from "../core/link_words.js";
import type { Group } from "./neighbour_groups.js";

/** -1: left of the middle, 1: right. On a narrow page all are on the right. */
export type Side = -1 | 1;

export interface Spot {
  neighbour: Neighbour;
  /** The neighbour that this one of the second ring belongs to, as a place in `spots`; -1 in the first ring. */
  parent: number;
  x: number;
  y: number;
  /** The label on its lines, of which the middle is at `y`. */
  lines: string[];
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

export interface PlacedNeighbourhood {
  width: number;
  height: number;
  narrow: boolean;
  row: number;
  /** Pixels from one line of a label to the next. */
  line: number;
  /** The card in the middle: its corner, size and lines of text. */
  centre: { node: number; x: number; y: number; width: number; height: number; lines: string[] };
  /** Room for words on the edges of a side, in pixels before their ends. */
  word: Record<Side, number>;
  blocks: Block[];
}

/** Kinds shown on the left: who and what; the others are what happened and who reported it. */
const LEFT: readonly string[] = ["company", "organisation", "person", "product", "place", "provider"];
const INDENT = 20;
const LINES = 3; // of a label
const MORE = 1.25; // of its even share that a line may be wider, as words stay whole

/** Place everything; `second` gives the second ring of a neighbour (empty where it is not asked for). */
export function placeNeighbourhood(graph: Graph, node: number, found: readonly Group[], second: (one: Neighbour) => Neighbour[], room: { width: number; height: number }, rule: Ruler): PlacedNeighbourhood {
  const width = Math.max(280, room.width);
  const narrow = width < rule.size * 42;
  const row = Math.max(24, Math.round(rule.size * 2));
  const card = cardOf(graph.label(node), narrow, width, rule);
  const word = narrow || width < 700 ? { "-1": 0, "1": 0 } : wordsOf(graph, node, found, rule);
  const bend = Math.min(130, Math.max(36, width * 0.05));
  const reach = (side: Side): number => word[side] + bend;
  const labels = narrow ? { "-1": 0, "1": width - 68 } : roomFor(graph, found, width - card.width - reach(-1) - reach(1) - 52, rule);
  const middle = narrow ? width / 2 : (labels["-1"] ? labels["-1"] + reach(-1) + 26 : 24) + card.width / 2;
  const start = (side: Side): number => (narrow ? 46 : middle + side * (card.width / 2 + reach(side)));

  const blocks: Block[] = [];
  const tall = { "-1": 0, "1": narrow ? card.height + 10 : 0 };
  for (const group of found) {
    const side: Side = narrow || !LEFT.includes(group.kind) ? 1 : -1;
    let y = tall[side] + (tall[side] && !(narrow && !blocks.length) ? 14 : 0) + row / 2;
    const alike = repeated(group.shown.map((one) => graph.label(one.node)));
    const block: Block = { group, side, heading: { x: start(side), y, text: `${group.heading} ${count(group.total)}` }, spots: [], folds: [] };
    let before = "";
    const add = (neighbour: Neighbour, parent: number): void => {
      const indent = parent < 0 ? 0 : INDENT;
      const x = start(side) + side * indent;
      const says = parent < 0 && (narrow || word[side]) ? shortWords(graph, node, neighbour) : "";
      const again = says === before && neighbour.edges.length > 0; // a firm line without words says what the one above says
      if (parent < 0) before = says;
      const words = says && !again ? rule.fit(says, narrow ? labels[side] * 0.4 : word[side] - 20, true) : "";
      const taken = narrow && words ? rule.width(words, true) + 14 : 0;
      const day = alike.has(graph.label(neighbour.node)) ? isoWhen(graph, neighbour.node) : "";
      const when = day && `, ${whenWords(day.slice(0, 7), true)}`;
      const space = labels[side] - indent - taken - (when ? rule.width(when) : 0);
      const lines = wrap(graph.label(neighbour.node), space, parent < 0 ? LINES : 1, rule);
      lines.push(`${lines.pop() ?? ""}${when}`);
      const more = ((lines.length - 1) * lineOf(rule)) / 2;
      y += row + more;
      block.spots.push({ neighbour, parent, x, y, words, lines });
      y += more;
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
  return { width, height, narrow, row, line: lineOf(rule), word, blocks, centre: { node, x: narrow ? 12 : middle - card.width / 2, y: Math.round(top), ...card } };
}

/** Pixels from one line of a label to the next. */
const lineOf = (rule: Ruler): number => Math.round(rule.size * 1.25);

/** How much wider bold letters are, at most, than those that the ruler measures. */
const BOLD = 1.12;

function cardOf(label: string, narrow: boolean, width: number, rule: Ruler): { width: number; height: number; lines: string[] } {
  const lines = wrap(label, narrow ? (width - 84) / BOLD : rule.size * (width > 700 ? 11 : 9), narrow ? 2 : 4, rule);
  const text = lines.length * rule.size * 1.35;
  if (narrow) return { width: width - 24, height: text + 22, lines };
  // names are set in bold, which the ruler does not know
  return { width: Math.max(84, Math.max(...lines.map((line) => rule.width(line))) * BOLD + 24), height: text + 44, lines };
}

/** Room for the words on the edges of each side: the longest, within reason. */
function wordsOf(graph: Graph, node: number, found: readonly Group[], rule: Ruler): Record<Side, number> {
  const most: Record<Side, number> = { "-1": 0, "1": 0 };
  for (const group of found) {
    const side: Side = LEFT.includes(group.kind) ? -1 : 1;
    for (const one of group.shown) {
      const wide = rule.width(shortWords(graph, node, one), true);
      if (wide) most[side] = Math.max(most[side], Math.min(rule.size * 9, wide) + 22);
    }
  }
  return most;
}

/** Share the width between the labels of both sides by what they need; what is unfolded later does not move the middle. */
function roomFor(graph: Graph, found: readonly Group[], room: number, rule: Ruler, lines = 1): Record<Side, number> {
  const need: Record<Side, number> = { "-1": 0, "1": 0 };
  for (const group of found) {
    const side: Side = LEFT.includes(group.kind) ? -1 : 1;
    need[side] = Math.max(need[side], rule.width(`Show ${count(group.total)} ${group.heading}`) + 10); // the widest of what stands among the labels
    const alike = repeated(group.shown.map((one) => graph.label(one.node)));
    for (const one of group.shown.slice(0, 10)) {
      const label = graph.label(one.node);
      need[side] = Math.max(need[side], (rule.width(oneLine(label, 80) + (alike.has(label) ? ", Sept 2000" : "")) / lines) * (lines > 1 ? MORE : 1) + 4);
    }
  }
  if (!need["-1"] || !need["1"]) return { "-1": need["-1"] && room, "1": need["1"] && room };
  const spare = room - need["-1"] - need["1"];
  if (spare < 0 && lines < LINES) return roomFor(graph, found, room, rule, lines + 1);
  const left = spare >= 0 ? Math.min(room / 2, need["-1"] + spare) : Math.max(Math.min(need["-1"], room * 0.38), room - need["1"]);
  // as near to the middle as both allow
  const even = spare >= 0 && need["1"] <= room / 2 ? Math.max(left, room - Math.max(need["1"], room / 2)) : left;
  return { "-1": Math.max(110, even), "1": Math.max(110, room - even) };
}

/** Texts that occur more than once. */
function repeated(texts: readonly string[]): Set<string> {
  return new Set(texts.filter((text, at) => texts.indexOf(text) !== at));
}
