"""Values that an event may have: sums, days, months and years, percents and counts, each with its place in the cleaned text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import accumulate
from typing import NamedTuple

from newsgraph.extract.text.counts import find_counts
from newsgraph.extract.text.dates import find_days, iso_day, iso_month, iso_year, shifted_day, shifted_month
from newsgraph.extract.text.money import find_money

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
_SMALL = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), start=1)
}  # fmt: skip
_SMALL["a"] = _SMALL["an"] = 1
_WORD = "|".join(_SMALL)
_WHEN = re.compile(
    rf"\b(?:(?P<month>{_MONTH})(?:\s(?:of\s)?(?P<year_of_month>(?:19|20)\d\d)|(?P<no_year>\b))"
    rf"|(?P<ago>{_WORD}|\d{{1,2}})\s(?P<unit>years?|months?|weeks?|days?)\s(?:ago|earlier|before)"
    r"|(?P<which>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious)\s(?P<span>year|month|week|quarter|spring|summer|autumn|fall|winter|" + "|".join(
        name.capitalize() for name in _MONTHS) + r")"
    r"|(?:[Ii]n|[Ss]ince|[Bb]y|[Uu]ntil|[Ff]rom|[Oo]ver|[Dd]uring|[Oo]f)\s(?:the\s)?(?:early\s|late\s)?(?P<season>spring|summer|autumn|fall|winter)"
    r"(?!\s(?:of\s(?:19|20)|\d|season))"
    r"|(?P<relative>[Ll]ast year|[Tt]his year|[Nn]ext year|[Tt]omorrow|[Tt]onight)"
    r"|(?P<quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|Q[1-4])[\s-](?:quarter|half)?(?:\sof)?\s?(?P<year_of_quarter>(?:19|20)\d\d)"
    r"|(?P<year>(?:19[5-9]|20[0-4])\d)(?!\d|,\d|\.\d))\b"
)  # fmt: skip
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,4}(?:\.\d+)?)(?:\s?%|[\s-](?:per\s?cent|percent|pct|percentage points?)\b)", re.IGNORECASE)
_MINOR = re.compile(
    r"(?<![\w$€£¥₹.,])(?P<number>\d{1,4}(?:,\d{3})?(?:\.\d+)?)(?:\s?pence|(?<!720)(?<!1080)(?<!1440)(?<!2160)p"
    r"|[\s-](?:(?P<of>US|U\.S\.|HK|Hong Kong|Australian|Canadian|New Zealand|Singapore|euro)[\s-])?(?P<unit>(?:euro)?cents?|kobo|paise|paisa|sen|centavos?)|(?P<c>c)(?=\s(?:a|per) share))\b"
)  # in hundredths; 1080p and the like are pictures
_BARE = re.compile(
    r"(?<![\w$€£¥₹.,-])(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)[\s-]?(?P<scale>million|billion|trillion|bn|mn|m)(?![\w-])"
    r"(?=\s*(?:[.,;:)?!\"”]|$)|\s(?:for|in|from|to|on|at|by|and|or|as|after|before|against|last|this|a|the|with|when|while|was|were|up|down|over|under|through|of"
    r"|is|are|will|would|has|had|since|together|more|less|but|which|that|into|per|within|via|net|gross|in|overnight"
    r"|came|compared|versus|respectively|plus|minus|annually|apiece|each|round|profit|loss|order|contract|deal|fine)\b)"
)
_FACTORS = {"million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
_MINOR_OF = {
    "kobo": "NGN", "paise": "INR", "paisa": "INR", "sen": "MYR", "eurocent": "EUR", "eurocents": "EUR", "euro": "EUR", "US": "USD", "U.S.": "USD",
    "HK": "HKD", "Hong Kong": "HKD", "Australian": "AUD", "Canadian": "CAD", "New Zealand": "NZD", "Singapore": "SGD",
}  # fmt: skip
_WITH_CENTS = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "EUR", "ZAR", "NAD"})
_WITH_CENTAVOS = frozenset({"PHP", "MXN", "BRL", "ARS", "COP"})
_BY_OTHER = re.compile(
    r"\b(?:(?P<same>(?:[Tt]he same|[Tt]hat)\syear)|(?P<next>[Tt]he\sfollowing\syear|[Tt]he\syear\safter(?=[,;.)]|\sand\b))"
    r"|(?P<count>[Aa](?=\syear\s(?:later|after|on))|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine|[Tt]en|\d{1,2})"
    r"\syears?\s(?P<way>later|afterwards?|on(?=[ ,])|earlier|before(?=[,;.)])))\b"
)
_NEAR = 700  # characters within which a year is that of "the same year"
SEASONS = {"spring": 4, "summer": 7, "autumn": 10, "fall": 10, "winter": 1}
"""A month of each season."""


class Value(NamedTuple):
    """A value at `start` to `end` of the cleaned text; `kind` is one of `labels.VALUES`.

    `number` is the sum, percent or count; `word` the currency, or the day, month or year in ISO form; `high` the upper end of a range.
    """

    kind: str
    start: int
    end: int
    number: float
    word: str
    high: float | None = None


def find_values(clean: str, published: date | None) -> list[Value]:
    """Return all values in a cleaned text, kind by kind in text order; `published` is the article's day."""
    money = [Value("money", m.start, m.end, m.amount, m.currency, m.high) for m in find_money(clean)]
    named = _Spans(money)
    cents, centavos = _most_named(money, _WITH_CENTS) or "USD", _most_named(money, _WITH_CENTAVOS)
    for match in _MINOR.finditer(clean):
        if not named.touch(*match.span()):
            currency = _MINOR_OF.get(match["of"] or match["unit"], cents) if match["unit"] or match["c"] else "GBP"
            if (match["unit"] or "").startswith("centavo"):
                currency = centavos
            if currency:
                money.append(Value("money", match.start(), match.end(), round(float(match["number"].replace(",", "")) / 100, 4), currency))
    money += _bare_sums(clean, money)
    days = [Value("when", d.start, d.end, 0.0, d.day.isoformat()) for d in find_days(clean, published) if d.day is not None]
    whens = sorted([*days, *_months_and_years(clean, published, _Spans(days))], key=lambda value: value.start)
    whens = with_years_by_others(clean, whens)
    percents = [Value("percent", m.start(), m.end(), float(m[1]), "") for m in _PERCENT.finditer(clean)]
    taken = _Spans([*(value for value in money if not _BARE.fullmatch(clean, value.start, value.end)), *whens, *percents])
    return [*sorted(money, key=lambda value: value.start), *whens, *percents, *_counts(clean, taken)]


