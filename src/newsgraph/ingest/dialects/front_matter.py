"""Markdown, text and YAML files: with the fields of an article at their top, or a headline and a text alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from newsgraph.ingest.dialects.record_lists import records_of
from newsgraph.ingest.encoding import decode, is_visible
from newsgraph.ingest.frontmatter import Page, read_page, read_yaml_file
from newsgraph.ingest.moments import parse_moment
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import MAIN, RawRecord, SourceFile
from newsgraph.ingest.title_line import headline

PAGES = frozenset({".md", ".markdown", ".txt"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=[-_ .])")
_FRONT = re.compile(rb"(?:\xef\xbb\xbf)?(?:---|\+\+\+)[ \t]*\r?\n(?:[^\n]*\n){0,40}?title[ \t]*[:=]", re.IGNORECASE)
YAML = frozenset({".yaml", ".yml"})


def is_page(head: bytes, name: str) -> bool:
    """Return whether a file is a text by its name, or begins with front matter that has a title."""
    extension = PurePosixPath(name).suffix.lower()
    return extension in PAGES or (extension not in YAML and _FRONT.match(head) is not None)


def is_yaml(_head: bytes, name: str) -> bool:
    """Return whether a file is YAML by its name."""
    return PurePosixPath(name).suffix.lower() in YAML


def read_text_page(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Read a text with front matter or without; what its fields do not say, its headline and its name may."""
    text = decode(file.data, notes)
    page = None if text is None else read_page(text, notes)
    if page is None:
        return
    for record in records_of(page.data, file.names, notes, page.body):
        yield _with_headline(_with_day(record, file.name)) if record.part == MAIN else record


def _with_headline(record: RawRecord) -> RawRecord:
    """Return a record that has the first heading of its text as title, or the first line, if it has no title."""
    body, given = record.fields.get("body"), record.fields.get("title")
    has_title = is_visible(given) if isinstance(given, str) else bool(given)
    if has_title or not isinstance(body, str) or not body:
        return record
    title, rest, origin = headline(body)
    return RawRecord(record.part, {**record.fields, "title": title, "body": rest}, {**record.origins, "title": origin}, record.unread)


def _with_day(record: RawRecord, name: str) -> RawRecord:
    """Return a record that has the day at the beginning of its file's name, if it has no date: blogs name their posts so."""
    day = _DAY.match(PurePosixPath(name).name)
    if record.fields.get("publishedDateTime") or day is None or parse_moment(day[0]) is None:
        return record
    fields, origins = {**record.fields, "publishedDateTime": day[0]}, {**record.origins, "publishedDateTime": "file name"}
    return RawRecord(record.part, fields, origins, record.unread)


def read_yaml_page(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read a YAML file of one article or of several."""
    text = decode(file.data, notes)
    return [] if text is None else _records(read_yaml_file(text, notes), file, notes)


def _records(page: Page | None, file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    if page is not None:
        yield from records_of(page.data, file.names, notes, page.body)
