"""A sentence with its names replaced by marks, on which event rules run: "@0 invests $0 equity in @1 's ..."."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from newsgraph.extract.money import Amount
from newsgraph.extract.text import Sentence, Text


@dataclass(frozen=True, slots=True)
class Party:
    """A company or organisation at tokens `first` to `last` (excluded) that may act in an event."""

    first: int
    last: int
    name: str
    company: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked sentence; the piece that begins at character `places[i]` of `line` stands at tokens `firsts[i]` to `lasts[i]`."""

    line: str
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


def mark(text: Text, sentence: Sentence, parties: Sequence[Party], money: Sequence[Amount]) -> Marked:
    """Write a sentence with `@i` for parties[i] and `$i` for money[i], in lower case, tokens apart by one blank."""
    starts = {party.first: (number, party.last) for number, party in enumerate(parties)}
    amounts = {}
    for number, amount in enumerate(money):
        inside = [at for at in range(sentence.first, sentence.last) if text.ends[at] > amount.start and text.starts[at] < amount.end]
        if inside:
            amounts[inside[0]] = (number, inside[-1] + 1)
    line: list[str] = []
    places: list[int] = []
    firsts: list[int] = []
    lasts: list[int] = []
    at, length = sentence.first, 0
    while at < sentence.last:
        if at in starts:
            piece, after = f"@{starts[at][0]}", starts[at][1]
        elif at in amounts:
            piece, after = f"${amounts[at][0]}", amounts[at][1]
        else:
            piece, after = text.lower[at], at + 1
        line.append(piece)
        places.append(length)
        firsts.append(at)
        lasts.append(after)
        length += len(piece) + 1
        at = after
    return Marked(" ".join(line), places, firsts, lasts, sentence)
