"""One document -> its articles and what is wrong with it: a pure function of its bytes."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import PurePosixPath

from newsgraph.core.model import Article, Problem, Severity
from newsgraph.ingest.article_records import read_record
from newsgraph.ingest.document_finder import PACKED, Document
from newsgraph.ingest.encoding import decode
from newsgraph.ingest.frontmatter import Page, read_page, read_yaml_file
from newsgraph.ingest.gzip_feed import unpack
from newsgraph.ingest.json_records import read_json, read_json_lines
from newsgraph.ingest.problem_notes import ProblemNotes

_MB = 1_000_000
MAX_BYTES = 20 * _MB
MAX_FEED_BYTES = 200 * _MB
"""Largest document, and largest JSON Lines feed, in bytes."""

Reading = tuple[tuple[Article, ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """The bytes of a document or of a piece of it, which begins at `line`.

    `sha256` is that of the bytes as they lie on the disk, in hex, empty where they cannot be read or are too many.
    """

    source: str
    data: bytes
    sha256: str
    problems: tuple[Problem, ...] = ()
    line: int | None = None


def fetch(document: Document) -> DocumentContent:
    """Read the bytes of a document; what keeps them from being read is a problem. Raises for no content and no file."""
    if document.piece is None and document.source.lower().endswith(PACKED):
        return _unpacked(document)
    limit = document.piece.size - 1 if document.piece else _limit(document.source)
    try:
        with document.path.open("rb") as file:
            file.seek(document.piece.start if document.piece else 0)
            data = file.read(limit + 1)
    except OSError as error:
        what = f"cannot be read: {(error.strerror or type(error).__name__).lower()}"
        problem = Problem(document.source, "document", what, "Give the right to read it, or remove it", Severity.DOCUMENT)
        return DocumentContent(document.source, b"", "", (problem,))
    if document.piece:
        return DocumentContent(document.source, data, hashlib.sha256(data).hexdigest(), line=document.piece.line)
    return DocumentContent(document.source, data, hashlib.sha256(data).hexdigest() if len(data) <= limit else "")


def _unpacked(document: Document) -> DocumentContent:
    """Read a packed feed into memory; a build spools it instead, see `feed`."""
    expanded = io.BytesIO()
    told = unpack(document, expanded)
    return DocumentContent(document.source, expanded.getvalue(), told.sha256, told.problems, line=0)


def parse_content(content: DocumentContent) -> Reading:
    """Read the articles of a document that was fetched."""
    if content.line is None:
        return ((), content.problems) if content.problems else parse_document(content.data, content.source)
    articles, problems = parse_piece(content.data, content.source, content.line)
    return articles, (*content.problems, *problems)


def parse_piece(data: bytes, source: str, line: int) -> Reading:
    """Read lines of a feed, of which the first has the number `line`, from 0."""
    notes = ProblemNotes(source)
    text = decode(data, notes) if data.strip() else None
    articles = [] if text is None else [one for at, value in read_json_lines(text, notes, line) for one in _item(value, at, notes)]
    return tuple(articles), tuple(notes.problems)


def read_document(document: Document) -> tuple[tuple[Article, ...], tuple[Problem, ...], str]:
    """Read a file: articles, problems and the SHA-256 of its bytes in hex; see `DocumentContent`."""
    content = fetch(document)
    return *parse_content(content), content.sha256


def parse_document(data: bytes, source: str) -> Reading:
    """Read the bytes of a document; the extension of `source` tells the format. Problems stand in the order of finding."""
    notes = ProblemNotes(source)
    limit = _limit(source)
    if len(data) > limit:
        notes.add("", f"is larger than {limit // _MB} MB", "Split it into smaller files", Severity.DOCUMENT)
        return (), tuple(notes.problems)
    text = decode(data, notes)
    articles = [] if text is None else _articles(text, notes)
    return tuple(articles), tuple(notes.problems)


def _limit(source: str) -> int:
    return MAX_FEED_BYTES if _extension(source) == ".jsonl" else MAX_BYTES


def _extension(source: str) -> str:
    return PurePosixPath(source).suffix.lower()


def _articles(text: str, notes: ProblemNotes) -> list[Article]:
    extension = _extension(notes.source)
    if extension == ".jsonl":
        return [article for number, value in read_json_lines(text, notes) for article in _item(value, number, notes)]
    if extension == ".json":
        before = len(notes.problems)
        data = read_json(text, notes)
        unread = data is None and len(notes.problems) > before
        return [] if unread else _of_page(Page(data, ""), notes)
    read = read_yaml_file if extension in {".yaml", ".yml"} else read_page
    page = read(text, notes)
    return [] if page is None else _of_page(page, notes)


def _of_page(page: Page, notes: ProblemNotes) -> list[Article]:
    if not isinstance(page.data, list):
        return read_record(page.data, notes, "main", alone=True, body=page.body)
    if not page.data:
        notes.add("", "is an empty list", "Remove the file, or write articles into it", Severity.DOCUMENT)
    return [article for number, item in enumerate(page.data) for article in _item(item, number, notes)]


def _item(value: object, number: int, notes: ProblemNotes) -> list[Article]:
    place = f"item[{number}]"
    return read_record(value, notes.at(place), place, alone=False)
