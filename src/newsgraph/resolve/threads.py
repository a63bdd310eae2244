"""Threads: stories while they grow; an article is a thread of one."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from newsgraph.identity import slug
from newsgraph.model import Kind
from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.events import EventNode
from newsgraph.resolve.wording import Vector, Weights, dot, stems_of

_HALF = 2
_UNSAID = 0.5  # weight of what an article is about and does not repeat
_KEYS = 16  # heaviest words of an article, by which others find it
_QUOTED = re.compile(r'["\u201c]([^"\u201c\u201d]{20,300})(?:["\u201d]|$)')
_WORDS = 5  # of a quotation, at least: shorter ones are names and sayings
_FIRST_WORDS = 8  # by which it is known: excerpts are cut off, within quotations too
_NUMBERED = re.compile(
    r"\b(part|chapter|episode|lesson|round|season|volume|vol|week|day)\W{0,2}(\d+|one|two|three|four|five|six|i{1,3}|iv|vi?)\b"
)
_NUMBERS = dict(zip("one two three four five six i ii iii iv v vi".split(), "123456123456", strict=True))

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
    keys: set[str]
    parties: Counter[str]
    focus: Counter[str]
    sums: set[str]
    quotations: set[str]
    numbered: dict[str, set[str]]
    events: set[str]
    deals: set[Deal]
    related: set[str]
    members: set[str]

    def take(self, other: Thread) -> None:
        """Let another thread become part of this one."""
        self.square += 2 * dot(self.vector, other.vector) + other.square
        for word, weight in other.vector.items():
            self.vector[word] = self.vector.get(word, 0.0) + weight
        self.begun = min((time for time in (self.begun, other.begun) if time), default=None)
        self.last = max((time for time in (self.last, other.last) if time), default=None)
        self.size += other.size
        self.parties.update(other.parties)
        self.focus.update(other.focus)
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
        return {party for party, count in self.parties.items() if count * _HALF >= self.size}

    def lacks(self, other: Thread) -> float:
        """Give the share (0 to 1, by weight) of what another thread is about, in half of its texts, that this one never names.

        A thread that is about few words is taken to be about some more, that nobody lacks.
        """
        about = {word: other.vector[word] for word, count in other.focus.items() if count * _HALF >= other.size}
        missing = math.fsum(weight for word, weight in about.items() if word not in self.vector)
        return missing / (math.fsum(about.values()) + _UNSAID * other.size)


def thread_of(article: ArticleNode, weights: Weights, companies: Iterable[str], events: Iterable[EventNode]) -> Thread:
    """Begin a thread with an article; `companies` are those of its headline, `events` those that it tells."""
    headline, below = stems_of(article)
    vector = weights.vector(headline, below)
    reading, told = article.chosen, list(events)
    organisations = (
        f"organisation/{slug(one.name)}"
        for one in reading.facts.mentions
        if one.kind is Kind.ORGANISATION and one.start < len(reading.article.title)
    )
    return Thread(
        first=article.iri,
        begun=article.published,
        last=article.published,
        vector=vector,
        square=1.0 if vector else 0.0,
        size=1,
        keys=set(sorted(vector, key=lambda word: (-vector[word], word))[:_KEYS]),
        parties=Counter({*companies, *organisations}),
        focus=Counter({*headline} & {*below}),
        sums={one.name for one in reading.facts.mentions if one.kind is Kind.MONEY and one.name},
        quotations=set(_quotations(reading.article.text)),
        numbered=dict(_numbered(reading.article.title)),
        events={event.iri for event in told},
        deals={(event.type, frozenset(iri for _, iri in event.roles)) for event in told},
        related=set(article.related),
        members={article.iri},
    )


def _quotations(text: str) -> Iterator[str]:
    """Give what a text puts between quotation marks, but for short pieces: what somebody said, or the title of a report."""
    for match in _QUOTED.finditer(text):
        words = re.findall(r"\w+", match[1].lower())
        if len(words) >= _WORDS:
            yield " ".join(words[:_FIRST_WORDS])


def _numbered(title: str) -> Iterator[tuple[str, set[str]]]:
    """Give what a headline numbers: part 2 of a course, day 3 of a trial."""
    for word, number in _NUMBERED.findall(title.lower()):
        yield word, {_NUMBERS.get(number, number)}