def _bare_sums(clean: str, money: Sequence[Value]) -> list[Value]:
    """Return numbers with a scale and no currency or thing behind them ("a loss of 14 million"), in the currency that a text names nearest before.

    They may count something else; the reader decides whether one is a sum of an event.
    """
    if not money:
        return []
    named, taken = sorted(money, key=lambda value: value.start), _Spans(money)
    starts = [value.start for value in named]
    return [
        Value("money", match.start(), match.end(), round(float(match["number"].replace(",", "")) * _FACTORS[match["scale"]], 2), currency)
        for match in _BARE.finditer(clean)
        if not taken.touch(*match.span()) and (currency := named[max(bisect_left(starts, match.start()) - 1, 0)].word)
    ]


def _most_named(money: Iterable[Value], currencies: AbstractSet[str]) -> str:
    """Return which of some currencies a text names most often, US dollars first; empty if it names none."""
    counts = Counter(value.word for value in money if value.word in currencies)
    return min(counts, key=lambda word: (-counts[word], word != "USD", word), default="")


class _Spans:
    """The places of values, in which overlapping ones are found without a look at each."""

    def __init__(self, values: Iterable[Value]) -> None:
        self._spans = sorted((value.start, value.end) for value in values)
        self._ends = list(accumulate((end for _, end in self._spans), max))  # the furthest end so far

    def touch(self, start: int, end: int) -> bool:
        """Return whether one of them overlaps with a place."""
        before = bisect_left(self._spans, (end, 0))  # those that start before its end
        return before > 0 and self._ends[before - 1] > start


