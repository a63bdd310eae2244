"""A sentence with its names replaced by marks, on which event rules run: "@0 invests $0 equity in @1 's ..."."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from newsgraph.extract.money import Amount
from newsgraph.extract.text import Sentence, Text

Marks = dict[int, tuple[str, int]]


class Party(NamedTuple):
    """A company or organisation at tokens `first` to `last` (excluded) that may act in an event."""

    first: int
    last: int
    name: str
    company: bool
    confidence: float


class Marked(NamedTuple):
    """A marked sentence; the piece that begins at character `places[i]` of `line` stands at tokens `firsts[i]` to `lasts[i]`."""

    line: str
    words: list[str]
    places: list[int]
    firsts: list[int]
    lasts: list[int]
    sentence: Sentence

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """Turn characters `start` to `end` of `line` into a range of tokens."""
        touched = [i for i, place in enumerate(self.places) if place < end and place >= start]
        if not touched:
            return self.sentence.first, self.sentence.last
        return self.firsts[touched[0]], self.lasts[touched[-1]]


def mark(text: Text, sentence: Sentence, marks: Marks) -> Marked:
    """Write a sentence with `@i` for party i and `$i` for amount i, in lower case, tokens apart by one blank."""
    line: list[str] = []
    places: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    at, length = sentence.first, 0
    while at < sentence.last:
        piece, after = marks.get(at) or (text.lower[at], at + 1)
        line.append(piece)
        places.append(length)
        firsts.append(at)
        lasts.append(after)
        length += len(piece) + 1
        at = after
    return Marked(" ".join(line), line, places, firsts, lasts, sentence)


def marks_of(text: Text, parties: Sequence[Party], money: Sequence[Amount]) -> Marks:
    """Give the mark that begins at a token, and the token behind it."""
    marks: Marks = {}
    for number, amount in enumerate(money):
        first, last = bisect_right(text.starts, amount.start) - 1, bisect_left(text.starts, amount.end)
        first += text.ends[first] <= amount.start
        marks[first] = (f"${number}", last)
    marks.update({party.first: (f"@{number}", party.last) for number, party in enumerate(parties)})
    return marks
