/** What is read when a thing is opened: articles' words and addresses, and the sentences behind every statement. */

import type { GraphStructure } from "./graph_structure.js";
import type { NodeDetails, TextsPayload } from "./payload.js";

export interface Evidence {
  article: number;
  sentence: string;
  /** Spans of `sentence` to be marked: start and end. */
  marks: [number, number][];
  rule: string;
  /** The rule in words; "" where there are none. */
  why: string;
  extractor: string;
  confidence: number | null;
}

export class Texts {
  readonly #firstArticle: number;
  readonly #articles = new Map<string, number>();
  readonly #rows = new Map<number, number[]>();
  readonly #reasons = new Map<number, string>();

  constructor(readonly payload: TextsPayload, private readonly graph: GraphStructure) {
    [this.#firstArticle] = graph.range("article");
    payload.articles.iri.forEach((iri, number) => this.#articles.set(iri, this.#firstArticle + number));
    let edge = 0;
    payload.evidence.edge.forEach((step, row) => {
      edge += step;
      const rows = this.#rows.get(edge);
      if (rows) rows.push(row);
      else this.#rows.set(edge, [row]);
    });
    payload.reasons.edge.forEach((number, at) => this.#reasons.set(number, payload.rules[payload.reasons.rule[at] as number] ?? ""));
  }

  articleByIri(iri: string): number | undefined {
    return this.#articles.get(iri);
  }

  excerpt(article: number): string {
    return this.payload.articles.excerpt[article - this.#firstArticle] ?? "";
  }

  url(article: number): string {
    const url = this.payload.articles.url[article - this.#firstArticle] ?? "";
    return /^https?:\/\//i.test(url) ? url : "";
  }

  /** Milliseconds since 1970 of an article's publication, or null. */
  time(article: number): number | null {
    const seconds = this.payload.articles.time[article - this.#firstArticle] ?? null;
    return seconds === null ? null : seconds * 1000;
  }

  details(node: number): NodeDetails {
    return this.payload.details[String(node)] ?? {};
  }

  ruleWords(rule: string): string {
    return this.payload.ruleWords[rule] ?? rule.replace(/_/g, " ");
  }

  /** Where an edge is from that no sentence shows, in words; "" where that is not known. */
  reason(edge: number): string {
    return this.ruleWords(this.#reasons.get(edge) ?? this.graph.group(edge).origin);
  }

  /** The number of sentences that support an edge, of articles that `pass`, and the confidence of the surest in percent. */
  backing(edge: number, pass: Uint8Array): { sentences: number; confidence: number | null } {
    const { evidence, sentences } = this.payload;
    const passes = (row: number): boolean => pass[this.#firstArticle + (sentences.article[evidence.sentence[row] as number] as number)] === 1;
    const rows = this.#behind(edge).flatMap((one) => (this.#rows.get(one) ?? []).filter(passes));
    let confidence: number | null = null;
    for (const row of rows) confidence = Math.max(confidence ?? 0, this.payload.evidence.confidence[row] ?? 0) || confidence;
    return { sentences: rows.length, confidence };
  }

  /** The sentences behind an edge; those of an event's sides, and of what two companies do, are the event's. */
  evidence(edge: number): Evidence[] {
    return this.#behind(edge).flatMap((one) => (this.#rows.get(one) ?? []).map((row) => this.#evidence(row)));
  }

  #behind(edge: number): number[] {
    const group = this.graph.group(edge);
    const event = group.event?.[this.graph.placeOf(edge)] ?? (group.kind === "actor" || group.kind === "part_event" ? this.graph.source[edge] : undefined);
    return event === undefined ? [edge] : this.graph.edgesOf(event, "tells", "in");
  }

  #evidence(row: number): Evidence {
    const { sentences, evidence, rules, extractors } = this.payload;
    const sentence = evidence.sentence[row] as number;
    const rule = rules[evidence.rule[row] as number] ?? "";
    const marks = (evidence.marks[row] ?? "").split(" ").filter(Boolean);
    return {
      article: this.#firstArticle + (sentences.article[sentence] as number),
      sentence: sentences.text[sentence] ?? "",
      marks: marks.map((mark) => mark.split("-").map(Number) as [number, number]),
      rule,
      why: this.payload.ruleWords[rule] ?? "",
      extractor: extractors[evidence.extractor[row] as number] ?? "",
      confidence: evidence.confidence[row] ?? null,
    };
  }
}
