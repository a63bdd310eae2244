/** The structure of the graph as typed arrays: kinds, labels, links in both directions. */

import type { CorePayload, EdgeGroup, KindInfo } from "./payload.js";

export interface Link {
  other: number;
  /** Number of the edge, or -1 for a link through articles that name both. */
  edge: number;
  /** From the asked node to the other. */
  outgoing: boolean;
  /** Articles that name both; 1 for an edge. */
  count: number;
}

const NONE: ReadonlyMap<number, number> = new Map();

export class GraphStructure {
  readonly size: number;
  readonly kindOf: Uint8Array;
  readonly source: Int32Array;
  readonly target: Int32Array;
  /** Number of the group of each edge. */
  readonly groupOf: Uint8Array;
  readonly degree: Int32Array;
  /** First edge of each group. */
  readonly groupStart: readonly number[];
  readonly #starts: readonly number[];
  readonly #offsets: Int32Array;
  readonly #incident: Int32Array;
  /** What articles that are not here are about together. */
  readonly #shared = new Map<number, Map<number, number>>();

  constructor(readonly core: CorePayload) {
    this.size = core.nodes.label.length;
    this.kindOf = new Uint8Array(this.size);
    const starts: number[] = [];
    let at = 0;
    core.kinds.forEach((kind, number) => {
      starts.push(at);
      this.kindOf.fill(number, at, at + kind.count);
      at += kind.count;
    });
    this.#starts = starts;
    const edges = core.edges.reduce((sum, group) => sum + group.source.length, 0);
    this.source = new Int32Array(edges);
    this.target = new Int32Array(edges);
    this.groupOf = new Uint8Array(edges);
    const groupStart: number[] = [];
    at = 0;
    core.edges.forEach((group, number) => {
      groupStart.push(at);
      let source = 0;
      for (let i = 0; i < group.source.length; i++, at++) {
        source += group.source[i] as number;
        this.source[at] = source;
        this.target[at] = group.target[i] as number;
        this.groupOf[at] = number;
      }
    });
    this.groupStart = groupStart;
    this.degree = new Int32Array(this.size);
    for (let edge = 0; edge < edges; edge++) {
      this.degree[this.source[edge] as number]!++;
      this.degree[this.target[edge] as number]!++;
    }
    this.#offsets = new Int32Array(this.size + 1);
    for (let node = 0; node < this.size; node++) this.#offsets[node + 1] = (this.#offsets[node] as number) + (this.degree[node] as number);
    const next = this.#offsets.slice();
    this.#incident = new Int32Array(edges * 2);
    for (let edge = 0; edge < edges; edge++) {
      this.#incident[next[this.source[edge] as number]!++] = edge;
      this.#incident[next[this.target[edge] as number]!++] = edge;
    }
    let source = 0;
    core.together?.source.forEach((step, row) => {
      source += step;
      const target = core.together?.target[row] as number, many = core.together?.count[row] as number;
      for (const [one, other] of [[source, target], [target, source]] as const) {
        const known = this.#shared.get(one);
        if (known) known.set(other, many);
        else this.#shared.set(one, new Map([[other, many]]));
      }
    });
  }

  kind(node: number): KindInfo {
    return this.core.kinds[this.kindOf[node] as number] as KindInfo;
  }

  /** The kind of a name; undefined where the graph has none of it. */
  kindNamed(kind: string | undefined): KindInfo | undefined {
    return this.core.kinds[this.kindNumber(kind)];
  }

  /** The place of that kind; -1: none. */
  kindNumber(kind: string | undefined): number {
    return this.core.kinds.findIndex(({ name }) => name === kind);
  }

  label(node: number): string {
    return this.core.nodes.label[node] || "(no title)";
  }

  /** The nodes of a kind: first number and one past the last. */
  range(kind: string): [number, number] {
    const number = this.kindNumber(kind);
    if (number < 0) return [0, 0];
    const start = this.#starts[number] as number;
    return [start, start + (this.core.kinds[number] as KindInfo).count];
  }

