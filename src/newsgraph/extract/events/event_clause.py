"""The clause that reports an event: what its own words say of status, time and background, and not those of the rest of the sentence."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from newsgraph.extract.text.word_lists import read_yaml


class _ClauseCues(NamedTuple):
    """Patterns of `data/clause_cues.yaml`."""

    bounds: re.Pattern[str]
    background: re.Pattern[str]
    other_time: re.Pattern[str]


@cache
def _cues() -> _ClauseCues:
    words = read_yaml("clause_cues.yaml")
    return _ClauseCues(
        re.compile(rf"(?: |^)(?:{words['bounds']})(?= )"),
        re.compile(rf"(?<![\w-])(?:{words['background']})(?![\w-])"),
        re.compile(rf"(?<![\w-])(?:{words['other_time']})\W*$", re.IGNORECASE),
    )


def clause_of(line: str, start: int, end: int) -> tuple[int, int]:
    """Return where the clause of the words at `start` to `end` of a delexicalized line begins and ends.

    A clause ends at a mark or at a word that begins another one; bounds within the words themselves do not count.

    >>> line = "@0 , which said it might cut jobs , has bought @1"
    >>> line[slice(*clause_of(line, 36, 49))]
    'has bought @1'
    """
    first, last = 0, len(line)
    for bound in _cues().bounds.finditer(line):
        if bound.end() <= start:
            first = bound.end() + 1
        elif bound.start() >= end:
            last = bound.start()
            break
    return first, last


def is_background(clause: str) -> bool:
    """Return whether the words of a clause say that its event is known from before: "had bought", "following its purchase of"."""
    return _cues().background.search(clause) is not None


def is_of_something_else(before: str) -> bool:
    """Return whether the words before a time say that it is not the event's: "founded in", "valid since", "by the end of"."""
    return _cues().other_time.search(before) is not None
