"""The fields of an event out of the heads' probabilities: status, day, sums, percent, count, phrases, evidence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from newsgraph.extract.reader.heads import FieldChances, Span
from newsgraph.extract.reader.labels import AMOUNTS_OF, PHRASES, PHRASES_OF, STATUSES
from newsgraph.extract.reader.read_event import ReadAmount
from newsgraph.extract.reader.values import SEASONS, Value
from newsgraph.extract.text.dates import iso_year

_NEWS = frozenset({"announced", "completed"})  # of the day, where the text names no other
_YEARLESS = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)(?!.*\b(?:19|20)\d\d)")
_WITH_YEAR = frozenset({"last", "this", "next", "previous"})  # before a season
_NO_SUM = 0.7  # the probability from which on a sum is none of the event's; half would leave out more right ones than wrong ones
_EVIDENCE = 0.25
_MOST_EVIDENCE = 3
_MAIN = {
    "acquisition": ("price", "stake", "total"), "merger": ("total", "price", "valuation"), "investment": ("stake", "price", "total", "round"), "funding_round": ("round", "total"),
    "ipo": ("round", "total", "valuation"), "contract": ("contract", "total"), "lawsuit": ("damages", "fine"), "settlement": ("damages", "fine", "total"), "regulatory_action": ("fine",),
    "dividend": ("per_share", "total"), "expansion": ("cost",), "layoff": ("cost",),
}  # fmt: skip
_IN_TEXT_ORDER = frozenset({"financial_result", "guidance"})  # what a headline or lead gives first: profit, loss or revenue


class Option(NamedTuple):
    """A value or phrase that may fill a field: the field, its pieces, its sentence, and what it says."""

    field: str
    pieces: Span
    sentence: int
    value: Value | None
    words: str


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one event; `phrases` by name, `sentences` numbers of the window's sentences, best first."""

    status: str
    background: bool
    when: str | None
    amounts: tuple[ReadAmount, ...]
    percent: float | None
    count: float | None
    phrases: dict[str, str]
    sentences: list[int]


def choose_fields(kind: str, chances: FieldChances, options: Sequence[Option], published: date | None, past: float = 0.5) -> Fields:
    """Take the likeliest value of each field; `past` is the probability from which on an event is background."""
    order = np.argsort(-chances.sentences, kind="stable")
    best = [int(at) for at in order[:_MOST_EVIDENCE] if chances.sentences[at] >= _EVIDENCE] or [int(order[0])]
    when = _likeliest("when", chances, options, chances.published)
    percent, count = _likeliest("percent", chances, options), _likeliest("count", chances, options)
    phrases = {name: one.words for name in PHRASES if name in PHRASES_OF.get(kind, ()) and (one := _likeliest(name, chances, options))}
    status, background = STATUSES[int(np.argmax(chances.status))], chances.background >= past
    return Fields(
        status, background, _time(when, status, published, background=background) or _day(published, chances, options, status, background=background),
        _amounts(kind, chances, options, best), percent.value.number if percent and percent.value else None, count.value.number if count and count.value else None, phrases, best,
    )  # fmt: skip


def _time(when: Option | None, status: str, published: date | None, *, background: bool) -> str | None:
    """Return the time that a text names; a month or day without a year is the last one of what was known before.

    `values` takes such a month for the nearest one, for it does not know of which event it is.
    """
    if when is None or when.value is None:
        return None
    word = when.value.word
    first, _, season = when.words.partition(" ")
    month = SEASONS.get(season.rpartition(" ")[2])
    if published is not None and month and first.lower() not in _WITH_YEAR:
        return iso_year(published.year + _season_step(month, published.month, status, background=background))
    if published is None or not background or status == "planned" or not _YEARLESS.search(when.words) or len(word) < len("2024-05"):
        return word
    rest = word[4:]
    return f"{published.year - (rest > published.isoformat()[4 : len(word)])}{rest}"


def _season_step(season: int, month: int, status: str, *, background: bool) -> int:
    """Return in how many years the season is that a text means: plans come true in the next one, and what was known before was in the last one."""
    if status == "planned":
        return int(season < month)
    return -int(background and season > month)


def _day(published: date | None, chances: FieldChances, options: Sequence[Option], status: str, *, background: bool) -> str | None:
    """Return the day of publishing for news without a day of its own; what was known before has no day then."""
    if published is None or background:
        return None
    return published.isoformat() if status in _NEWS or _is_today(chances, options) else None


def _likeliest(name: str, chances: FieldChances, options: Sequence[Option], other: float = 0.0) -> Option | None:
    """Return the likeliest option of a field; options that say the same are one."""
    totals: dict[str, float] = {}
    for at, option in enumerate(options):
        if option.field == name:
            totals[_said(option)] = totals.get(_said(option), 0.0) + round(float(chances.chosen[at]), 4)
    if not totals:
        return None
    said = max(sorted(totals), key=totals.__getitem__)
    if totals[said] <= max(other, float(chances.none[_number(name)])):
        return None
    return next(option for option in options if option.field == name and _said(option) == said)


def _number(name: str) -> int:
    return ("money", "when", "percent", "count", *PHRASES).index(name)


def _said(option: Option) -> str:
    return option.words if option.value is None else option.value.word or str(option.value.number)


def _is_today(chances: FieldChances, options: Sequence[Option]) -> bool:
    most = max((float(chances.chosen[at]) for at, option in enumerate(options) if option.field == "when"), default=0.0)
    return chances.published >= max(most, float(chances.none[_number("when")]))


def _amounts(kind: str, chances: FieldChances, options: Sequence[Option], evidence: Sequence[int]) -> tuple[ReadAmount, ...]:
    """Return the sums of an event, the one first that stands for it: by what it is of, and of results the first one of the evidence."""
    found: dict[tuple[float, str], tuple[float, ReadAmount]] = {}
    places: dict[tuple[float, str], tuple[int, int]] = {}
    for at, option in enumerate(options):
        if option.field == "money" and option.value and float(chances.money[at][0]) < _NO_SUM:
            of = 1 + int(np.argmax(chances.money[at][1:]))
            value, chance = option.value, round(float(chances.money[at][of]), 3)
            amount = ReadAmount(value.number, value.word, AMOUNTS_OF[of - 1], value.high)
            key = value.number, value.word
            place = evidence.index(option.sentence) if option.sentence in evidence else len(evidence), option.pieces[0]
            places[key] = min(places.get(key, place), place)
            if key not in found or found[key][0] < chance:
                found[key] = chance, amount
    if kind in _IN_TEXT_ORDER:
        return tuple(found[key][1] for key in sorted(found, key=lambda key: (places[key], key)))
    main = _MAIN.get(kind, ())
    ranked = sorted(found.values(), key=lambda one: (main.index(one[1].of) if one[1].of in main else len(main), -one[0], one[1].value))
    return tuple(amount for _, amount in ranked)
