"""Threads: stories while they grow; an article is a thread of one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from newsgraph.identity import slug
from newsgraph.model import Kind
from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.events import EventNode
from newsgraph.resolve.wording import Vector, Weights, dot

_HALF = 2
_UNSAID = 0.5  # weight of what an article is about and does not repeat
_KEYS = 16  # heaviest words of an article, by which others find it

Key = TypeVar("Key", str, int)
Deal = tuple[str, frozenset[str]]
"""The type of an event and its parties (IRIs)."""


@dataclass(slots=True)
class Thread:
    """A story so far: words of its articles added up, parties of their headlines, what they are about, and all that they tell."""

    first: str
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
    events: set[str]
    deals: set[Deal]
    related: set[str]
    members: set[str]
    _main: set[str] | None = None
    _about: tuple[Vector, float] | None = None

    def take(self, other: Thread) -> None:
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

    def lacks(self, other: Thread) -> float:
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


def thread_of(article: ArticleNode, weights: Weights, companies: Iterable[str], events: Iterable[EventNode]) -> Thread:
    """Begin a thread with an article; `companies` are those of its headline, `events` those that it tells."""
    signs, reading, told = article.signs, article.chosen, list(events)
    vector = weights.vector(signs)
    mentions, headline = reading.facts.mentions, len(reading.article.title)
    organisations = {f"organisation/{slug(one.name)}" for one in mentions if one.kind is Kind.ORGANISATION and one.start < headline}
    return Thread(
        first=article.iri,
        begun=article.published,
        last=article.published,
        vector=vector,
        square=1.0 if vector else 0.0,
        size=1,
        keys=_heaviest(vector),
        parties=dict.fromkeys(organisations.union(companies), 1),
        focus=dict.fromkeys(weights.numbers(signs.focus.split()), 1),
        sums={one.name for one in mentions if one.kind is Kind.MONEY and one.name},
        quotations=set(signs.quotations),
        numbered={word: {number} for word, number in signs.numbered},
        events={event.iri for event in told},
        deals={(event.type, frozenset(iri for _, iri in event.roles)) for event in told},
        related=set(article.related),
        members={article.iri},
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
