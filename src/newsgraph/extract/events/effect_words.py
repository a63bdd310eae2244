"""Word lists of what an event came to (`data/effect_cues.yaml`), and how they are looked for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from newsgraph.extract.text.word_lists import read_yaml

MONEY = re.compile(
    r"(?:US\$|[$€£₹¥]|Rs\.? ?)\s?\d[\d.,]*(?: ?(?:crore|million|billion|mln|bn|m|b)\b)?|\d[\d.]* ?(?:cents?|pence|p)\b", re.IGNORECASE
)
"""A sum of money, as a regular expression."""


@cache
def effect_words(name: str) -> str:
    """Return a list of `data/effect_cues.yaml`."""
    return str(read_yaml("effect_cues.yaml")[name]).strip()


@cache
def effect_lists(name: str) -> Mapping[str, str]:
    """Return the lists below an entry of `data/effect_cues.yaml` by what is said of them."""
    return {str(label): str(words).strip() for label, words in read_yaml("effect_cues.yaml")[name].items()}


@cache
def compiled(words: str) -> re.Pattern[str]:
    """Compile a pattern once, for any case."""
    return re.compile(words, re.IGNORECASE)


def any_of(words: str) -> str:
    """Return the pattern of any of some words, whole words only."""
    return rf"(?<![\w-])(?:{words})(?![\w-])"


def first_named(lists: Mapping[str, str], clause: str) -> str:
    """Return the label of the list whose words come first, of several there the longest; empty if there is none."""
    found = [(match.start(), -match.end(), label) for label, words in lists.items() if (match := compiled(any_of(words)).search(clause))]
    return min(found)[2] if found else ""
