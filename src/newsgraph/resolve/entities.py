"""Organisations, products, people and places: one node a name."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from newsgraph.company_names import name_key
from newsgraph.identity import slug
from newsgraph.model import Kind, Mention
from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.companies import sureness

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
        return self.iris.get((kind, name_key(name))) if name else None


def resolve_entities(articles: Sequence[ArticleNode], base: str) -> Entities:
    """Group mentions of organisations, products, people and places by name."""
    found: dict[tuple[Kind, str], list[tuple[str, Mention]]] = defaultdict(list)
    for article in articles:
        for mention in article.chosen.facts.mentions:
            if mention.kind in _KINDS:
                found[mention.kind, name_key(mention.name)].append((article.iri, mention))
    iris: dict[tuple[Kind, str], str] = {}
    used: Counter[str] = Counter()
    nodes = []
    for kind, key in sorted(found):
        mentions = found[kind, key]
        names = Counter(mention.name for _, mention in mentions)
        name = min(names, key=lambda one: (-names[one], one))
        part = f"{kind.value}/{slug(name)}"
        used[part] += 1
        iri = iris[kind, key] = base + part + (f"-{used[part]}" if used[part] > 1 else "")
        best = max((mention for _, mention in mentions), key=lambda mention: (mention.confidence, mention.rule))
        by_article: dict[str, float] = {}
        for article_iri, mention in mentions:
            by_article[article_iri] = max(by_article.get(article_iri, 0.0), mention.confidence)
        aliases = tuple(sorted({mention.text for _, mention in mentions} - {name}))
        nodes.append(EntityNode(iri, kind, name, aliases, best.detail, sureness(by_article.values()), best.rule, tuple(mentions)))
    return Entities(tuple(sorted(nodes, key=lambda node: node.iri)), iris)
