"""Days, months and years named in a text, as ISO values of their own precision: "in July 2018", "last year", "two weeks ago"."""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from typing import NamedTuple

from newsgraph.extract.text.dates import Day, iso_day, iso_month, iso_year, shifted_day, shifted_month

_MONTH_NAMES = "january february march april may june july august september october november december".split()
_SHORT = {name[:3]: number for number, name in enumerate(_MONTH_NAMES, start=1)}
_NUMBERS = {word: number for number, word in enumerate("a two three four five six seven eight nine ten".split(), start=1)} | {
    "an": 1,
    "one": 1,
}
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_TIME = re.compile(
    rf"\b(?:(?P<month>{_MONTH})\.?(?:,? (?:of )?(?P<year_of_month>(?:19|20)\d\d)\b|(?= |[.,;:)]|$))"
    r"|(?P<year>(?:19|20)\d\d)\b(?!\s?(?:%|percent|people|jobs|workers|units|cars|stores|models?\b)|[-/.,]\d)"
    r"|(?P<relative>(?:(?:earlier|later) )?(?P<which>last|this|next) (?P<unit>week|month|year|spring|summer|autumn|fall|winter))\b"
    r"|(?P<number>a|an|one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3}) (?P<units>day|week|month|year|decade)s? (?P<way>ago|earlier|before)\b"
    r"|(?P<past_year>a year (?:ago|earlier))\b)"
)
# "May" and "March" are months where a preposition or a year is beside them; else they may be verbs.
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:in|since|by|until|till|from|of|early|late|mid|this|last|next|to|through|between|and)|mid-)\s?$", re.IGNORECASE
)
_DAYS = {"day": 1, "week": 7}
_AHEAD = 6  # months: a month without a year that would lie further ahead is read as last year's


class Time(NamedTuple):
    """A time named at `start` to `end` of the cleaned text; `when` is an ISO day, month or year."""

    start: int
    end: int
    when: str


def find_times(clean: str, days: list[Day], published: date | None) -> list[Time]:
    """Return the times named in a cleaned text, in text order; `days` are its days, `published` is the article's date."""
    times = [Time(day.start, day.end, day.day.isoformat()) for day in days if day.day]
    ends = [day.end for day in days]
    for match in _TIME.finditer(clean):
        when = _when(match, clean, published)
        behind = bisect_right(ends, match.start())  # the first day that does not end before it
        if when and (behind == len(days) or days[behind].start >= match.end()):
            times.append(Time(match.start(), match.end(), when))
    return sorted(times)


def _when(match: re.Match[str], clean: str, published: date | None) -> str:
    if match["year"]:
        return iso_year(int(match["year"]))
    if match["month"]:
        return _month(match, clean, published)
    return "" if published is None else _relative(match, published)


def _relative(match: re.Match[str], published: date) -> str:
    """Return the time of words that count from publication: "last year", "two weeks ago"."""
    if match["past_year"]:
        return iso_year(published.year - 1)
    if match["number"]:
        return _ago(match, published)
    step = {"last": -1, "this": 0, "next": 1}[match["which"]]
    if match["unit"] == "week":
        return iso_day(shifted_day(published, 7 * step))[:7]
    if match["unit"] == "month":
        return shifted_month(published, step)
    return iso_year(published.year + step)


def _month(match: re.Match[str], clean: str, published: date | None) -> str:
    number = _SHORT[match["month"][:3].lower()]
    if match["year_of_month"]:
        return iso_month(int(match["year_of_month"]), number)
    if published is None or not _BEFORE_MONTH.search(clean[max(0, match.start() - 10) : match.start()]):
        return ""
    year = published.year - (number - published.month > _AHEAD)
    last = re.search(r"\blast $", clean[max(0, match.start() - 6) : match.start()])
    return iso_month(year - 1 if last and number >= published.month and year == published.year else year, number)


def _ago(match: re.Match[str], published: date) -> str:
    number = int(match["number"]) if match["number"].isdigit() else _NUMBERS[match["number"]]
    unit = match["units"]
    if match["way"] != "ago":
        return ""  # "two years earlier" counts from another time than publication
    if unit in _DAYS:
        then = iso_day(shifted_day(published, -number * _DAYS[unit]))
        return then if unit == "day" else then[:7]
    if unit == "month":
        return shifted_month(published, -number)
    return iso_year(published.year - number * (10 if unit == "decade" else 1))
