"""The words of a question: which count, and which kinds of events they ask about."""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
LONGEST = 4000
"""Characters of a question that are read."""


class Word(NamedTuple):
    """A word of a question: as it is written, and as it is looked up."""

    written: str
    key: str


def words_of(text: str) -> list[Word]:
    """Return the words of a text; keys are in lower case and without accents.

    >>> [word.key for word in words_of("Crédit Agricole's 1,200 staff")]
    ['credit', 'agricole', 's', '1', '200', 'staff']
    """
    return [Word(match[0], fold(match[0])) for match in _WORD.finditer(text[:LONGEST])]


def name_words(text: str) -> str:
    """Return the key of a name: the keys of its words, with single blanks.

    >>> name_words("Moët & Chandon S.A.")
    'moet chandon s a'
    """
    return " ".join(word.key for word in words_of(text))


def fold(word: str) -> str:
    """Return a word in lower case and without accents."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def content_words(question: str) -> list[str]:
    """Return the keys of the words that are looked for, each once, without words that most questions have."""
    keys = dict.fromkeys(word.key for word in words_of(question))
    return [key for key in keys if key not in stop_words() and (len(key) > 1 or key.isdigit())]


def asked_events(question: str) -> dict[str, tuple[str, ...]]:
    """Return the types of events that a question asks about, each with the words that stand for it in texts."""
    asked = {word.key for word in words_of(question)}
    return {kind: words for kind, words in event_cues().items() if asked & set(words)}


@cache
def stop_words() -> frozenset[str]:
    """Return the words that say nothing of what is asked."""
    return frozenset(files("newsgraph").joinpath("data/question_stop_words.txt").read_text("utf-8").split())


@cache
def event_cues() -> dict[str, tuple[str, ...]]:
    """Return the words that stand for each type of event, in questions and texts."""
    lines = files("newsgraph").joinpath("data/question_cues.csv").read_text("utf-8").splitlines()
    return {row["type"]: tuple(row["words"].split()) for row in csv.DictReader(lines)}
