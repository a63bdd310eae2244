"""Organisations, products, people and places: one node for each name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key
from newsgraph.core.iris import slug, unique_slugs
from newsgraph.core.model import Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.corroboration import combined_confidence

ENTITY_KINDS = frozenset({Kind.ORGANISATION, Kind.PRODUCT, Kind.PERSON, Kind.PLACE})


@dataclass(frozen=True, slots=True)
class EntityNode:
    """An organisation, product, person or place and its mentions, each with the IRI of its article; `detail` is a product's maker."""

    iri: str
    kind: Kind
    name: str
    aliases: tuple[str, ...]
    detail: str
    confidence: float
    rule: str
    mentions: tuple[tuple[str, Mention], ...]


@dataclass(frozen=True, slots=True)
class Entities:
    """All organisations, products, people and places, sorted by IRI, and their IRIs by kind and folded name."""

    nodes: tuple[EntityNode, ...]
    iris: Mapping[tuple[Kind, str], str]


def resolve_entities(articles: Sequence[ArticleNode], base: str) -> Entities:
    """Group mentions of organisations, products, people and places by name."""
    mentions: dict[tuple[Kind, str], list[tuple[str, Mention]]] = defaultdict(list)
    for article in articles:
        for mention in article.chosen.facts.mentions:
            if mention.kind in ENTITY_KINDS:
                mentions[mention.kind, name_key(mention.name)].append((article.iri, mention))
    order = {article.iri: article.order for article in articles}
    names = {key: _most_frequent_name(of_name) for key, of_name in mentions.items()}
    first = {key: min(order[iri] for iri, _ in of_name) for key, of_name in mentions.items()}
    ordered = sorted(mentions, key=lambda key: (key[0], slug(names[key]), first[key], key[1]))
    slugs = unique_slugs([f"{kind.value}/{slug(names[kind, key])}" for kind, key in ordered])
    iris = {key: base + part for key, part in zip(ordered, slugs, strict=True)}
    nodes = [_node(iri, key[0], names[key], mentions[key]) for key, iri in iris.items()]
    return Entities(tuple(sorted(nodes, key=lambda node: node.iri)), iris)


def _node(iri: str, kind: Kind, name: str, mentions: Sequence[tuple[str, Mention]]) -> EntityNode:
    best = max((mention for _, mention in mentions), key=lambda mention: (mention.confidence, mention.rule))
    by_article: dict[str, float] = {}
    for article, mention in mentions:
        by_article[article] = max(by_article.get(article, 0.0), mention.confidence)
    aliases = tuple(sorted({mention.text for _, mention in mentions} - {name}))
    return EntityNode(iri, kind, name, aliases, best.detail, combined_confidence(by_article.values()), best.rule, tuple(mentions))


def _most_frequent_name(mentions: Sequence[tuple[str, Mention]]) -> str:
    names = Counter(mention.name for _, mention in mentions)
    return min(names, key=lambda name: (-names[name], name))
