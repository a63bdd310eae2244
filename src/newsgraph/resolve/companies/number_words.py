"""Write the numbers in names as words, so that "21st" and "Twenty-First", and "Forty 4" and "44", are one spelling."""

from __future__ import annotations

import re

_ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}
_NUMBER = re.compile(r"(?<!\w)([1-9]\d?)(?!\d)(st|nd|rd|th)?")  # larger numbers are years, models and routes, which nobody writes out


def numbers_in_words(text: str) -> str:
    """Replace each number from 1 to 99 in a text by its English word without blanks.

    "44" becomes "fortyfour", "21st" becomes "twentyfirst" and "3m" becomes "threem"; "007", "101" and "2007" stay.
    """
    return _NUMBER.sub(lambda match: _word(int(match[1]), ordinal=bool(match[2])), text) if any(map(str.isdigit, text)) else text


def _word(number: int, *, ordinal: bool) -> str:
    tens, ones = divmod(number, 10)
    first, last = ("", _ONES[number]) if number < len(_ONES) else (_TENS[tens], _ONES[ones] if ones else "")
    if not ordinal:
        return first + last
    return first + _ORDINALS.get(last, f"{last}th") if last else f"{first.removesuffix('y')}ieth"
