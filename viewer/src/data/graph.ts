/** The graph of a page: its structure, and the texts, which are unpacked when they are first needed. */

import { GraphStructure } from "./graph_structure.js";
import type { CorePayload, TextsPayload } from "./payload.js";
import { Texts } from "./texts.js";

export class Graph extends GraphStructure {
  readonly #byIri = new Map<string, number>();
  readonly #unpack: () => Promise<TextsPayload>;
  #loaded: Promise<Texts> | null = null;
  #textsNow: Texts | null = null;

  constructor(core: CorePayload, unpack: () => Promise<TextsPayload>) {
    super(core);
    this.#unpack = unpack;
    core.nodes.iri.forEach((iri, node) => this.#byIri.set(iri, node));
    for (const [old, node] of core.replaced) if (!this.#byIri.has(old)) this.#byIri.set(old, node);
  }

  /** The number of a node by its IRI without base; articles are known when the texts are there. */
  byIri(iri: string): number | undefined {
    return this.#byIri.get(iri) ?? this.#textsNow?.articleByIri(iri);
  }

  /** The IRI of a node without base; null for an article whose texts are not there yet. */
  iri(node: number): string | null {
    const [first] = this.range("article");
    if (!this.isArticle(node)) return this.core.nodes.iri[node] ?? null;
    return this.#textsNow?.payload.articles.iri[node - first] ?? null;
  }

  /** Unpack the texts, once. */
  texts(): Promise<Texts> {
    this.#loaded ??= this.#unpack().then((payload) => {
      this.#textsNow = new Texts(payload, this);
      return this.#textsNow;
    });
    return this.#loaded;
  }

  /** The texts, if they are there already. */
  get textsNow(): Texts | null {
    return this.#textsNow;
  }
}
