"""Days named in a text, absolute ("November 18, 2021") or relative to the article's date ("on Thursday", "yesterday")."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import NamedTuple

_MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug", "september sept sep",
         "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
_DATE = re.compile(
    r"\b(?=[\dA-Zlnty])(?:"  # most words fail here
    rf"(?P<m1>{_MONTH})\s(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<y1>(?:19|20)\d\d))?"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{_MONTH})\b(?:,?\s(?P<y2>(?:19|20)\d\d))?"
    r"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)\b"
    r"|(?P<last>last |next )?(?P<weekday>Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b"
    r"|(?P<near>[Tt]oday|[Yy]esterday)\b)"
)
_DIGIT = re.compile(r"\d")
_FAR = 200  # days: a date without a year that would lie further ahead is read as last year's


class Day(NamedTuple):
    """A day named at `start` to `end` of the cleaned text; `day` is None if it depends on an article date that is missing, or is no date."""

    start: int
    end: int
    day: date | None


def find_days(clean: str, published: date | None) -> list[Day]:
    """Return the days named in a cleaned text, in text order; `published` is the article's date."""
    if "day" not in clean and _DIGIT.search(clean) is None:
        return []
    return [Day(match.start(), match.end(), _day(match, published)) for match in _DATE.finditer(clean)]


def _day(match: re.Match[str], published: date | None) -> date | None:
    part = match.groupdict()
    if part["iso"]:
        return _date_or_none(*(int(number) for number in part["iso"].split("-")))
    if part["near"]:
        return published and shifted_day(published, -(part["near"].lower() == "yesterday"))
    if part["weekday"]:
        return _weekday(part["weekday"].lower(), (part["last"] or "").strip(), published)
    month = _MONTHS[(part["m1"] or part["m2"]).rstrip(".").lower()]
    number, year = int(part["d1"] or part["d2"]), part["y1"] or part["y2"]
    if year:
        return _date_or_none(int(year), month, number)
    if published is None:
        return None
    day = _date_or_none(published.year, month, number)
    return _date_or_none(published.year - 1, month, number) if day and (day - published).days > _FAR else day


def _weekday(name: str, which: str, published: date | None) -> date | None:
    """Return the day of a weekday: the latest one up to publication, with "next" the one after it."""
    if published is None:
        return None
    back = (published.weekday() - _WEEKDAYS.index(name)) % 7
    if which == "next":
        return shifted_day(published, 7 - back)
    return shifted_day(published, -(back or (7 if which == "last" else 0)))


def shifted_day(day: date, days: int) -> date | None:
    """Return the day so many days later, None if it is outside the years 1 to 9999.

    >>> shifted_day(date(2021, 3, 1), -1)
    datetime.date(2021, 2, 28)
    """
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def iso_day(day: date | None) -> str:
    """Return a day in ISO 8601, an empty text for None."""
    return "" if day is None else day.isoformat()


def iso_year(year: int) -> str:
    """Return a year in ISO 8601, an empty text if it is outside the years 1 to 9999."""
    return f"{year:04}" if MINYEAR <= year <= MAXYEAR else ""


def iso_month(year: int, month: int) -> str:
    """Return a month in ISO 8601, an empty text if it is outside the years 1 to 9999."""
    return iso_year(year) and f"{year:04}-{month:02}"


def shifted_month(day: date, months: int) -> str:
    """Return the month so many months after that of a day, in ISO 8601."""
    at = day.year * 12 + day.month - 1 + months
    return iso_month(at // 12, at % 12 + 1)


def _date_or_none(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
