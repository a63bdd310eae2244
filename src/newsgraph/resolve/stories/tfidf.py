"""How an article is worded: its words with weights, rare ones heavy, so that two articles can be laid side by side."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import mul

from newsgraph.resolve.article_summaries import ArticleContent, ArticleSummary
from newsgraph.resolve.copies.stems import stems
from newsgraph.resolve.copies.text_signature import Wording, wording_in

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


class IdfWeights:
    """How much each word tells: little where it stands in many articles. Words are numbered in the order of the alphabet."""

    def __init__(self, sheets: Sequence[ArticleSummary], contents: Sequence[ArticleContent]) -> None:
        """Count words; of the articles of one week whose headlines name one company, the root of their number counts.

        A story that is told three hundred times would make its own words common otherwise, and a publisher that says the same
        of three hundred reports would make its phrases rare.
        """
        seen: dict[str, float] = defaultdict(float)
        total = float(_UNSEEN)
        for heap in _heaps(sheets, contents):
            total += math.sqrt(len(heap))
            if len(heap) == 1:
                for word in _words(heap[0]):
                    seen[word] += 1.0
                continue
            for word, count in Counter(chain.from_iterable(map(_words, heap))).items():
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

    def vector(self, wording: Wording) -> Vector:
        """Weigh the words of one of the articles."""
        numbers = list(map(self._number.__getitem__, wording.words.split()))
        weights = list(map(mul, map(_OFTEN.__getitem__, wording.counts), map(self._weight.__getitem__, numbers)))
        length = math.sqrt(math.fsum(map(mul, weights, weights))) or 1.0
        return dict(zip(numbers, [value / length for value in weights], strict=True))


def dot(one: Vector, other: Vector) -> float:
    """Add up the products of the weights of shared words."""
    if len(one) > len(other):
        one, other = other, one
    known = other.get
    return math.fsum([weight * theirs for word, weight in one.items() if (theirs := known(word))])


def _words(sheet: ArticleSummary) -> list[str]:
    return wording_in(sheet.signs).words.split()


def _heaps(sheets: Sequence[ArticleSummary], contents: Sequence[ArticleContent]) -> Iterator[list[ArticleSummary]]:
    """Put the articles of a week under the company that most of its headlines name; others stand alone."""
    named: Counter[tuple[int, str]] = Counter()
    for sheet, content in zip(sheets, contents, strict=True):
        named.update((_week(sheet), iri) for iri in content.companies)
    heaps: dict[tuple[int, str], list[ArticleSummary]] = defaultdict(list)
    for sheet, content in zip(sheets, contents, strict=True):
        keys = [(_week(sheet), iri) for iri in content.companies]
        heaps[min(keys, key=lambda key: (-named[key], key), default=(0, sheet.iri))].append(sheet)
    yield from heaps.values()


def _week(sheet: ArticleSummary) -> int:
    return sheet.published.toordinal() // 7 if sheet.published else 0
