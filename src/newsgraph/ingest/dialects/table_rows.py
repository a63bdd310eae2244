"""Rows of tables as records of articles, whatever kind of table they are from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from newsgraph.core.model import Severity
from newsgraph.ingest.field_names import FieldNames, plain_name
from newsgraph.ingest.named_fields import named_record
from newsgraph.ingest.problem_notes import ProblemNotes, quote_value, visible
from newsgraph.ingest.raw_record import RawRecord

_TEXTS = frozenset({"title", "body", "excerpt"})
_SHOWN = 8  # names of columns in a message
_DEEPEST = 8


def row_record(number: int, row: Mapping[str, object], names: FieldNames) -> RawRecord:
    """Return the record of a row; empty cells count as missing, and lists in JSON as lists."""
    cells = {name: value for name, cell in row.items() if (value := _plain(cell)) is not None}
    return named_record(f"item[{number}]", cells, names)


def has_text_column(columns: Sequence[str], names: FieldNames) -> bool:
    """Return whether a table has a column for the title or the text of articles."""
    return any(
        column in _TEXTS or any(path.field in _TEXTS and len(path.path) == 1 for path in names.fields.get(plain_name(column), ()))
        for column in columns
    )


def column_places(columns: Sequence[str], notes: ProblemNotes) -> dict[str, int]:
    """Return the place of each column by its name; of several of one name the first is kept and the others are noted."""
    places: dict[str, int] = {}
    repeated = dict.fromkeys(name for place, name in enumerate(columns) if places.setdefault(name, place) != place)
    for name in filter(None, repeated):
        notes.add(
            quote_value(name).strip('"'), "is the name of more than one column; the first one was kept", "Remove or rename the others"
        )
    return places


def no_title_column(columns: Sequence[str], notes: ProblemNotes, severity: Severity = Severity.DOCUMENT) -> None:
    """Note that no column of a table is a title or a text."""
    shown = visible(", ".join(columns[:_SHOWN])[:200]) or "none"
    notes.add("columns", f"have no title and no text of articles ({shown})", "Name them in a file for --map, such as title: kop", severity)


def _plain(value: object, depth: int = 0) -> object:
    """Return a value of a table in the types of JSON; None if it is empty or of another type."""
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list) and depth < _DEEPEST:
        return [_plain(item, depth + 1) for item in value]
    if isinstance(value, dict) and depth < _DEEPEST:
        return {str(key): _plain(inner, depth + 1) for key, inner in value.items()}
    return str(value) if isinstance(value, Decimal) else value if isinstance(value, int | float) else None


def _of_text(value: str) -> object:
    text = value.strip()
    if text[:1] in {"[", "{"} and text[-1:] in {"]", "}"}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return value
    return value if text else None
