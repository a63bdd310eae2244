"""Story clusters: stories while they grow; an article is a cluster of one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from newsgraph.resolve.copies.article_summary import ArticleSummary
from newsgraph.resolve.copies.text_signature import wording_of
from newsgraph.resolve.stories.story_input import ArticleContent, EventSummary
from newsgraph.resolve.stories.tfidf import IdfWeights, Vector, dot

_HALF = 2
_UNSAID = 0.5  # weight of what an article is about but does not repeat
_KEYS = 16  # heaviest words of an article, by which others find it

Key = TypeVar("Key", str, int)
Deal = tuple[str, frozenset[str]]
"""The type of an event and its parties (IRIs)."""


@dataclass(slots=True)
class StoryCluster:
    """A story so far, by the number of its first article.

    The vectors of its articles are added up in `vector`, whose squared length is `square`; `keys` are the words by which the cluster is
    found; `parties` and `focus` count the headlines that name a party, and the articles that are about a word. The rest is the union of
    what the articles have, see `ArticleContent` and `Wording`.
    """

    number: int
    start: datetime | None
    last: datetime | None
    vector: Vector
    square: float
    size: int
    keys: set[int]
    parties: dict[str, int]
    focus: dict[int, int]
    sums: set[str]
    quotations: set[str]
    numbered: dict[str, set[str]]
    events: set[int]
    deals: set[Deal]
    related: set[int]
    members: set[int]
    _main: set[str] | None = None
    _about: tuple[Vector, float] | None = None

    def merge(self, other: StoryCluster) -> None:
        """Merge another cluster into this one."""
        self.square += 2 * dot(self.vector, other.vector) + other.square
        weight_of = self.vector.get
        self.vector.update([(word, weight_of(word, 0.0) + weight) for word, weight in other.vector.items()])
        self.start = min((time for time in (self.start, other.start) if time), default=None)
        self.last = max((time for time in (self.last, other.last) if time), default=None)
        self.size += other.size
        self._main = self._about = None
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

    @property
    def main(self) -> set[str]:
        """Return the parties that at least half of the headlines name."""
        if self._main is None:
            self._main = {party for party, count in self.parties.items() if count * _HALF >= self.size}
        return self._main

    def missing_share(self, other: StoryCluster) -> float:
        """Return the share (0 to 1, by weight) of what at least half of another cluster's texts are about that this one never names.

        A cluster that is about few words is assumed to be about some more, which no other lacks.
        """
        about, total = other.about
        known = self.vector
        return math.fsum([weight for word, weight in about.items() if word not in known]) / total

    @property
    def about(self) -> tuple[Vector, float]:
        """Return the words that at least half of the texts are about, and their total weight, including what is left unsaid."""
        if self._about is None:
            about = {word: self.vector[word] for word, count in self.focus.items() if count * _HALF >= self.size}
            self._about = about, math.fsum(about.values()) + _UNSAID * self.size
        return self._about


def story_cluster(
    number: int, summary: ArticleSummary, content: ArticleContent, events: Sequence[EventSummary], weights: IdfWeights
) -> StoryCluster:
    """Make a cluster of one article, by its number."""
    wording = wording_of(summary.signature)
    vector = weights.vector(wording)
    return StoryCluster(
        number=number,
        start=summary.published,
        last=summary.published,
        vector=vector,
        square=1.0 if vector else 0.0,
        size=1,
        keys=_heaviest(vector),
        parties=dict.fromkeys((*content.organisations, *content.companies), 1),
        focus=dict.fromkeys(weights.numbers(wording.focus.split()), 1),
        sums=set(content.sums),
        quotations=set(wording.quotations),
        numbered={word: {number} for word, number in wording.numbered},
        events=set(content.events),
        deals={(event.type, frozenset(event.parties)) for event in map(events.__getitem__, content.events)},
        related=set(content.related),
        members={number},
    )


def _heaviest(vector: Vector) -> set[int]:
    """Return the heaviest words; of equals the first in the alphabet."""
    if len(vector) <= _KEYS:
        return set(vector)
    least = sorted(vector.values())[-_KEYS]
    heavier = {word for word, weight in vector.items() if weight > least}
    equal = sorted(word for word, weight in vector.items() if weight == least)
    return heavier.union(equal[: _KEYS - len(heavier)])


def _add(counts: dict[Key, int], more: Mapping[Key, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count
