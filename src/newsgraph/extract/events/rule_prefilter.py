"""A prefilter by words: which event rules can match a line at all, since running every rule on every line would be slow.

A rule needs one of its trigger words. Besides, every match contains one of the spellings of each group that the pattern requires
("files ... ipo"); a line without them need not be searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

_LETTERS = re.compile(r"[a-z]+")
_MONEY = "\N{CURRENCY SIGN}"
_SHORT = re.compile(r"\{(?:[SOP]|of|\.\.)\}")
_MAY_MISS = ("?", "*", "{")
_FEWEST = 2  # letters; a single one occurs in nearly every line
_MOST = 200_000  # words in the cache
_LONGEST = 40  # letters of a word in the cache


class RuleWords(dict[str, int]):
    """A cache from a word to bits: those of the rules that it triggers, then those of the required groups that it contains.

    Rule `i` is bit `i`; `needs[i]` are the bits that a line must have for rule `i` to match, `rules` the bits of all rules.
    """

    def __init__(self, triggers: Mapping[str, Iterable[int]], needed: Sequence[Sequence[frozenset[str]]]) -> None:
        """Store the rules that each word triggers, and what the matches of each rule contain, see `needed_letters`."""
        super().__init__()
        groups = {
            group: len(needed) + number for number, group in enumerate(dict.fromkeys(group for required in needed for group in required))
        }
        self.needs = tuple(sum({1 << groups[group] for group in required}) for required in needed)
        self.rules = (1 << len(needed)) - 1
        self._triggers = {word: sum(1 << number for number in set(numbers)) for word, numbers in triggers.items()}
        self._group_bits: dict[str, int] = {}
        for group, bit in groups.items():
            for letters in group:
                self._group_bits[letters] = self._group_bits.get(letters, 0) | 1 << bit
        self._sizes = sorted({len(letters) for letters in self._group_bits})

    def __missing__(self, word: str) -> int:
        """Look up a new word; all sums of money are one word."""
        if word[0] == "$":
            bits = self._triggers.get("$", 0) | self._group_bits.get(_MONEY, 0)
        else:
            bits = self._triggers.get(word, 0)
            for start in range(len(word)):
                for size in self._sizes:
                    bits |= self._group_bits.get(word[start : start + size], 0)
        if len(self) < _MOST and len(word) < _LONGEST:
            self[word] = bits
        return bits


def needed_letters(pattern: str) -> list[frozenset[str]]:
    """Return what every match of a pattern contains: of each set, one of the members within a word.

    These are plain letters outside of groups, and required groups whose branches all begin with letters.
    """
    bare = _SHORT.sub("#", pattern.replace("{M}", f"(?:{_MONEY})"))
    if any(mark in bare for mark in ("\\(", "\\)", "[(", "[^(", "\\[")):
        return []
    needed: list[frozenset[str]] = []
    at = 0
    while at < len(bare):
        if bare[at] == "|":
            return []
        run = _LETTERS.match(bare, at)
        if run:
            required = _without_optional(run[0], bare[run.end() :])
            needed += [frozenset((required,))] if len(required) >= _FEWEST else []
            at = run.end()
        elif bare[at] == "(":
            inside = inside_of(bare, at + 1)
            at += len(inside) + 2
            starts = [_start(branch) for branch in branches(inside.removeprefix("?:"))]
            if inside.startswith("?:") and all(starts) and not bare.startswith(_MAY_MISS, at):
                needed.append(frozenset(starts))
        else:
            at = bare.index("]", at + 2) + 1 if bare[at] == "[" else at + (2 if bare[at] == "\\" else 1)
    return needed


def _start(branch: str) -> str:
    if branch == _MONEY:
        return branch
    run = _LETTERS.match(branch)
    required = _without_optional(run[0], branch[run.end() :]) if run else ""
    return required if len(required) >= _FEWEST else ""


def _without_optional(letters: str, behind: str) -> str:
    """Return letters without a last one that is optional."""
    return letters[:-1] if behind.startswith(_MAY_MISS) else letters


def inside_of(pattern: str, start: int) -> str:
    """Return the text from a position within a group to the end of the group."""
    depth, at = 1, start
    while depth:
        depth += (pattern[at] == "(") - (pattern[at] == ")")
        at += 1
    return pattern[start : at - 1]


def branches(inside: str) -> Iterator[str]:
    """Yield the alternatives of a group, given its text."""
    depth, start = 0, 0
    for at, c in enumerate(inside):
        depth += (c == "(") - (c == ")")
        if c == "|" and not depth:
            yield inside[start:at]
            start = at + 1
    yield inside[start:]
