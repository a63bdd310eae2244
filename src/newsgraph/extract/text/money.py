"""Amounts of money and percentages in a text: "$180 mln", "€40m", "Rs 300 crore", "US$1.2bn", "2 billion yuan", "$29-34 billion"."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib.resources import files
from math import isfinite
from typing import NamedTuple

from newsgraph.extract.text.local_currencies import Currencies
from newsgraph.extract.text.numbers_in_words import NUMBER_IN_WORDS, number_in_words

_NUMBER = r"\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DIGIT = re.compile(r"\d")
_FIRST_NUMBER = re.compile(_NUMBER)
# Sums of the subcontinent often go without the currency: what a crore counts then is money if no word for other things follows.
_CRORES = re.compile(
    rf"(?<![\w.,$€£¥₹])(?P<number>{_NUMBER})\s?(?P<scale>(?i:lakh[\s-](?:crore|cr)|crores?|cr))(?![\w-])"
    r"(?=\s*(?:[.,;:)!?'’\"”]|$)|\s(?:via|in|from|for|to|on|at|by|as|and|or|after|over|under|against|through|with|during|loans?|deals?|projects?|orders?|contracts?|fines?|penalty|"
    r"profits?|loss|revenues?|IPO|QIP|funds?|funding|investments?|package|scam|fraud|debt|bonds?|worth|this|last|next|annually|plan|tender|settlement|bribe|dues|NPAs?|tax|stake|bid|buyback|issue|capex)\b)"
)
_RUPEES = {
    "BDT": re.compile(r"\b(?:Tk|taka|BDT)\b"),
    "PKR": re.compile(r"\b(?:PKR|Pakistani rupees?)\b"),
    "NPR": re.compile(r"\b(?:NPR|Nepali rupees?|Nepalese rupees?)\b"),
}
_GLUED = re.compile(r"[A-Za-z]")
_BETWEEN = re.compile(r"\b[Bb]etween\s$")
_FROM, _RANGING = re.compile(r"\b[Ff]rom\s$"), re.compile(r"\b[Rr]ang\w+ from\s$")
_BARE_LOW = re.compile(rf"[Bb]etween (?P<number>{_NUMBER})(?:[\s-]?(?P<scale>[A-Za-z]+))? and $")
_BARE_HIGH = re.compile(rf" and (?P<number>{_NUMBER})[\s-]?(?P<scale>[A-Za-z]+)(?![A-Za-z])")
_BEFORE = 40  # characters
_A_SHARE = re.compile(r"\s(?:a|per) (?:share|unit)\b")
_PLAIN = 1000  # an amount below may be a number whose scale comes later
_ONLY_WITH_SCALE = frozenset({"R", "N", "P", "Sh", "Ft"})
_MANY_DIGITS = re.compile(r"\d(?:,?\d){14}|\d(?:,?\d){2}[\d.,]*\s?(?:tn|trillion|lakh crore)", re.IGNORECASE)
_PERCENT = re.compile(r"\d+(?:\.\d+)?\s?(?:%|per\s?cent\b|percent\b|pct\b)|\d+(?:\.\d+)? percentage points?", re.IGNORECASE)


MOST = 1e15
"""The largest amount that is read, in full units: more money than there is, so that larger numbers are mistakes."""


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
def currency_codes() -> frozenset[str]:
    """Return the codes of currencies that texts use, such as `DKK`."""
    return frozenset(mark for mark, currency in _currencies().items() if mark == currency)


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
    tail = rf"(?P<low2>{number}){scale.format('s3')}(?:\s?(?:-|–|to)\s?(?P<high2>{number}){scale.format('s4')})?[\s-](?:(?P<nation>[A-Z][a-z]+) )?(?P<after>(?:US |U\.S\. )?(?i:{after}))(?![A-Za-z])"
    firsts = re.escape("".join(sorted({mark[0] for mark in marks if not mark.islower()})))  # an amount begins with no other character
    return re.compile(rf"(?=[{firsts}\d])(?:(?<![A-Za-z\d])(?P<before>{before})\s?{span}|(?<![\w.,$€£¥]){tail})")


@cache
def _worded_pattern() -> re.Pattern[str]:
    """Numbers in words count as money only before a scale: "half a billion euros", but not "a dollar"."""
    after = "|".join(sorted((re.escape(mark) for mark in _currencies() if mark.islower()), key=lambda mark: (-len(mark), mark)))
    scales = "|".join(sorted((word for word in _scales() if len(word) > len("crore") - 1), key=lambda word: (-len(word), word)))
    return re.compile(
        rf"(?<![\w-])(?P<word>{NUMBER_IN_WORDS})[\s-](?P<scale>{scales})\s(?P<after>(?:us |u\.s\. )?(?:{after}))(?![a-z])", re.IGNORECASE
    )


def find_money(clean: str) -> list[Amount]:
    """Return the amounts of money in a cleaned text, in text order.

    >>> [amount.amount for amount in find_money("It pays 426 crore, not Rs 1.5k crore, for a firm with 2 crore users.")]
    [4260000000.0, 15000000000.0]
    """
    currencies = Currencies(clean)
    numbers = (
        [one for match in _pattern().finditer(clean) if (amount := _amount(match, currencies)) for one in _apart(amount, match)]
        if _DIGIT.search(clean)
        else []
    )
    if " cr" in clean or " Cr" in clean or "rore" in clean or "lakh" in clean:
        numbers = sorted([*numbers, *_crores(clean, numbers)])
    if "etween" in clean:
        numbers = _with_ranges(clean, numbers)
    if not any(scale in clean for scale in ("illion", "rore", "housand")):
        return numbers
    worded = [
        Amount(match.start(), match.end(), number_in_words(match["word"]) * _scales()[match["scale"].lower()], currency)
        for match in _worded_pattern().finditer(clean)
        if (currency := currencies.of(match["after"].lower(), _currency(match["after"])))
    ]
    return sorted([*numbers, *worded]) if worded else numbers


def _crores(clean: str, found: Sequence[Amount]) -> Iterator[Amount]:
    taken = {place for amount in found for place in range(amount.start, amount.end)}
    currency = next((name for name, mark in _RUPEES.items() if mark.search(clean)), "INR")
    for match in _CRORES.finditer(clean):
        value = _value(match["number"], match["scale"])
        if match.start() not in taken and 0 < value <= MOST:
            yield Amount(match.start(), match.end(), value, currency)


def _with_ranges(clean: str, amounts: Sequence[Amount]) -> list[Amount]:
    """Return amounts with "between $100 and $120 million" as one range; the scale at its end is that of both."""
    joined: list[Amount] = []
    for amount in map(partial(_with_bare_end, clean), amounts):
        low = joined[-1] if joined else None
        if (
            low
            and low.high is None
            and low.currency == amount.currency
            and clean[low.end : amount.start] == " and "
            and _BETWEEN.search(clean[max(0, low.start - 9) : low.start])
        ):
            scale = _scale_of(clean, amount)
            lower = low.amount * scale if low.amount * scale <= amount.amount and low.amount < _PLAIN else low.amount
            joined[-1] = Amount(low.start, amount.end, round(lower, 2), low.currency, amount.amount)
        else:
            joined.append(amount)
    return joined


def _with_bare_end(clean: str, amount: Amount) -> Amount:
    """Return an amount as a range where its other end has no currency: "between SEK 5.1 and 5.4 billion", "between 84 and 90 million euros"."""
    before = clean[max(0, amount.start - _BEFORE) : amount.start]
    first, last = _BARE_LOW.search(before), _BARE_HIGH.match(clean, amount.end)
    if amount.high is not None:
        return amount
    if first:
        scale = first["scale"] if first["scale"] and first["scale"].lower() in _scales() else None
        low = _value(first["number"], scale) if scale else round(_value(first["number"], None) * _scale_of(clean, amount), 2)
        start, end, high = amount.start - len(before) + first.start("number"), amount.end, amount.amount
    elif last is None or not _BETWEEN.search(before) or last["scale"].lower() not in _scales():
        return amount
    else:
        start, end, high = amount.start, last.end(), _value(last["number"], last["scale"])
        low = _value(f"{amount.amount:g}", last["scale"]) if amount.amount < _PLAIN else amount.amount
    return Amount(start, end, low, amount.currency, high) if 0 < low <= high <= MOST else amount


def _scale_of(clean: str, amount: Amount) -> float:
    """Return how many units one of an amount's number is."""
    number = _FIRST_NUMBER.search(clean, amount.start, amount.end)
    return amount.amount / ((_value(number.group(), None) if number else 0.0) or 1.0)


