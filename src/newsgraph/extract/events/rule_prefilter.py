"""Which event rules a line can match at all, told by its words alone: most rules are not worth running on most lines.

A rule is started by one of its trigger words. Beside that, a match holds one of the spellings of every group that the pattern
cannot do without ("files ... ipo"); a line in which one of them is missing need not be searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_LETTERS = re.compile(r"[a-z]+")
_MONEY = "\N{CURRENCY SIGN}"
_SHORT = re.compile(r"\{(?:[SOP]|of|\.\.)\}")
_MAY_MISS = ("?", "*", "{")
_FEWEST = 2  # letters: one is found in nearly every line
_MOST = 200_000  # words kept
_LONGEST = 40  # letters of words that are kept


class RuleWords(dict[str, int]):
    """For each word met so far: bits of the rules it starts, then bits of the needs it meets.

    Rule `i` is bit `i`; `needs[i]` are the bits that a line must have for rule `i` to match.
    """

    def __init__(self, triggers: Mapping[str, Iterable[int]], needed: Sequence[Sequence[frozenset[str]]]) -> None:
        """Take the rules that each word starts, and for each rule what its matches hold, see `needed_letters`."""
        super().__init__()
        groups = {group: len(needed) + number for number, group in enumerate(dict.fromkeys(group for one in needed for group in one))}
        self.needs = tuple(sum({1 << groups[group] for group in one}) for one in needed)
        self.rules = (1 << len(needed)) - 1
        self._triggers = {word: sum(1 << number for number in set(numbers)) for word, numbers in triggers.items()}
        self._met: dict[str, int] = {}
        for group, bit in groups.items():
            for letters in group:
                self._met[letters] = self._met.get(letters, 0) | 1 << bit
        self._sizes = sorted({len(letters) for letters in self._met})

    def __missing__(self, word: str) -> int:
        """Look a new word up; a sum of money is one whatever its number."""
        if word[0] == "$":
            bits = self._triggers.get("$", 0) | self._met.get(_MONEY, 0)
        else:
            bits = self._triggers.get(word, 0)
            for start in range(len(word)):
                for size in self._sizes:
                    bits |= self._met.get(word[start : start + size], 0)
        if len(self) < _MOST and len(word) < _LONGEST:
            self[word] = bits
        return bits


def needed_letters(pattern: str) -> list[frozenset[str]]:
    """Give what every match of a pattern holds, a set for each place: one of its members stands there, within a word.

    Only what is sure is told: plain letters outside of groups, and groups that cannot be left out whose branches all begin with letters.
    """
    bare = _SHORT.sub("#", pattern.replace("{M}", f"(?:{_MONEY})"))
    if any(mark in bare for mark in ("\\(", "\\)", "[(", "[^(", "\\[")):
        return []
    found: list[frozenset[str]] = []
    at = 0
    while at < len(bare):
        if bare[at] == "|":
            return []
        run = _LETTERS.match(bare, at)
        if run:
            sure = _sure(run[0], bare[run.end() :])
            found += [frozenset((sure,))] if len(sure) >= _FEWEST else []
            at = run.end()
        elif bare[at] == "(":
            inside = inside_of(bare, at + 1)
            at += len(inside) + 2
            starts = [_start(branch) for branch in branches(inside.removeprefix("?:"))]
            if inside.startswith("?:") and all(starts) and not bare.startswith(_MAY_MISS, at):
                found.append(frozenset(starts))
        else:
            at = bare.index("]", at + 2) + 1 if bare[at] == "[" else at + (2 if bare[at] == "\\" else 1)
    return found


def _start(branch: str) -> str:
    if branch == _MONEY:
        return branch
    run = _LETTERS.match(branch)
    sure = _sure(run[0], branch[run.end() :]) if run else ""
    return sure if len(sure) >= _FEWEST else ""


def _sure(letters: str, behind: str) -> str:
    """Leave out a last letter that may be missing."""
    return letters[:-1] if behind.startswith(_MAY_MISS) else letters


def inside_of(pattern: str, start: int) -> str:
    """Give what stands from a place within a group to the group's end."""
    depth, at = 1, start
    while depth:
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        at += 1
    return pattern[start : at - 1]


def branches(inside: str) -> Iterator[str]:
    """Cut what stands in a group at its own bars."""
    depth, start = 0, 0
    for at, c in enumerate(inside):
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            yield inside[start:at]
            start = at + 1
    yield inside[start:]
