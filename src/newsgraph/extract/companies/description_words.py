"""The words by which English texts say what a company is."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from newsgraph.extract.text.word_lists import read_word_lists


@dataclass(frozen=True, eq=False)
class DescriptionWords:
    """The lists of `data/description_words.yaml`, where each is explained."""

    heads: frozenset[str]
    openers: frozenset[str]
    placed: frozenset[str]
    ends: frozenset[str]
    relations: frozenset[str]
    clause: frozenset[str]
    not_companies: frozenset[str]
    together: frozenset[str]
    another: frozenset[str]
    joining: frozenset[str]
    empty: frozenset[str]


@cache
def description_words() -> DescriptionWords:
    """Read the lists once."""
    return read_word_lists("description_words.yaml", DescriptionWords)


@cache
def sector_words() -> Mapping[str, str]:
    """Return the words and phrases that name a sector, in lower case, with the sector."""
    text = (files("newsgraph") / "data" / "sectors.csv").read_text(encoding="utf-8")
    return {word.casefold(): sector for word, sector in list(csv.reader(text.splitlines()))[1:]}
