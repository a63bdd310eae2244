"""How an article is worded: its words with weights, rare ones heavy, so that two articles can be laid side by side."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import mul

from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.signs import Signs
from newsgraph.resolve.stems import stems

Vector = dict[int, float]
"""Words, by number, to weights; its length (the root of the sum of squares) is 1, or 0 where there is no word."""

UNHEARD = -1  # number of a word that no article has

_UNSEEN = 50  # articles that a small corpus lacks: without them a word of its one story would weigh nothing


class _Often(dict[int, float]):
    """What a word counts that stands in a text so many times."""

    def __missing__(self, count: int) -> float:
        self[count] = value = 1 + math.log(count)
        return value


_OFTEN = _Often()


class Weights:
    """How much each word tells: little where it stands in many articles. Words are numbered in the order of the alphabet."""

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
        words = sorted(seen)
        self._number = {word: number for number, word in enumerate(words)}
        self._weight = [math.log(1 + total / seen[word]) for word in words]
        self._heads: dict[str, int | None] = {}

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Give the numbers of words, in their order, `UNHEARD` for those that no article has."""
        return [self._number.get(word, UNHEARD) for word in words]

    def head(self, party: str) -> int | None:
        """Give the number of the first word of a party's name, read off its IRI; None where the name is too short to look for."""
        if party not in self._heads:
            self._heads[party] = next(iter(self.numbers(stems(party.rsplit("/", 1)[-1].replace("-", " ")))), None)
        return self._heads[party]

    def vector(self, signs: Signs) -> Vector:
        """Weigh the stems of one of the articles."""
        numbers = list(map(self._number.__getitem__, signs.words.split()))
        weights = list(map(mul, map(_OFTEN.__getitem__, signs.counts), map(self._weight.__getitem__, numbers)))
        length = math.sqrt(math.fsum(map(mul, weights, weights))) or 1.0
        return dict(zip(numbers, [value / length for value in weights], strict=True))


def dot(one: Vector, other: Vector) -> float:
    """Add up the products of the weights of shared words."""
    if len(one) > len(other):
        one, other = other, one
    known = other.get
    return math.fsum([weight * theirs for word, weight in one.items() if (theirs := known(word))])


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
