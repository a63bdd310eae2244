"""The fields of a document that were not understood: how often each occurs, and an example of its values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from newsgraph.ingest.problem_notes import quote_value

if TYPE_CHECKING:
    from newsgraph.ingest.raw_record import RawRecord

MOST_NAMES = 200  # of one document: a map with data as keys has a name for each of them
MORE_NAMES = "..."


@dataclass(frozen=True, slots=True)
class UnreadField:
    """A field by the name that it has in a document, the number of its records there, and the first of its values, both shortened.

    Characters that no terminal shows are written as escapes.
    """

    name: str
    count: int
    example: str


def count_unread(record: RawRecord, counts: dict[str, UnreadField]) -> None:
    """Add the fields of a record that were not understood; beyond `MOST_NAMES` names the others are counted together."""
    for name in record.unread:
        shown = quote_value(name)[1:-1]
        known = shown if shown in counts or len(counts) < MOST_NAMES else MORE_NAMES
        if (counted := counts.get(known)) is not None:
            counts[known] = replace(counted, count=counted.count + 1)
        else:
            counts[known] = UnreadField(known, 1, "" if known == MORE_NAMES else quote_value(record.fields.get(name)).strip('"'))