def _months_and_years(clean: str, published: date | None, taken: _Spans) -> Iterator[Value]:
    for match in _WHEN.finditer(clean):
        if taken.touch(*match.span()):
            continue
        told = _told(match, published)
        if told:
            yield Value("when", match.start(), match.end(), 0.0, told)


def _told(match: re.Match[str], published: date | None) -> str:  # noqa: PLR0911 - one for each way to tell a day
    """Return the ISO form of a month, year or relative day, empty where it depends on a day that is missing."""
    if match["year"]:
        return iso_year(int(match["year"]))
    if match["year_of_quarter"]:
        return iso_year(int(match["year_of_quarter"]))
    if match["month"]:
        number = next(at for at, name in enumerate(_MONTHS, start=1) if name.startswith(match["month"][:3].lower()))
        if match["year_of_month"]:
            return iso_month(int(match["year_of_month"]), number)
        return _month_near(number, published) if published else ""
    if published is None:
        return ""
    if match["ago"]:
        return _back(match["ago"], match["unit"], published)
    if match["season"]:
        return _month_near(SEASONS[match["season"]], published)[:4]
    if match["which"]:
        return _which(match["which"].lower(), match["span"].lower(), published)
    return iso_day(shifted_day(published, match["relative"].lower() == "tomorrow"))


def _month_near(number: int, published: date) -> str:
    """Return a month without a year: the latest one, or one up to half a year ahead."""
    ahead = (number - published.month) % 12
    year = published.year + (published.month + ahead - 1) // 12 - (ahead > 6)  # noqa: PLR2004 - half a year
    return iso_month(year, number)


def _back(count: str, unit: str, published: date) -> str:
    number = _SMALL.get(count.lower()) or (int(count) if count.isdigit() else 1)
    if unit.startswith("year"):
        return iso_year(published.year - number)
    if unit.startswith("month"):
        return shifted_month(published, -number)
    days, letters = (7, 7) if unit.startswith("week") else (1, 10)
    return iso_day(shifted_day(published, -number * days))[:letters]


def _which(which: str, span: str, published: date) -> str:
    step = {"this": 0, "next": 1}.get(which, -1)
    if span == "year":
        return iso_year(published.year + step)
    if span == "month":
        return shifted_month(published, step)
    if span == "week":
        return iso_day(shifted_day(published, 7 * step))[:7]
    if span == "quarter":
        return shifted_month(published, 3 * step)[:4]
    number = SEASONS.get(span) or _MONTHS.index(span) + 1
    year = published.year - (number >= published.month) if step < 0 else published.year + (step > 0 and number <= published.month)
    return iso_year(year) if span in SEASONS else iso_month(year, number)


def with_years_by_others(clean: str, whens: Sequence[Value]) -> list[Value]:
    """Return times in text order with those that an earlier one of the text dates: "two years later", "the same year".

    A time that has been read for one of the day of publishing ("four years earlier") is replaced where a year is named before it.
    """
    found: list[Value] = []
    left = deque(whens)
    for match in _BY_OTHER.finditer(clean):
        while left and left[0].end <= match.start():
            found.append(left.popleft())
        if not found or match.start() - found[-1].end > _NEAR:
            continue
        year = iso_year(int(found[-1].word[:4]) + _years_on(match))
        if not year:  # before the year 1 or after 9999
            continue
        while left and left[0].start < match.end():
            left.popleft()
        found.append(Value("when", match.start(), match.end(), 0.0, year))
    return [*found, *left]


def _years_on(match: re.Match[str]) -> int:
    if match["same"]:
        return 0
    if match["next"]:
        return 1
    count = match["count"].lower()
    return (_SMALL.get(count) or int(count)) * (-1 if match["way"] in {"earlier", "before"} else 1)


def _counts(clean: str, taken: _Spans) -> Iterator[Value]:
    for count in find_counts(clean):
        if not taken.touch(count.start, count.end):
            yield Value("count", count.start, count.end, count.number, "")
