"""Story clusters: stories while they grow; an article is a cluster of one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.text_signature import Wording, wording_of
from newsgraph.resolve.stories.story_input import ArticleContent, EventSummary
from newsgraph.resolve.stories.tfidf import IdfWeights, Vector, dot, unit

_HALF = 2
_UNSAID = 0.5  # weight of what an article is about but does not repeat
_KEYS = 16  # heaviest words of an article, by which others find it
_SECONDS = 86_400  # of a day
_IN_HEADLINE = 2.0  # weight of a name in a headline

Deal = tuple[str, frozenset[str]]
"""The type of an event and its parties (IRIs)."""


class ArticleWords(NamedTuple):
    """The words of an article, their vector, and its heaviest words, by which others find it."""

    wording: Wording
    vector: Vector
    keys: frozenset[str]


class Centroid:
    """The sum of the vectors of some articles, and its length."""

    __slots__ = ("square", "sum")

    def __init__(self, vector: Vector) -> None:
        """Take the vector of one article, of length 1 or empty."""
        self.sum = vector
        self.square = 1.0 if vector else 0.0

    def add(self, other: Centroid) -> None:
        """Add the vectors of other articles."""
        if not other.sum:
            return
        mine = self.sum
        self.square += 2 * dot(mine, other.sum) + other.square
        weight_of = mine.get
        for word, weight in other.sum.items():
            mine[word] = weight_of(word, 0.0) + weight

    def cosine(self, other: Centroid) -> float:
        """Return the cosine similarity, 0 to 1; 0 if either has nothing in it."""
        product = self.square * other.square
        return dot(self.sum, other.sum) / math.sqrt(product) if product > 0 else 0.0


@dataclass(slots=True)
class StoryCluster:
    """A story so far, by the number of its first article.

    `text`, `headline`, `people`, `places` and `others` are the centroids of its articles: of all their words, of those of their headlines,
    and of the names in them. `days` is the sum of the days (since 1970) of the `dated` ones. `keys` are the heaviest words, by which the cluster is found; `parties` and `focus` count the headlines that name a party,
    and the articles that are about a word. `groups` are groups of articles that are one story for other reasons, `apart` those that
    must not be in this one. The rest is the union of what the articles have, see `ArticleContent` and `Wording`.
    """

    number: int
    start: datetime | None
    last: datetime | None
    text: Centroid
    headline: Centroid
    people: Centroid
    places: Centroid
    others: Centroid
    size: int
    short: int
    days: float
    dated: int
    keys: set[str]
    parties: dict[str, int]
    focus: dict[str, int]
    sums: set[str]
    quotations: set[str]
    numbered: dict[str, set[str]]
    events: set[int]
    deals: set[Deal]
    related: set[int]
    members: set[int]
    groups: set[int] = field(default_factory=set)
    apart: set[int] = field(default_factory=set)
    _main: set[str] | None = None
    _heads: list[tuple[str, str]] | None = None
    _about: tuple[Vector, float] | None = None

    def merge(self, other: StoryCluster) -> None:
        """Merge another cluster into this one."""
        self.text.add(other.text)
        self.headline.add(other.headline)
        self.people.add(other.people)
        self.places.add(other.places)
        self.others.add(other.others)
        self.start = min((time for time in (self.start, other.start) if time), default=None)
        self.last = max((time for time in (self.last, other.last) if time), default=None)
        self.size += other.size
        self.short += other.short
        self.days += other.days
        self.dated += other.dated
        self._main = self._heads = self._about = None
        _add(self.parties, other.parties)
        _add(self.focus, other.focus)
        self.keys |= other.keys
        self.sums |= other.sums
        self.quotations |= other.quotations
        self.events |= other.events
        for word, numbers in other.numbered.items():
            self.numbered[word] = self.numbered.get(word, set()) | numbers
        self.deals |= other.deals
        self.related |= other.related
        self.members |= other.members
        self.groups |= other.groups
        self.apart |= other.apart

    @property
    def mean_day(self) -> float:
        """Return the mean time of the articles with a date, in days since 1970; 0 if none has one."""
        return self.days / self.dated if self.dated else 0.0

    @property
    def main(self) -> set[str]:
        """Return the parties that at least half of the headlines name."""
        if self._main is None:
            self._main = {party for party, count in self.parties.items() if count * _HALF >= self.size}
        return self._main

    def main_heads(self, weights: IdfWeights) -> list[tuple[str, str]]:
        """Return the main parties with the first words of their names, without those whose names are too short to look for."""
        if self._heads is None:
            self._heads = [(party, head) for party in self.main if (head := weights.head(party)) is not None]
        return self._heads

    def missing_share(self, other: StoryCluster) -> float:
        """Return the share (0 to 1, by weight) of what at least half of another cluster's texts are about that this one never names.

        A cluster that is about few words is assumed to be about some more, which no other lacks.
        """
        about, total = other.about
        known = self.text.sum
        return math.fsum([weight for word, weight in about.items() if word not in known]) / total

    @property
    def about(self) -> tuple[Vector, float]:
        """Return the words that at least half of the texts are about, and their total weight, including what is left unsaid."""
        if self._about is None:
            words = self.text.sum
            about = {word: words[word] for word, count in self.focus.items() if count * _HALF >= self.size}
            self._about = about, math.fsum(about.values()) + _UNSAID * self.size
        return self._about


def story_cluster(
    number: int, summary: ArticleSummary, content: ArticleContent, events: Sequence[EventSummary], weights: IdfWeights, words: ArticleWords
) -> StoryCluster:
    """Make a cluster of one article, by its number; `words` are its words."""
    wording, vector, keys = words
    headline = weights.headline_vector(wording)
    in_headline = (*content.organisations, *content.companies)
    people: Vector = {}
    places: Vector = {}
    others: Vector = {}
    for name, weight in (dict.fromkeys(content.names, 1.0) | dict.fromkeys(in_headline, _IN_HEADLINE)).items():
        kind = people if name.startswith("person/") else places if name.startswith("place/") else others
        kind[name] = weight * weights.of_name(name)
    return StoryCluster(
        number=number,
        start=summary.published,
        last=summary.published,
        text=Centroid(vector),
        headline=Centroid(headline),
        people=Centroid(unit(people)),
        places=Centroid(unit(places)),
        others=Centroid(unit(others)),
        size=1,
        short=int(not any(wording.lead)),
        days=summary.published.timestamp() / _SECONDS if summary.published else 0.0,
        dated=int(summary.published is not None),
        keys=set(keys),
        parties=dict.fromkeys(in_headline, 1),
        focus={word: 1 for word, lead, body in zip(headline, wording.lead, wording.body, strict=False) if lead or body},
        sums=set(content.sums),
        quotations=set(wording.quotations),
        numbered={word: {number} for word, number in wording.numbered},
        events=set(content.events),
        deals={(event.type, frozenset(event.parties)) for event in map(events.__getitem__, content.events)},
        related=set(content.related),
        members={number},
    )


def article_words(summary: ArticleSummary, weights: IdfWeights) -> ArticleWords:
    """Return the words of an article, their vector and the heaviest of them."""
    wording = wording_of(summary.signature)
    vector = weights.text_vector(wording)
    return ArticleWords(wording, vector, _heaviest(vector))


def _heaviest(vector: Vector) -> frozenset[str]:
    """Return the heaviest words; of equals the first in the alphabet."""
    if len(vector) <= _KEYS:
        return frozenset(vector)
    least = sorted(vector.values())[-_KEYS]
    heavier = frozenset([word for word, weight in vector.items() if weight > least])
    equal = sorted([word for word, weight in vector.items() if weight == least])
    return heavier.union(equal[: _KEYS - len(heavier)])


def _add(counts: dict[str, int], more: Mapping[str, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count
