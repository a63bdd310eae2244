"""How many articles, outlets and independent origins stand behind a statement: copies of one text count once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsgraph.resolve.article_nodes import ArticleNode


@dataclass(frozen=True, slots=True, order=True)
class Counts:
    """Numbers of independent origins, outlets and articles; sorted by them in this order."""

    origins: int
    outlets: int
    articles: int

    def row(self) -> dict[str, object]:
        """Give the numbers as columns of a table."""
        return {"articles": self.articles, "outlets": self.outlets, "origins": self.origins}


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The outlet and the origin of every article, and the articles that a correction superseded."""

    outlets: Mapping[str, str]
    origins: Mapping[str, str]
    superseded: frozenset[str] = frozenset()

    def count(self, articles: Iterable[str]) -> Counts:
        """Count what stands behind something that these articles (IRIs) tell."""
        told = set(articles)
        return Counts(len({self.origins[iri] for iri in told}), len({self.outlets[iri] for iri in told}), len(told))

    def standing(self, articles: Iterable[str]) -> list[str]:
        """Give the articles that no correction superseded."""
        return [iri for iri in articles if iri not in self.superseded]


def witnesses(articles: Sequence[ArticleNode], group: Mapping[str, str], superseded: Iterable[str] = ()) -> Witnesses:
    """Collect outlets and origins; an article without provider is an outlet of its own."""
    outlets = {article.iri: article.provider.domain if article.provider else article.iri for article in articles}
    return Witnesses(outlets, group, frozenset(superseded))
