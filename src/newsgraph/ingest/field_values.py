"""Turn the raw values of fields into typed ones; a value that does not fit is noted as a problem and becomes None.

Raw values are those of YAML (strings, lists, maps) or JSON (also numbers and booleans).
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import datetime

from newsgraph.core.canonical_url import address
from newsgraph.core.limits import ADDRESS_CHARACTERS
from newsgraph.ingest.encoding import clean, is_visible
from newsgraph.ingest.field_budgets import is_too_long
from newsgraph.ingest.moments import is_ambiguous, parse_moment
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of, quote_value

Record = Mapping[str, object]

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_LARGEST_PICTURE = 1_000_000  # pixels a side
_LINE_BREAKS = re.compile(r"[\n\u2028\u2029]")
_LONGEST_NUMBER = 64  # characters
_NO_TEXT, _NUMBERS = (bool, list, dict), (int, float, str)  # made once, for speed


def text_of(record: Record, name: str, notes: ProblemNotes) -> str:
    """Return a field as text without control characters and without white space at its ends; empty if it is missing."""
    value = record.get(name)
    if value is None:
        return ""
    if not isinstance(value, str) and isinstance(value, _NO_TEXT):
        notes.add(name, f"is {kind_of(value)}, not a text", f"Write {name}: and one text in quotes")
        return ""
    text = str(value)
    if text.isprintable():
        return text.strip()
    cleaned = clean(text)
    if len(cleaned) != len(text) - text.count("\r\n"):
        notes.add(name, "contains control characters, which were left out", "Remove them from the text")
    return cleaned.strip() if is_visible(cleaned) else ""


def line_of(record: Record, name: str, notes: ProblemNotes) -> str:
    """Return a field as text of one line; line breaks become spaces."""
    text = text_of(record, name, notes)
    if text.isprintable():
        return text
    lines = _LINE_BREAKS.split(text)
    return text if len(lines) == 1 else " ".join(filter(None, (line.strip() for line in lines)))


def number_of(record: Record, name: str, notes: ProblemNotes) -> float | None:
    """Return a field as a finite number."""
    value = record.get(name)
    if value is None or value == "":
        return None
    number = _number(value)
    if number is None:
        notes.add(name, f"is {quote_value(value)}, which is not a number", "Write a plain number such as 14 or 0.5")
    return number


def size_of(record: Record, name: str, notes: ProblemNotes) -> int | None:
    """Return a field as a number of pixels."""
    number = number_of(record, name, notes)
    if number is None:
        return None
    if not 0 < number <= _LARGEST_PICTURE or number != int(number):
        notes.add(name, f"is {quote_value(record.get(name))}, which is not a size in pixels", "Write a whole number above 0")
        return None
    return int(number)


def moment_of(record: Record, name: str, notes: ProblemNotes) -> datetime | None:
    """Return a field as a time in UTC, in any form of `moments.parse_moment`."""
    value = record.get(name)
    if value is None or value == "":
        return None
    moment = parse_moment(value)
    if moment is None and isinstance(value, str) and is_ambiguous(value):
        notes.add(name, f"is {quote_value(value)}, which may be two different days", "Write it as 2021-11-18")
    elif moment is None:
        notes.add(name, f"is {quote_value(value)}, which is not a date of a news item", "Write it as 2021-11-18T06:32:00Z or 2021-11-18")
    return moment


def link_of(record: Record, name: str, notes: ProblemNotes) -> str | None:
    """Return a field as written if it is the address of a web page."""
    text = text_of(record, name, notes)
    if is_too_long(text, ADDRESS_CHARACTERS, name, notes):
        return None
    if text and address(text) is None:
        notes.add(name, f"is {quote_value(text)}, which is not a web address", "Write a full address that starts with https://")
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