def _currency(mark: str) -> str:
    bare = mark.removeprefix("US ").removeprefix("U.S. ")
    return _currencies().get(mark) or _currencies().get(bare.lower()) or _currencies().get(mark.lower(), "")


def _amount(match: re.Match[str], currencies: Currencies) -> Amount | None:
    part = match.groupdict()
    mark_is_last = part["before"] is None
    mark = part["after"] if mark_is_last else part["before"]
    low, high = (part["low2"], part["high2"]) if mark_is_last else (part["low"], part["high"])
    scale_low, scale_high = (part["s3"], part["s4"]) if mark_is_last else (part["s1"], part["s2"])
    usual = _currency(mark)
    currency = currencies.of(mark.rstrip("."), usual)
    if nation := part["nation"]:
        currency = _currency(f"{nation} {mark}") or currencies.of_nation(nation, mark, usual)
    if high is not None and scale_low is None:
        scale_low = scale_high
    value = _value(low, scale_low)
    upper = _value(high, scale_high or scale_low) if high is not None else None
    if mark in _ONLY_WITH_SCALE and not scale_low and not _A_SHARE.match(match.string, match.end()):
        return None  # R stands for rand only before a scale, or "a share": "R2" is a name
    if not mark_is_last and not (scale_high or scale_low) and _GLUED.match(match.string, match.end()):
        return None  # "₹2.5L": a scale that is not known
    sane = 0 < value <= MOST and (upper is None or upper <= MOST)
    return Amount(match.start(), match.end(), value, currency, upper) if sane and currency else None


