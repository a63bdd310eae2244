"""Raw values of fields -> typed values; what cannot be typed is noted and None.

Raw values are what YAML (strings, lists, maps) or JSON (numbers and booleans too) gives.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

from newsgraph.core.canonical_url import address
from newsgraph.ingest.encoding import clean
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of, shown

Record = Mapping[str, object]

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_MOMENT = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)"
    r"(?:(?:[Tt]|\s+)(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,](?P<fraction>\d+))?)?"
    r"\s*(?P<zone>[Zz]|UTC|GMT|[+-]\d\d?(?::?\d\d)?)?)?",
    re.ASCII,
)
_FIRST_YEAR = 1600  # no newspaper is older; 0001-01-01 is how some programs write "no date"
_LARGEST_PICTURE = 1_000_000  # pixels a side
_LINE_BREAKS = re.compile(r"[\n\u2028\u2029]")
_LONGEST_NUMBER = 64  # characters
_NO_TEXT, _NUMBERS = (bool, list, dict), (int, float, str)  # made once: fields are many


def text_of(record: Record, name: str, notes: ProblemNotes) -> str:
    """Give a field as text without outer blanks and control characters; empty where it is missing."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) and isinstance(value, _NO_TEXT):
        notes.add(name, f"is {kind_of(value)} where a text is due", f"Write {name}: and one text in quotes")
        return ""
    text = str(value)
    if text.isprintable():
        return text.strip()
    cleaned = clean(text)
    if len(cleaned) != len(text) - text.count("\r\n"):
        notes.add(name, "holds control characters, which were left out", "Remove them from the text")
    return cleaned.strip()


def line_of(record: Record, name: str, notes: ProblemNotes) -> str:
    """Give a field as text of one line: line breaks become spaces."""
    text = text_of(record, name, notes)
    if text.isprintable():
        return text
    lines = _LINE_BREAKS.split(text)
    return text if len(lines) == 1 else " ".join(filter(None, (line.strip() for line in lines)))


def number_of(record: Record, name: str, notes: ProblemNotes) -> float | None:
    """Give a field as a finite number."""
    value = record.get(name)
    if value is None or value == "":
        return None
    number = _number(value)
    if number is None:
        notes.add(name, f"is {shown(value)}, which is no number", "Write a plain number such as 14 or 0.5")
    return number


def size_of(record: Record, name: str, notes: ProblemNotes) -> int | None:
    """Give a field as a count of pixels."""
    number = number_of(record, name, notes)
    if number is None:
        return None
    if not 0 < number <= _LARGEST_PICTURE or number != int(number):
        notes.add(name, f"is {shown(record.get(name))}, which is no size in pixels", "Write a whole number above 0")
        return None
    return int(number)


def moment_of(record: Record, name: str, notes: ProblemNotes) -> datetime | None:
    """Give a field as a moment in UTC; a date stands for its midnight, a time without zone for UTC."""
    value = record.get(name)
    if value is None or value == "":
        return None
    moment = _moment(value) if isinstance(value, str) else None
    if moment is None:
        notes.add(name, f"is {shown(value)}, which is no date of a news item", "Write it as 2021-11-18T06:32:00Z or 2021-11-18")
    return moment


def link_of(record: Record, name: str, notes: ProblemNotes) -> str | None:
    """Give a field as it stands where it is the address of a web page."""
    text = text_of(record, name, notes)
    if text and address(text) is None:
        notes.add(name, f"is {shown(text)}, which is no web address", "Write a full address that starts with https://")
        return None
    return text or None


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return None
    if isinstance(value, str) and (len(value) > _LONGEST_NUMBER or not _NUMBER.fullmatch(value.strip())):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    return number if math.isfinite(number) else None


def _moment(text: str) -> datetime | None:
    match = _MOMENT.fullmatch(text.strip())
    if match is None or int(match["year"]) < _FIRST_YEAR:
        return None
    *numbers, fraction, zone = match.groups()
    year, month, day, hour, minute, second = [int(number or 0) for number in numbers]
    micro = int((fraction or "")[:6].ljust(6, "0"))
    try:
        return datetime(year, month, day, hour, minute, second, micro, tzinfo=_zone(zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(text: str | None) -> timezone:
    if text is None or text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("00") else (digits, "0")
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if text[0] == "-" else offset)
