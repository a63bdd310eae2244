/** A part of the graph as a payload of its own: the nodes that are kept, what links them, and the texts behind that. */

import type { Graph } from "./graph.js";
import type { CorePayload, EdgeGroup, NodeDetails, TextsPayload } from "./payload.js";

export interface PayloadPart {
  core: CorePayload;
  texts: TextsPayload;
}

/** `keep` has one value a node: 1 where it is kept. Counts of articles are those of the part. */
export function payloadPart(graph: Graph, all: TextsPayload, keep: Uint8Array, title: string): PayloadPart {
  const { core } = graph;
  const nodes = Array.from({ length: graph.size }, (_, node) => node).filter((node) => keep[node]);
  const number = new Int32Array(graph.size).fill(-1);
  nodes.forEach((node, place) => (number[node] = place));
  const pick = <T>(values: readonly T[]): T[] => nodes.map((node) => values[node] as T);
  const [firstEvent] = graph.range("event");
  const events = nodes.filter((node) => graph.eventPlace(node) >= 0).map((node) => node - firstEvent);
  const ofEvents = <T>(values: readonly T[]): T[] => events.map((event) => values[event] as T);
  const communities = [...new Set(pick(core.nodes.community))].filter((one) => one >= 0).sort((one, other) => one - other);
  const told = nodes.map((node) => (graph.isArticle(node) ? 1 : Math.max(1, graph.articlesOf(node).filter((article) => keep[article]).length)));
  const edges = edgeGroups(graph, keep, number);
  const made: CorePayload = {
    ...core,
    title, complete: core.complete, total: nodes.length,
    kinds: core.kinds.map((kind, place) => ({ ...kind, count: nodes.filter((node) => graph.kindOf[node] === place).length })).filter((kind) => kind.count),
    communities: communities.map((community) => {
      const its = nodes.filter((node) => core.nodes.community[node] === community && !graph.isArticle(node));
      return { ...(core.communities[community] as CorePayload["communities"][number]), size: its.length };
    }),
    nodes: {
      label: pick(core.nodes.label), iri: nodes.filter((node) => !graph.isArticle(node)).map((node) => core.nodes.iri[node] as string),
      x: pick(core.nodes.x), y: pick(core.nodes.y), community: pick(core.nodes.community).map((one) => communities.indexOf(one)), day: pick(core.nodes.day),
      articles: told, origins: pick(core.nodes.origins).map((origins, place) => Math.min(origins, told[place] as number)), confidence: pick(core.nodes.confidence),
    },
    events: {
      type: ofEvents(core.events.type), status: ofEvents(core.events.status), when: ofEvents(core.events.when), background: ofEvents(core.events.background), amount: ofEvents(core.events.amount),
      currency: ofEvents(core.events.currency), amountOf: ofEvents(core.events.amountOf), percent: ofEvents(core.events.percent), count: ofEvents(core.events.count), part: ofEvents(core.events.part), disputed: ofEvents(core.events.disputed),
    },
    storyLead: nodes.filter((node) => graph.kind(node).name === "story").map((node) => moved(number, graph.leadOf(node))),
    articleOrigin: nodes.filter((node) => graph.isArticle(node)).map((node) => {
      const origin = node - (core.articleOrigin[node - graph.range("article")[0]] ?? 0);
      return keep[origin] ? (number[node] as number) - (number[origin] as number) : 0;
    }),
    names: namesOf(core, number),
    edges: edges.groups,
    replaced: core.replaced.filter(([, node]) => keep[node]).map(([iri, node]) => [iri, number[node] as number]),
  };
  if (core.together) made.together = together(core.together, number);
  return { core: made, texts: textsOf(graph, all, keep, number, edges.numbers) };
}

/** The new number of a node; null where it is left out or there is none. */
function moved(number: Int32Array, node: number): number | null {
  const now = number[node] ?? -1;
  return now < 0 ? null : now;
}

function namesOf({ names }: CorePayload, number: Int32Array): CorePayload["names"] {
  const rows = names.node.map((node, at) => [number[node] as number, names.names[at] as string] as const).filter(([node]) => node >= 0);
  return { node: rows.map(([node]) => node), names: rows.map(([, text]) => text) };
}