def _apart(amount: Amount, match: re.Match[str]) -> Iterator[Amount]:
    """Yield the two sums of a change ("rose from $31 to $38 million"); a range is one."""
    before = match.string[max(0, match.start() - 20) : match.start()]
    if amount.high is None or " to " not in match.group() or not _FROM.search(before) or _RANGING.search(before):
        yield amount
        return
    last, second = ("2", "s4") if match["before"] is None else ("", "s2")
    yield Amount(
        amount.start,
        match.end("low" + last) if match["s3" if last else "s1"] is None else match.end("s3" if last else "s1"),
        amount.amount,
        amount.currency,
    )
    yield Amount(
        match.start("high" + last), match.end() if last else max(match.end("high"), match.end(second)), amount.high, amount.currency
    )


def _value(number: str, scale: str | None) -> float:
    plain = number.replace(".", "") if number.count(".") > 1 else number.replace(",", "")  # "1.000.000"
    value = float(plain) * (_scales()[scale.lower()] if scale else 1.0)  # too many digits give infinity
    return round(value, 2) if scale and isfinite(value) else value


def too_large(clean: str) -> list[str]:
    """Return the words of amounts that are left out because they are larger than `MOST`."""
    if _MANY_DIGITS.search(clean) is None:
        return []
    currencies = Currencies(clean)
    return [match.group() for match in _pattern().finditer(clean) if _amount(match, currencies) is None and _largest(match) > MOST]


def _largest(match: re.Match[str]) -> float:
    part = match.groupdict()
    numbers = ((part["low"] or part["low2"], part["s1"] or part["s3"]), (part["high"] or part["high2"], part["s2"] or part["s4"]))
    return max(_value(number, scale) for number, scale in numbers if number)


def find_percents(clean: str) -> list[tuple[int, int]]:
    """Return the spans of percentages in a cleaned text, in text order."""
    return [match.span() for match in _PERCENT.finditer(clean)] if "%" in clean or "per" in clean or "pct" in clean else []
