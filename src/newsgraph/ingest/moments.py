"""Times of publication in the forms that news files have, as times in UTC. None of them depends on the clock or on the place of the reader."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

FIRST_YEAR, LAST_YEAR = 1600, 2099
"""No newspaper is older, and some programs write 0001-01-01 or 9999-12-31 for "no date"; no clock says what is the future."""
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d\d?(?::?\d\d)?)?)?",
    re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_CLOCK = (
    r"(?:(?:,|\sat|\s-)?[\sT]+(?P<hour>\d\d?)(?::(?P<minute>\d\d))?(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?P<zone>[a-z]{1,5}|[+-]\d\d?(?::?\d\d)?)?(?:\s*\([a-z ]{1,40}\))?)?"
)
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+)?"
_FORMS = tuple(
    re.compile(form, re.ASCII | re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}(?P<day>\d\d?)(?:st|nd|rd|th)?(?:\s+|-|\.\s?){_MONTH}(?:,?\s+|-)(?P<year>\d{{4}}|\d\d){_CLOCK}",  # RFC 822, 3 February 2025
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_CLOCK}",  # Feb 3, 2025
        rf"{_WEEKDAY}{_MONTH}\s+(?P<day>\d\d?)\s+(?P<hour>\d\d?):(?P<minute>\d\d):(?P<second>\d\d)(?:\s+(?P<zone>[a-z]{{3,5}}))?\s+(?P<year>\d{{4}})",
        rf"(?P<year>\d{{4}})[/.](?P<month>\d\d?)[/.](?P<day>\d\d?){_CLOCK}",  # 2025/02/03
        r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?(?:[.,](?P<fraction>\d+))?\s*(?P<zone>Z|[+-]\d\d:?\d\d)?)?",
        rf"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{{4}}){_CLOCK}",  # 3.2.2025: with full stops the day is first
        rf"(?P<day>1[3-9]|2\d|3[01])[/-](?P<month>\d\d?)[/-](?P<year>\d{{4}}){_CLOCK}",  # 23/02/2025: only one order fits
        rf"(?P<month>\d\d?)[/-](?P<day>1[3-9]|2\d|3[01])[/-](?P<year>\d{{4}}){_CLOCK}",
        rf"(?P<day>\d\d?)[/-](?P<month>(?P=day))[/-](?P<year>\d{{4}}){_CLOCK}",  # 03/03/2025
    )
)
_AMBIGUOUS = re.compile(r"\d\d?[/-]\d\d?[/-]\d{4}(?:\D.*)?", re.ASCII | re.DOTALL)
_OFFSETS = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 60, "cet": 60, "cest": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180,
    "est": -300, "edt": -240, "et": -300, "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "pt": -480, "jst": 540, "sgt": 480,
    "hkt": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
}  # fmt: skip
"""Time zones by name, in minutes east of Greenwich; those that mean several places (IST, BST) are missing."""
_SECONDS = (86_400_000, 4_102_444_800)  # 1972 to 2099; below are numbers that mean something else
_THOUSAND = 1000
_LONGEST = 80  # characters
_TWO_DIGITS, _CENTURY, _TURN = 100, 1900, 70
_NOON, _DATE_PARTS, _TIME_PARTS = 12, 3, 6


def parse_moment(value: object) -> datetime | None:
    """Return the time that a value means, in UTC; None if it means none, or several.

    It may be a text in the forms of ISO 8601, RFC 822 and RFC 2822, `asctime`, "Feb 3, 2025", "3 February 2025", "2025/02/03" and "3.2.2025";
    a number of seconds or milliseconds since 1970; or a list of year, month, day and more, as `time.struct_time` has them. A day means its
    midnight, and a time without a zone is in UTC. "03/02/2025" means two days and is none.

    >>> parse_moment("Mon, 03 Feb 2025 09:30:00 +0100").isoformat(), parse_moment(1738571400).isoformat()
    ('2025-02-03T08:30:00+00:00', '2025-02-03T08:30:00+00:00')
    """
    if isinstance(value, str):
        text = value.strip()
        match = _ISO.fullmatch(text)
        return _moment(match) if match else _other_form(text)
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _since_1970(value)
    if isinstance(value, list | tuple):
        return _of_parts(value)
    return None


def is_ambiguous(text: str) -> bool:
    """Return whether a text is a date of which nobody knows the order: "03/02/2025"."""
    return parse_moment(text) is None and bool(_AMBIGUOUS.fullmatch(text.strip()))


def _other_form(text: str) -> datetime | None:
    if len(text) > _LONGEST:
        return None
    if text.isascii() and text.isdigit() and len(text) in {10, 13}:
        return _since_1970(int(text))
    spaced = " ".join(text.split())
    return next((_moment(match) for form in _FORMS if (match := form.fullmatch(spaced))), None)


def _since_1970(number: float) -> datetime | None:
    if not abs(number) < _SECONDS[1] * _THOUSAND:  # which a NaN is not either
        return None
    seconds = number if abs(number) < _SECONDS[1] else number / _THOUSAND
    if not _SECONDS[0] <= seconds < _SECONDS[1]:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)


def _of_parts(parts: Sequence[object]) -> datetime | None:
    numbers = [part for part in parts[:_TIME_PARTS] if isinstance(part, int) and not isinstance(part, bool)]
    if len(numbers) < _DATE_PARTS or len(numbers) < min(len(parts), _TIME_PARTS) or not FIRST_YEAR <= numbers[0] <= LAST_YEAR:
        return None
    try:
        year, month, day, hour, minute, second = (*numbers, 0, 0, 0)[:_TIME_PARTS]
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _moment(match: re.Match[str]) -> datetime | None:
    parts = match.groupdict()
    year, hour = int(parts["year"]), int(parts["hour"] or 0)
    if year < _TWO_DIGITS and len(parts["year"]) == len("25"):
        year += _CENTURY if year >= _TURN else _CENTURY + _TWO_DIGITS
    if half := parts.get("half"):
        hour = hour % _NOON + (_NOON if half[0] in "pP" else 0)
    zone = _zone(parts["zone"])
    if not FIRST_YEAR <= year <= LAST_YEAR or zone is None:
        return None
    month = parts["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month.lower()) + 1
    micro = int((parts["fraction"] or "")[:6].ljust(6, "0")) if "fraction" in parts else 0
    try:
        return datetime(
            year, number, int(parts["day"]), hour, int(parts["minute"] or 0), int(parts["second"] or 0), micro, tzinfo=zone
        ).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone | None:
    """Return the zone of an offset or a name; UTC without one, None if the name is not known."""
    if text is None or text in {"Z", "UTC", "GMT"}:
        return UTC
    if text[0] not in "+-":
        minutes = _OFFSETS.get(text.lower())
        return None if minutes is None else timezone(timedelta(minutes=minutes))
    digits = text[1:].replace(":", "")
    hours, rest = (digits[:-2], digits[-2:]) if len(digits) > len("00") else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(rest))
    try:
        return timezone(-offset if text[0] == "-" else offset)
    except ValueError:
        return None
