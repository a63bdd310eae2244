"""Organisations, products, people and places: one node a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from newsgraph.core.company_names import name_key
from newsgraph.core.iris import slug, unique_slugs
from newsgraph.core.model import Kind, Mention
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.companies.company_nodes import sureness

_KINDS = frozenset({Kind.ORGANISATION, Kind.PRODUCT, Kind.PERSON, Kind.PLACE})


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
    """All organisations, products, people and places, sorted by IRI, and the way from a name to its IRI."""

    nodes: tuple[EntityNode, ...]
    iris: dict[tuple[Kind, str], str]

    def iri(self, kind: Kind, name: str | None) -> str | None:
        """Find the node that a name of an article stands for."""
        return self.iris.get((kind, name_key(name))) if name and kind in _KINDS else None


def resolve_entities(articles: Sequence[ArticleNode], base: str) -> Entities:
    """Group mentions of organisations, products, people and places by name."""
    found: dict[tuple[Kind, str], list[tuple[str, Mention]]] = defaultdict(list)
    for article in articles:
        for mention in article.chosen.facts.mentions:
            if mention.kind in _KINDS:
                found[mention.kind, name_key(mention.name)].append((article.iri, mention))
    order = {article.iri: article.order for article in articles}
    names = {key: _name(mentions) for key, mentions in found.items()}
    first = {key: min(order[iri] for iri, _ in mentions) for key, mentions in found.items()}
    ordered = sorted(found, key=lambda key: (key[0], slug(names[key]), first[key], key[1]))
    slugs = unique_slugs([f"{kind.value}/{slug(names[kind, key])}" for kind, key in ordered])
    iris = {key: base + part for key, part in zip(ordered, slugs, strict=True)}
    nodes = []
    for (kind, key), iri in iris.items():
        mentions, name = found[kind, key], names[kind, key]
        best = max((mention for _, mention in mentions), key=lambda mention: (mention.confidence, mention.rule))
        by_article: dict[str, float] = {}
        for article_iri, mention in mentions:
            by_article[article_iri] = max(by_article.get(article_iri, 0.0), mention.confidence)
        aliases = tuple(sorted({mention.text for _, mention in mentions} - {name}))
        nodes.append(EntityNode(iri, kind, name, aliases, best.detail, sureness(by_article.values()), best.rule, tuple(mentions)))
    return Entities(tuple(sorted(nodes, key=lambda node: node.iri)), iris)


def _name(mentions: Sequence[tuple[str, Mention]]) -> str:
    names = Counter(mention.name for _, mention in mentions)
    return min(names, key=lambda name: (-names[name], name))
