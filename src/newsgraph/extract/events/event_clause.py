"""The clause that reports an event: what its own words say of status, time and background, and not those of the rest of the sentence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from newsgraph.extract.text.word_lists import read_yaml

Place = tuple[int, int]
"""Where words begin and end in the line of a sentence."""

_INSERTED = re.compile(r", (?:which|who|whose|where) [^,]*,")
_OPENED = re.compile(r", (?:which|who|whose|where) ")


class _ClauseCues(NamedTuple):
    """Patterns of `data/clause_cues.yaml`."""

    bounds: re.Pattern[str]
    background: re.Pattern[str]
    other_time: re.Pattern[str]
    reported: re.Pattern[str]


@cache
def _cues() -> _ClauseCues:
    words = read_yaml("clause_cues.yaml")
    return _ClauseCues(
        re.compile(rf"(?: |^)(?:{words['bounds']})(?= )"),
        re.compile(rf"(?<![\w-])(?:{words['background']})(?![\w-])"),
        re.compile(rf"(?<![\w-])(?:{words['other_time']})\W*$", re.IGNORECASE),
        re.compile(rf"(?<![\w-])(?:{words['reported']})(?![\w-])"),
    )


def clause_of(line: str, start: int, end: int) -> tuple[Place, ...]:
    """Return where the pieces of the clause of the words at `start` to `end` of a delexicalized line begin and end.

    A clause ends at a mark or at a word that begins another one. What commas set apart within the words is another clause.

    >>> line = "@0 , which said it might cut jobs , has bought @1 , but may sell @2"
    >>> [line[begin:stop] for begin, stop in clause_of(line, 0, 49)]
    ['@0 ', ' has bought @1 ']
    """
    first, last = _bounds(line, start, end)
    pieces = []
    for inserted in _INSERTED.finditer(line, start, end):
        pieces.append((first, inserted.start()))
        first = inserted.end()
    if _OPENED.search(line, max(first, start), end) and (comma := line.find(" ,", end, last)) >= 0:
        last = comma  # the words are in a clause that commas set apart
    return (*pieces, (first, last))


def _bounds(line: str, start: int, end: int) -> Place:
    first, last = 0, len(line)
    for bound in _cues().bounds.finditer(line):
        if bound.end() <= start:
            first = bound.end() + 1
        elif bound.start() >= end:
            last = bound.start()
            break
    return first, last


def words_of(line: str, clause: Sequence[Place]) -> str:
    """Return the words of a clause."""
    return " ".join(line[begin:stop] for begin, stop in clause)


def is_background(clause: str) -> bool:
    """Return whether the words of a clause say that its event is known from before: "had bought", "following its purchase of"."""
    return _cues().background.search(_cues().reported.sub(" ", clause)) is not None


def is_of_something_else(before: str) -> bool:
    """Return whether the words before a time say that it is not the event's: "founded in", "valid since", "by the end of"."""
    return _cues().other_time.search(before) is not None
