"""Articles that a press database exported as text: Nexis and Factiva. Their Word documents, RTF and HTML are read by the dialects of these."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from newsgraph.ingest.dialects.front_matter import read_text_page
from newsgraph.ingest.encoding import decode, decode_start
from newsgraph.ingest.press_databases.press_export import export_records, may_be_export
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile

TEXT = frozenset({".txt", ".text"})


def is_text_export(head: bytes, name: str) -> bool:
    """Return whether a text begins like an export."""
    return PurePosixPath(name).suffix.lower() in TEXT and may_be_export(decode_start(head))


def read_text_export(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Read the articles of an export; a text that only began like one is read as a text."""
    text = decode(file.data, notes)
    if text is None:
        return
    records = list(export_records(text, notes))
    yield from records or read_text_page(file, ProblemNotes(file.name) if notes.problems else notes)