  group(edge: number): EdgeGroup {
    return this.core.edges[this.groupOf[edge] as number] as EdgeGroup;
  }

  /** The place of an edge among those of its group. */
  placeOf(edge: number): number {
    return edge - (this.groupStart[this.groupOf[edge] as number] as number);
  }

  /** Call with every edge of a node. */
  eachEdge(node: number, visit: (edge: number, other: number, outgoing: boolean) => void): void {
    for (let at = this.#offsets[node] as number; at < (this.#offsets[node + 1] as number); at++) {
      const edge = this.#incident[at] as number;
      const outgoing = this.source[edge] === node;
      visit(edge, (outgoing ? this.target[edge] : this.source[edge]) as number, outgoing);
    }
  }

  /** Edges of one kind at a node, as numbers. */
  edgesOf(node: number, kind: string, direction: "out" | "in" | "both" = "both"): number[] {
    const found: number[] = [];
    this.eachEdge(node, (edge, _, outgoing) => {
      if (this.group(edge).kind === kind && (direction === "both" || outgoing === (direction === "out"))) found.push(edge);
    });
    return found;
  }

  /** Other ends of the edges of one kind at a node, without repetition. */
  across(node: number, kind: string, direction: "out" | "in" | "both" = "both"): number[] {
    const found = new Set<number>();
    for (const edge of this.edgesOf(node, kind, direction)) found.add((this.source[edge] === node ? this.target[edge] : this.source[edge]) as number);
    return [...found];
  }

  isArticle(node: number): boolean {
    return this.kind(node).name === "article";
  }

  /** Everything that a node is linked to: its edges, and for all but articles what the same articles are about, with their number. */
  links(node: number): Link[] {
    const found: Link[] = [];
    const direct = new Set<number>([node]);
    this.eachEdge(node, (edge, other, outgoing) => {
      found.push({ other, edge, outgoing, count: 1 });
      direct.add(other);
    });
    for (const [other, count] of this.together(node)) if (!direct.has(other)) found.push({ other, edge: -1, outgoing: true, count });
    return found;
  }

  /** What the articles that a node is linked to are about, with the number of those articles; nothing for an article. */
  together(node: number): ReadonlyMap<number, number> {
    if (this.core.together) return this.#shared.get(node) ?? NONE;
    const counts = new Map<number, number>();
    if (this.isArticle(node)) return counts;
    for (const article of this.articlesOf(node)) {
      const seen = new Set<number>([node]);
      this.eachEdge(article, (_, other) => {
        if (seen.has(other) || this.isArticle(other)) return;
        seen.add(other);
        counts.set(other, (counts.get(other) ?? 0) + 1);
      });
    }
    return counts;
  }

  /** The articles that a node is linked to, in the order of their numbers (by time); an article itself gives itself. */
  articlesOf(node: number): number[] {
    if (this.isArticle(node)) return [node];
    const found = new Set<number>();
    this.eachEdge(node, (_, other) => {
      if (this.isArticle(other)) found.add(other);
    });
    return [...found].sort((a, b) => a - b);
  }

  /** The roles that a node has in each event, or that each party has in an event, by the node at the other end. */
  rolesAt(node: number): Map<number, string[]> {
    const found = new Map<number, string[]>();
    this.eachEdge(node, (edge, other) => {
      const group = this.group(edge);
      const role = group.roles?.[group.role?.[this.placeOf(edge)] ?? -1];
      if (role !== undefined) found.set(other, [...(found.get(other) ?? []), role]);
    });
    return found;
  }

  /** The article that leads a story; -1 where none is known, and for other kinds. */
  leadOf(node: number): number {
    const [first, past] = this.range("story");
    return node >= first && node < past ? (this.core.storyLead[node - first] ?? -1) : -1;
  }

  /** The place of an event's values in the columns of `core.events`; -1 for other kinds. */
  eventPlace(node: number): number {
    const [first, past] = this.range("event");
    return node >= first && node < past ? node - first : -1;
  }
}
