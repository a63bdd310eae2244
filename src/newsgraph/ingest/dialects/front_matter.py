"""Markdown, text and YAML files with the fields of an article at their top."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from newsgraph.ingest.dialects.record_lists import records_of
from newsgraph.ingest.encoding import decode
from newsgraph.ingest.frontmatter import Page, read_page, read_yaml_file
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile

PAGES = frozenset({".md", ".markdown", ".txt"})
YAML = frozenset({".yaml", ".yml"})


def is_page(_head: bytes, name: str) -> bool:
    """Return whether a file is a text by its name."""
    return PurePosixPath(name).suffix.lower() in PAGES


def is_yaml(_head: bytes, name: str) -> bool:
    """Return whether a file is YAML by its name."""
    return PurePosixPath(name).suffix.lower() in YAML


def read_text_page(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read a text with front matter."""
    text = decode(file.data, notes)
    return [] if text is None else _records(read_page(text, notes), file, notes)


def read_yaml_page(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read a YAML file of one article or of several."""
    text = decode(file.data, notes)
    return [] if text is None else _records(read_yaml_file(text, notes), file, notes)


def _records(page: Page | None, file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    if page is not None:
        yield from records_of(page.data, file.names, notes, page.body)
