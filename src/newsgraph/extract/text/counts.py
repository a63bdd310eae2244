"""Numbers of things in a text, in digits ("1.7 million", "2.1 lakh", "38m names") and in words ("forty-four", "six hundred and ten")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ONES = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(),
        start=1,
    )
}
_TENS = {word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)}
_SCALES = {
    "hundred": 100, "dozen": 12, "thousand": 1000, "k": 1000, "lakh": 100_000, "lakhs": 100_000, "million": 1_000_000, "mln": 1_000_000,
    "mn": 1_000_000, "m": 1_000_000, "crore": 10_000_000, "crores": 10_000_000,
}  # fmt: skip
_LARGE = r"(?:thousand|lakhs?|million|crores?)"
# "38m" is metres before some words, and "10k" a distance; both count where a word for things follows.
_LETTER = r"(?P<letter>[mk])(?=\s(?!(?:tall|long|high|wide|deep|above|below|from|away|race|races|run|runs|sprint|final)\b)[a-z])"
_NUMERAL = re.compile(
    r"(?<![\w$€£¥₹.,])(?<!\d:)(?P<number>\d{1,3}(?:,\d{3})+|\d{1,4}\.\d{1,3}(?=\s?(?:thousand|lakhs?|million|mln|mn|crores?)\b|[mk]\s)|\d{1,7})"
    rf"(?:\s?(?P<scale>thousand|lakhs?|million|mln|mn|crores?)\b|{_LETTER})?+"
    r"(?![\w%]|[.,:]\d|\s?%|\s?(?:percent|per cent|pct|billion|bn|pence)\b)"
)  # what a colon joins is a time of day or a ratio
_SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join([*_ONES][:9])}))?|{'|'.join(reversed(_ONES))})"
_HUNDREDS = rf"(?:{_SMALL}(?:\shundred(?:(?:\sand)?\s{_SMALL})?)?|a\shundred)"
_WORDS = re.compile(
    rf"\b(?>{_HUNDREDS}(?:\s(?:{_LARGE}(?:(?:\sand)?\s{_HUNDREDS})?|dozen))?|a\s(?:{_LARGE}|dozen))\b"
    r"(?!\s?%|\s(?:percent|per cent|billion|trillion)\b)",
    re.IGNORECASE,
)


class Count(NamedTuple):
    """A number at `start` to `end` of a text."""

    start: int
    end: int
    number: float


def find_counts(text: str) -> list[Count]:
    """Return the numbers of a text that may count things, those in digits first, each in text order.

    Percents, sums with a currency sign, times of day and parts of other words are none. Whether a year or a day is one is not decided here.

    >>> [count.number for count in find_counts("It cut 1.7 million, then forty-four, then six hundred and ten of its two thousand jobs")]
    [1700000.0, 44.0, 610.0, 2000.0]
    """
    return [*_in_digits(text), *_in_words(text)]


def places_of(number: float, text: str) -> list[Count]:
    """Return where a text has a number, however it is written, in text order."""
    return sorted(count for count in find_counts(text) if count.number == number)


def _in_digits(text: str) -> Iterator[Count]:
    for match in _NUMERAL.finditer(text):
        scale = _SCALES[match["scale"].lower()] if match["scale"] else _SCALES[match["letter"]] if match["letter"] else 1
        yield Count(match.start(), match.end(), round(float(match["number"].replace(",", "")) * scale, 3))


def _in_words(text: str) -> Iterator[Count]:
    for match in _WORDS.finditer(text):
        yield Count(match.start(), match.end(), float(_value(match.group().lower())))


def _value(words: str) -> int:
    """Return the number that words stand for: what is before "thousand" and the like is multiplied, what follows is added."""
    total = part = 0
    for word in re.split(r"[-\s]", words):
        scale = _SCALES.get(word)
        if word == "a":
            part = 1
        elif scale is None:
            part += _ONES.get(word) or _TENS.get(word, 0)
        elif word == "hundred":
            part *= scale
        else:
            total, part = total + part * scale, 0
    return total + part
