"""Numbers in words before a scale: "half a", "two", "eight and a half", "twenty-five", "a hundred", "three hundred and fifty"."""

from __future__ import annotations

import re

_TEENS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {"a": 1.0} | {word: float(at) for at, word in enumerate(_TEENS, 1)} | {word: 10.0 * at for at, word in enumerate(_TENS, 2)}
_FRACTIONS = {"half a": 0.5, "half": 0.5, "a quarter": 0.25, "a quarter of a": 0.25, "three quarters of a": 0.75, "three quarters": 0.75}
_TEEN, _UNIT = "|".join(sorted(_TEENS, key=len, reverse=True)), "|".join(_TEENS[:9])
_UNDER_HUNDRED = rf"(?:(?:{'|'.join(_TENS)})(?:[\s-](?:{_UNIT}))?|{_TEEN})"

NUMBER_IN_WORDS = (
    rf"(?:three quarters of a|a quarter of a|half a|(?:a|{_UNIT}) hundred(?: and {_UNDER_HUNDRED})?"
    rf"|{_UNDER_HUNDRED}(?: and (?:a half|a quarter|three quarters))?|a)"
)
"""A regular expression of such a number, in any case."""

_AND = re.compile(r" and ")
_BETWEEN = re.compile(r"[\s-]+")


def number_in_words(words: str) -> float:
    """Return the number that words name, which must match `NUMBER_IN_WORDS`.

    >>> [number_in_words(words) for words in ("half a", "Eight and a half", "twenty-five", "a hundred", "three hundred and fifty")]
    [0.5, 8.5, 25.0, 100.0, 350.0]
    """
    return sum(_part(part) for part in _AND.split(words.lower()))


def _part(words: str) -> float:
    words = words.removeprefix("a ") if words == "a half" else words
    if words in _FRACTIONS:
        return _FRACTIONS[words]
    first, *others = _BETWEEN.split(words)
    if others == ["hundred"]:
        return 100 * _VALUES[first]
    return _VALUES[first] + sum(_VALUES[word] for word in others)
