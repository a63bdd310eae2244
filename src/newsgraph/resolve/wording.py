"""How an article is worded: its words with weights, rare ones heavy, so that two articles can be laid side by side."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from operator import mul

from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.signs import Signs

Vector = dict[str, float]
"""Words to weights; its length (the root of the sum of squares) is 1, or 0 where there is no word."""

_UNSEEN = 50  # articles that a small corpus lacks: without them a word of its one story would weigh nothing


class _Often(dict[int, float]):
    """What a word counts that stands in a text so many times."""

    def __missing__(self, count: int) -> float:
        self[count] = value = 1 + math.log(count)
        return value


_OFTEN = _Often()


class _Weight(dict[str, float]):
    """Words and their weights; what was never seen is the rarest."""

    def __init__(self, rarest: float, known: Mapping[str, float]) -> None:
        super().__init__(known)
        self._rarest = rarest

    def __missing__(self, _word: str) -> float:
        return self._rarest


class Weights:
    """How much each word tells: little where it stands in many articles."""

    def __init__(self, articles: Sequence[ArticleNode], companies: Mapping[str, frozenset[str]]) -> None:
        """Count words; of the articles of one week whose headlines name one company, the root of their number counts.

        A story that is told three hundred times would make its own words common otherwise, and a publisher that says the same
        of three hundred reports would make its phrases rare.
        """
        seen: dict[str, float] = defaultdict(float)
        total = float(_UNSEEN)
        for heap in _heaps(articles, companies):
            total += math.sqrt(len(heap))
            if len(heap) == 1:
                for word in heap[0].signs.words.split():
                    seen[word] += 1.0
                continue
            for word, count in Counter(chain.from_iterable(article.signs.words.split() for article in heap)).items():
                seen[word] += math.sqrt(count)
        rarest = math.log(1 + total)
        self._weight = _Weight(rarest, {word: math.log(1 + total / count) for word, count in seen.items()}).__getitem__

    def vector(self, signs: Signs) -> Vector:
        """Weigh the stems of an article."""
        words = signs.words.split()
        weights = list(map(mul, map(_OFTEN.__getitem__, signs.counts), map(self._weight, words)))
        length = math.sqrt(math.fsum(map(mul, weights, weights))) or 1.0
        return dict(zip(words, [value / length for value in weights], strict=True))


def dot(one: Vector, other: Vector) -> float:
    """Add up the products of the weights of shared words."""
    return math.fsum([one[word] * other[word] for word in one.keys() & other.keys()])


def _heaps(articles: Sequence[ArticleNode], companies: Mapping[str, frozenset[str]]) -> Iterator[list[ArticleNode]]:
    """Put the articles of a week under the company that most of its headlines name; others stand alone."""
    named: Counter[tuple[int, str]] = Counter()
    for article in articles:
        named.update((_week(article), iri) for iri in companies.get(article.iri, ()))
    heaps: dict[tuple[int, str], list[ArticleNode]] = defaultdict(list)
    for article in articles:
        keys = [(_week(article), iri) for iri in companies.get(article.iri, ())]
        heaps[min(keys, key=lambda key: (-named[key], key), default=(0, article.iri))].append(article)
    yield from heaps.values()


def _week(article: ArticleNode) -> int:
    return article.published.toordinal() // 7 if article.published else 0
