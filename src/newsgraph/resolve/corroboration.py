"""How much evidence supports a statement: articles, outlets and independent origins (copies of one text count once)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from newsgraph.resolve.article_nodes import ArticleNode

MOST = 0.99  # nothing that was inferred is certain


@dataclass(frozen=True, slots=True, order=True)
class Counts:
    """Numbers of independent origins, outlets and articles; compared in this order."""

    origins: int
    outlets: int
    articles: int

    def row(self) -> dict[str, object]:
        """Return the numbers as columns of a table."""
        return {"articles": self.articles, "outlets": self.outlets, "origins": self.origins}


@dataclass(frozen=True, slots=True)
class Witnesses:
    """The outlet and the origin of every article (by IRI), and the articles that a correction superseded."""

    outlets: Mapping[str, str]
    origins: Mapping[str, str]
    superseded: frozenset[str] = frozenset()

    def count(self, articles: Collection[str]) -> Counts:
        """Count the distinct articles (IRIs), their outlets and their origins."""
        distinct = set(articles)
        return Counts(len({self.origins[iri] for iri in distinct}), len({self.outlets[iri] for iri in distinct}), len(distinct))

    def uncorrected(self, articles: Collection[str]) -> list[str]:
        """Return the articles that no correction superseded."""
        return [iri for iri in articles if iri not in self.superseded]


def witnesses(articles: Sequence[ArticleNode], origins: Mapping[str, str], superseded: Iterable[str] = ()) -> Witnesses:
    """Collect the outlets of articles; an article without a provider counts as a separate outlet. `origins` come from `copy_groups`."""
    outlets = {article.iri: article.provider.domain if article.provider else article.iri for article in articles}
    return Witnesses(outlets, origins, frozenset(superseded))


def combined_confidence(confidences: Collection[float]) -> float:
    """Combine independent evidence into the chance that not all of it is wrong (noisy-or), at most `MOST`."""
    all_wrong = 1.0
    for confidence in confidences:
        all_wrong *= 1 - confidence
    return round(min(1 - all_wrong, MOST), 2)
