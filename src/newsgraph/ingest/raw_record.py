"""What a dialect reads, and what it makes of it: the bytes of one file, and records whose fields have the names that articles know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from newsgraph.ingest.field_names import FieldNames, shipped_names
from newsgraph.ingest.field_values import Record

MAIN = "main"
"""The part of a record that is the only one of its file."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The bytes of a file, or of whole lines of a feed, and the names that its fields may have."""

    name: str  # path below its input, with `/`
    data: bytes
    first_line: int | None = None  # number of the first line of a piece of a feed, from 0; None for a whole file
    names: FieldNames = field(default_factory=shipped_names)

    @property
    def extension(self) -> str:
        """The end of the name in lower case, with its dot."""
        return PurePosixPath(self.name).suffix.lower()


@dataclass(frozen=True, slots=True)
class RawRecord:
    """The fields of one article before their values are read.

    `part` is `main` for the only record of a file, else its place: `item[3]`, counted from 0. The keys of `fields` are those that
    `article_records.read_record` knows; further keys are kept as they are. `origins` says for a field where its value was found
    ("og:title", "pubDate"); a field that it lacks was found under its own name. `unread` has the names of fields that were not understood.

    >>> RawRecord("item[3]", {"title": "Acme grows"}, {"title": "headline"}).origin("title")
    'headline'
    """

    part: str
    fields: Record
    origins: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def origin(self, name: str) -> str:
        """Return the name under which the value of a field was found."""
        return self.origins.get(name, name)
