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

_HEADLINE = 2  # how often a word of the headline counts
_UNSEEN = 50  # articles that a small corpus lacks: without them a word of its one story would weigh nothing
_OFTEN = {count: 1 + math.log(count) for count in range(1, 1000)}  # what a word counts that stands in a text so many times


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
                for word in _words(heap[0].signs):
                    seen[word] += 1.0
                continue
            for word, count in Counter(chain.from_iterable(_words(article.signs) for article in heap)).items():
                seen[word] += math.sqrt(count)
        self._weight = {word: math.log(1 + total / count) for word, count in seen.items()}
        self._rarest = math.log(1 + total)

    def vector(self, signs: Signs) -> Vector:
        """Weigh the stems of an article."""
        counts: dict[str, int] = {}
        for word in signs.below.split():
            counts[word] = counts.get(word, 0) + 1
        for word in signs.headline.split():
            counts[word] = counts.get(word, 0) + _HEADLINE
        weight, rarest = self._weight.get, self._rarest
        weights = [(_OFTEN.get(count) or 1 + math.log(count)) * weight(word, rarest) for word, count in counts.items()]
        length = math.sqrt(math.fsum(map(mul, weights, weights))) or 1.0
        return {word: value / length for word, value in zip(counts, weights, strict=True)}


def dot(one: Vector, other: Vector) -> float:
    """Add up the products of the weights of shared words."""
    return math.fsum([one[word] * other[word] for word in one.keys() & other.keys()])


def _words(signs: Signs) -> set[str]:
    return {*signs.headline.split(), *signs.below.split()}


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
