"""Amounts of money and percentages in a text: "$180 mln", "€40m", "Rs 300 crore", "US$1.2bn", "2 billion yuan", "$29-34 billion"."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

_NUMBER = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DIGIT = re.compile(r"\d")
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|per\s?cent\b|percent\b|pct\b)|\d+(?:\.\d+)? percentage points?", re.IGNORECASE)


class Amount(NamedTuple):
    """Money at `start` to `end` of the cleaned text, in full units; of a range `amount` is the lower end and `high` the upper."""

    start: int
    end: int
    amount: float
    currency: str
    high: float | None = None


@cache
def _currencies() -> dict[str, str]:
    return {row["mark"]: row["currency"] for row in _table("currencies.csv")}


@cache
def _scales() -> dict[str, float]:
    return {row["word"]: float(row["factor"]) for row in _table("money_scales.csv")}


def _table(name: str) -> csv.DictReader[str]:
    return csv.DictReader((files("newsgraph") / "data" / name).read_text(encoding="utf-8").splitlines())


@cache
def _pattern() -> re.Pattern[str]:
    marks = sorted(_currencies(), key=lambda mark: (-len(mark), mark))
    before = "|".join(re.escape(mark) for mark in marks if not mark.islower())
    after = "|".join(re.escape(mark) for mark in marks if mark.islower() or (mark.isalpha() and mark.isupper()))
    number = rf"(?:{_NUMBER})"
    scales = "|".join(sorted(_scales(), key=lambda word: (-len(word), word)))  # the longest first: "lakh crore" is not a lakh
    scale = rf"(?:[\s-]?(?P<{{0}}>(?i:{scales})(?![A-Za-z])))?"
    span = rf"(?P<low>{number}){scale.format('s1')}(?:\s?(?:-|–|to)\s?(?:(?:{before})\s?)?(?P<high>{number}){scale.format('s2')})?"
    tail = rf"(?P<low2>{number}){scale.format('s3')}(?:\s?(?:-|–|to)\s?(?P<high2>{number}){scale.format('s4')})?[\s-](?P<after>(?:US |U\.S\. )?(?i:{after}))(?![A-Za-z])"
    firsts = re.escape("".join(sorted({mark[0] for mark in marks if not mark.islower()})))  # an amount begins with no other character
    return re.compile(rf"(?=[{firsts}\d])(?:(?<![A-Za-z\d])(?P<before>{before})\s?{span}|(?<![\w.,$€£¥]){tail})")


def find_money(clean: str) -> list[Amount]:
    """Return the amounts of money in a cleaned text, in text order."""
    if _DIGIT.search(clean) is None:
        return []
    return [amount for match in _pattern().finditer(clean) if (amount := _amount(match))]


def _amount(match: re.Match[str]) -> Amount | None:
    part = match.groupdict()
    mark_is_last = part["before"] is None
    mark = part["after"] if mark_is_last else part["before"]
    low, high = (part["low2"], part["high2"]) if mark_is_last else (part["low"], part["high"])
    scale_low, scale_high = (part["s3"], part["s4"]) if mark_is_last else (part["s1"], part["s2"])
    currency = (
        _currencies().get(mark)
        or _currencies().get(mark.removeprefix("US ").removeprefix("U.S. ").lower())
        or _currencies().get(mark.lower(), "")
    )
    if high is not None and scale_low is None:
        scale_low = scale_high
    value = _value(low, scale_low)
    upper = _value(high, scale_high or scale_low) if high is not None else None
    if mark == "R" and not scale_low:
        return None  # R stands for rand only before a scale: "R2" is a name
    return Amount(match.start(), match.end(), value, currency, upper) if value > 0 and currency else None


def _value(number: str, scale: str | None) -> float:
    return round(float(number.replace(",", "")) * _scales()[scale.lower()], 2) if scale else float(number.replace(",", ""))


def find_percents(clean: str) -> list[tuple[int, int]]:
    """Return the spans of percentages in a cleaned text, in text order."""
    return [match.span() for match in _PERCENT.finditer(clean)] if "%" in clean or "per" in clean or "pct" in clean else []
