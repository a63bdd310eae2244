"""The records of a tree of maps, lists and texts, as YAML and JSON hold them: one article, or a list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from newsgraph.core.model import Severity
from newsgraph.ingest.field_names import FieldNames
from newsgraph.ingest.named_fields import named_record
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of
from newsgraph.ingest.raw_record import MAIN, RawRecord

_NO_MAP = "Write fields such as title: and webUrl:"


def records_of(tree: object, names: FieldNames, notes: ProblemNotes, body: str = "") -> Iterator[RawRecord]:
    """Yield the records of a whole file; `body` is the text of its only article, if it is outside the tree."""
    if not isinstance(tree, list):
        record = record_of(tree, MAIN, names, notes)
        if record is not None:
            yield with_body(record, body) if body else record
        return
    if not tree:
        notes.add("", "is an empty list", "Remove the file, or write articles into it", Severity.DOCUMENT)
    for number, item in enumerate(tree):
        record = item_of(item, number, names, notes)
        if record is not None:
            yield record


def item_of(value: object, number: int, names: FieldNames, notes: ProblemNotes) -> RawRecord | None:
    """Return the record of one item of a list or one line of a feed; None, with a problem, if it is no map."""
    place = f"item[{number}]"
    return record_of(value, place, names, notes.at(place), Severity.ARTICLE)


def record_of(value: object, part: str, names: FieldNames, notes: ProblemNotes, lost: Severity = Severity.DOCUMENT) -> RawRecord | None:
    """Return the record of a map; None, with a problem at the place of `notes`, if the value is no map."""
    if isinstance(value, Mapping):
        return named_record(part, value, names)
    notes.add("", f"is {kind_of(value)}, not a map of fields", _NO_MAP, lost)
    return None


def with_body(record: RawRecord, body: str) -> RawRecord:
    """Return a record with a text that was found outside its fields; it goes before a field of the record."""
    return RawRecord(record.part, {**record.fields, "body": body}, {**record.origins, "body": "the text"}, record.unread)
