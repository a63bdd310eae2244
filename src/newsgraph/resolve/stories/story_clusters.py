"""Threads: stories while they grow; an article is a thread of one."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from newsgraph.resolve.article_summaries import ArticleContent, ArticleSummary, EventSummary
from newsgraph.resolve.copies.text_signature import wording_in
from newsgraph.resolve.stories.tfidf import IdfWeights, Vector, dot

_HALF = 2
_UNSAID = 0.5  # weight of what an article is about and does not repeat
_KEYS = 16  # heaviest words of an article, by which others find it

Key = TypeVar("Key", str, int)
Deal = tuple[str, frozenset[str]]
"""The type of an event and its parties (IRIs)."""


@dataclass(slots=True)
class StoryCluster:
    """A story so far: words of its articles added up, parties of their headlines, what they are about, and all that they tell."""

    first: int
    begun: datetime | None
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

    def take(self, other: StoryCluster) -> None:
        """Let another thread become part of this one."""
        self.square += 2 * dot(self.vector, other.vector) + other.square
        known = self.vector.get
        self.vector.update([(word, known(word, 0.0) + weight) for word, weight in other.vector.items()])
        self.begun = min((time for time in (self.begun, other.begun) if time), default=None)
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
        """Give the parties that half of the headlines name."""
        if self._main is None:
            self._main = {party for party, count in self.parties.items() if count * _HALF >= self.size}
        return self._main

    def lacks(self, other: StoryCluster) -> float:
        """Give the share (0 to 1, by weight) of what another thread is about, in half of its texts, that this one never names.

        A thread that is about few words is taken to be about some more, that nobody lacks.
        """
        about, whole = other.about
        known = self.vector
        return math.fsum([weight for word, weight in about.items() if word not in known]) / whole

    @property
    def about(self) -> tuple[Vector, float]:
        """Give what half of the texts are about, and what all of that weighs with what they leave unsaid."""
        if self._about is None:
            about = {word: self.vector[word] for word, count in self.focus.items() if count * _HALF >= self.size}
            self._about = about, math.fsum(about.values()) + _UNSAID * self.size
        return self._about


def story_cluster(
    number: int, sheet: ArticleSummary, content: ArticleContent, happenings: Sequence[EventSummary], weights: IdfWeights
) -> StoryCluster:
    """Begin a thread with an article, by its number."""
    wording = wording_in(sheet.signs)
    vector = weights.vector(wording)
    return StoryCluster(
        first=number,
        begun=sheet.published,
        last=sheet.published,
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
        deals={(event.type, frozenset(event.parties)) for event in map(happenings.__getitem__, content.events)},
        related=set(content.related),
        members={number},
    )


def _heaviest(vector: Vector) -> set[int]:
    """Give the heaviest words; of equals the first in the alphabet."""
    if len(vector) <= _KEYS:
        return set(vector)
    least = sorted(vector.values())[-_KEYS]
    heavier = {word for word, weight in vector.items() if weight > least}
    equal = sorted(word for word, weight in vector.items() if weight == least)
    return heavier.union(equal[: _KEYS - len(heavier)])


def _add(counts: dict[Key, int], more: Mapping[Key, int]) -> None:
    for name, count in more.items():
        counts[name] = counts.get(name, 0) + count
