"""From names to nodes: which company, organisation, product, person or place a name in an article means.

Companies and entities are resolved once; whatever comes later (events, stories, tables) looks names up here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from newsgraph.core.company_names import name_key
from newsgraph.core.model import Kind
from newsgraph.resolve.companies.company_nodes import Companies
from newsgraph.resolve.entity_nodes import ENTITY_KINDS, Entities

_ORGANISATION = Kind.ORGANISATION  # a look-up in the class takes longer than the rest


@dataclass(frozen=True, slots=True)
class MentionLookup:
    """The IRIs of companies by article and folded name, or by folded name alone, and those of entities by kind and folded name.

    `names` maps every IRI to its name, `kinds` to its kind. `candidates` maps a folded name to the nodes that people may mean by it: the
    companies and organisations of that name, or of that alias if nothing else has the name, and the people, products and places.
    """

    in_articles: Mapping[tuple[str, str], str]
    companies: Mapping[str, frozenset[str]]
    entities: Mapping[tuple[Kind, str], str]
    names: Mapping[str, str]
    candidates: Mapping[str, frozenset[str]]
    kinds: Mapping[str, str]

    def company_in(self, article: str, name: str | None) -> str | None:
        """Return the company that a name means in an article (IRI)."""
        return self.in_articles.get((article, name_key(name))) if name else None

    def company(self, name: str | None) -> str | None:
        """Return the company that a name means in every article, if it is one company only."""
        companies = self.companies.get(name_key(name), frozenset()) if name else frozenset()
        return next(iter(companies)) if len(companies) == 1 else None

    def entity(self, kind: Kind, name: str | None) -> str | None:
        """Return the organisation, product, person or place of a name; other kinds of mentions have no node."""
        return self.entities.get((kind, name_key(name))) if name and kind in ENTITY_KINDS else None

    def party_in(self, article: str, name: str | None) -> str | None:
        """Return the company that a name means in an article (IRI), else the organisation of that name."""
        return self.company_in(article, name) or self.entity(_ORGANISATION, name)


def mention_lookup(companies: Companies, entities: Entities) -> MentionLookup:
    """Collect the names of all companies and entities."""
    names = {node.iri: node.name for node in companies.nodes} | {node.iri: node.name for node in entities.nodes}
    kinds = dict.fromkeys((node.iri for node in companies.nodes), Kind.COMPANY.value)
    kinds |= {node.iri: node.kind.value for node in entities.nodes}
    return MentionLookup(companies.in_articles, companies.by_name, entities.iris, names, _candidates(companies, entities), kinds)


def _candidates(companies: Companies, entities: Entities) -> dict[str, frozenset[str]]:
    parties = [(node.iri, node.name, node.aliases) for node in companies.nodes]
    parties += [(node.iri, node.name, node.aliases) for node in entities.nodes if node.kind is Kind.ORGANISATION]
    others = [(node.iri, node.name, node.aliases) for node in entities.nodes if node.kind is not Kind.ORGANISATION]
    candidates = _by_name(parties) | dict(companies.by_name)
    for key, iris in _by_name(others).items():
        candidates[key] = candidates.get(key, frozenset()) | iris
    return candidates


def _by_name(nodes: Iterable[tuple[str, str, Iterable[str]]]) -> dict[str, frozenset[str]]:
    iris: dict[str, set[str]] = defaultdict(set)
    for iri, name, aliases in nodes:
        for spelling in (name, *aliases):
            iris[name_key(spelling)].add(iri)
    return {key: frozenset(of_key) for key, of_key in iris.items()}