/** The groups of edges with both ends kept, and for each old edge its new number or -1. */
function edgeGroups(graph: Graph, keep: Uint8Array, number: Int32Array): { groups: EdgeGroup[]; numbers: Int32Array } {
  const numbers = new Int32Array(graph.source.length).fill(-1);
  let next = 0;
  const groups = graph.core.edges.flatMap((group, at) => {
    const start = graph.groupStart[at] as number;
    const places = group.source.map((_, place) => place).filter((place) => keep[graph.source[start + place] as number] && keep[graph.target[start + place] as number]);
    if (!places.length) return [];
    for (const place of places) numbers[start + place] = next++;
    let before = 0;
    const made: EdgeGroup = {
      ...group,
      source: places.map((place) => {
        const source = number[graph.source[start + place] as number] as number;
        const step = source - before;
        before = source;
        return step;
      }),
      target: places.map((place) => number[group.target[place] as number] as number),
    };
    if (group.role) made.role = places.map((place) => group.role?.[place] as number);
    if (group.event) made.event = places.map((place) => number[group.event?.[place] ?? -1] ?? -1);
    return [made];
  });
  return { groups, numbers };
}

function together(all: NonNullable<CorePayload["together"]>, number: Int32Array): NonNullable<CorePayload["together"]> {
  const kept: NonNullable<CorePayload["together"]> = { source: [], target: [], count: [] };
  let source = 0, before = 0;
  all.source.forEach((step, row) => {
    source += step;
    const [from, to] = [number[source] as number, number[all.target[row] as number] as number];
    if (from < 0 || to < 0) return;
    kept.source.push(from - before);
    kept.target.push(to);
    kept.count.push(all.count[row] as number);
    before = from;
  });
  return kept;
}

function textsOf(graph: Graph, all: TextsPayload, keep: Uint8Array, number: Int32Array, edges: Int32Array): TextsPayload {
  const [first] = graph.range("article");
  const articles = all.articles.iri.map((_, at) => at).filter((at) => keep[first + at]);
  const place = new Map(articles.map((at, now) => [at, now]));
  const pick = <T>(values: readonly T[]): T[] => articles.map((at) => values[at] as T);
  const sentence = new Map<number, number>();
  const evidence: TextsPayload["evidence"] = { edge: [], sentence: [], marks: [], rule: [], extractor: [], confidence: [] };
  const sentences: TextsPayload["sentences"] = { article: [], text: [] };
  let edge = 0, before = 0;
  all.evidence.edge.forEach((step, row) => {
    edge += step;
    const now = edges[edge] as number;
    const old = all.evidence.sentence[row] as number;
    const article = place.get(all.sentences.article[old] as number);
    if (now < 0 || article === undefined) return;
    if (!sentence.has(old)) {
      sentence.set(old, sentence.size);
      sentences.article.push(article);
      sentences.text.push(all.sentences.text[old] as string);
    }
    evidence.edge.push(now - before);
    evidence.sentence.push(sentence.get(old) as number);
    for (const name of ["marks", "rule", "extractor", "confidence"] as const) (evidence[name] as unknown[]).push(all.evidence[name][row]);
    before = now;
  });
  const reasons = all.reasons.edge.map((one, at) => [edges[one] as number, all.reasons.rule[at] as number] as const).filter(([one]) => one >= 0);
  const details: Record<string, NodeDetails> = {};
  const moved = (node: number): number => number[node] as number;
  for (const [node, one] of Object.entries(all.details)) if (keep[Number(node)]) details[moved(Number(node))] = movedDetails(one, moved);
  return {
    articles: { excerpt: pick(all.articles.excerpt), url: pick(all.articles.url), iri: pick(all.articles.iri), time: pick(all.articles.time) },
    sentences, rules: all.rules, ruleWords: all.ruleWords, relationWords: all.relationWords, extractors: all.extractors, evidence,
    reasons: { edge: reasons.map(([one]) => one), rule: reasons.map(([, rule]) => rule) },
    details,
  };
}

/** Details name articles by their numbers; those that are not kept are left out. */
function movedDetails(details: NodeDetails, moved: (node: number) => number): NodeDetails {
  const made: NodeDetails = { ...details };
  if (details.links) made.links = details.links.map((link) => ({ ...link, article: moved(link.article), other: moved(link.other) })).filter((link) => link.article >= 0 && link.other >= 0);
  if (details.ledger) made.ledger = details.ledger.map((row) => ({ ...row, tellers: row.tellers.map(moved).filter((teller) => teller >= 0) }));
  return made;
}
