"""TF-IDF vectors of articles: words weighted by rarity, so that two articles can be compared."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from operator import mul

from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.stems import stems
from newsgraph.resolve.copies.text_signature import Wording, wording_of
from newsgraph.resolve.stories.story_input import ArticleContent

Vector = dict[int, float]
"""Weights by word (number); its length (the root of the sum of squares) is 1, or 0 if there is no word."""

UNKNOWN_WORD = -1  # number of a word that no article has

_UNSEEN = 50  # articles added to a small corpus, without which a word of its only story would have no weight


class _LogCounts(dict[int, float]):
    """The term frequency of a word by its count in a text, 1 + log(count)."""

    def __missing__(self, count: int) -> float:
        self[count] = value = 1 + math.log(count)
        return value


_LOG_COUNTS = _LogCounts()


class IdfWeights:
    """Inverse document frequencies: a word in many articles has a low weight. Words are numbered in alphabetical order."""

    def __init__(self, summaries: Sequence[ArticleSummary], contents: Sequence[ArticleContent]) -> None:
        """Count words; the articles of one week whose headlines name the same company count as the root of their number.

        Otherwise a story with three hundred articles would make its own words common, and a publisher that announces three hundred
        reports in the same phrases would make these phrases rare.
        """
        frequency: dict[str, float] = defaultdict(float)
        total = float(_UNSEEN)
        for group in _weekly_groups(summaries, contents):
            total += math.sqrt(len(group))
            if len(group) == 1:
                for word in _words(group[0]):
                    frequency[word] += 1.0
                continue
            for word, count in Counter(chain.from_iterable(map(_words, group))).items():
                frequency[word] += math.sqrt(count)
        words = sorted(frequency)
        self._number = {word: number for number, word in enumerate(words)}
        self._weight = [math.log(1 + total / frequency[word]) for word in words]
        self._heads: dict[str, int | None] = {}

    def numbers(self, words: Iterable[str]) -> list[int]:
        """Return the numbers of words, in their order; `UNKNOWN_WORD` for those that no article has."""
        return [self._number.get(word, UNKNOWN_WORD) for word in words]

    def head(self, party: str) -> int | None:
        """Return the number of the first word of a party's name, taken from its IRI; None if the name is too short to look for."""
        if party not in self._heads:
            self._heads[party] = next(iter(self.numbers(stems(party.rsplit("/", 1)[-1].replace("-", " ")))), None)
        return self._heads[party]

    def vector(self, wording: Wording) -> Vector:
        """Return the TF-IDF vector of one of the articles."""
        numbers = list(map(self._number.__getitem__, wording.words.split()))
        weights = list(map(mul, map(_LOG_COUNTS.__getitem__, wording.counts), map(self._weight.__getitem__, numbers)))
        length = math.sqrt(math.fsum(map(mul, weights, weights))) or 1.0
        return dict(zip(numbers, [value / length for value in weights], strict=True))


def dot(one: Vector, other: Vector) -> float:
    """Return the dot product of two vectors."""
    if len(one) > len(other):
        one, other = other, one
    weight_in_other = other.get
    return math.fsum([weight * theirs for word, weight in one.items() if (theirs := weight_in_other(word))])


def _words(summary: ArticleSummary) -> list[str]:
    return wording_of(summary.signature).words.split()


def _weekly_groups(summaries: Sequence[ArticleSummary], contents: Sequence[ArticleContent]) -> Iterator[list[ArticleSummary]]:
    """Group the articles of a week by the company that most of its headlines name; an article without a company is a group by itself."""
    counts: Counter[tuple[int, str]] = Counter()
    for summary, content in zip(summaries, contents, strict=True):
        counts.update((_week(summary), iri) for iri in content.companies)
    groups: dict[tuple[int, str], list[ArticleSummary]] = defaultdict(list)
    for summary, content in zip(summaries, contents, strict=True):
        keys = [(_week(summary), iri) for iri in content.companies]
        groups[min(keys, key=lambda key: (-counts[key], key), default=(0, summary.iri))].append(summary)
    yield from groups.values()


def _week(summary: ArticleSummary) -> int:
    return summary.published.toordinal() // 7 if summary.published else 0
