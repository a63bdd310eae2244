"""Parse one document into its articles and problems, as a pure function of its bytes."""

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
"""Size limits of a document and of a JSON Lines feed, in bytes."""

Reading = tuple[tuple[Article, ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class DocumentContent:
    """The bytes of a document or of a piece of a feed."""

    source: str  # path below its input, with `/`
    data: bytes  # unpacked
    sha256: str  # of the bytes in the file, in hex; empty if they cannot be read or are too many
    problems: tuple[Problem, ...] = ()
    line: int | None = None  # number of the first line of a piece or a packed feed, from 0; None for a whole document


def fetch(document: Document) -> DocumentContent:
    """Read the bytes of a document; if they cannot be read, that is a problem and not an error."""
    if document.piece is None and document.source.lower().endswith(PACKED):
        return _unpack_to_memory(document)
    limit = document.piece.size - 1 if document.piece else _limit(document.source)
    try:
        with document.path.open("rb") as file:
            file.seek(document.piece.start if document.piece else 0)
            data = file.read(limit + 1)
    except OSError as error:
        what = f"cannot be read: {(error.strerror or type(error).__name__).lower()}"
        problem = Problem(document.source, "document", what, "Grant read access to it, or remove it", Severity.DOCUMENT)
        return DocumentContent(document.source, b"", "", (problem,))
    if document.piece:
        return DocumentContent(document.source, data, hashlib.sha256(data).hexdigest(), line=document.piece.line)
    return DocumentContent(document.source, data, hashlib.sha256(data).hexdigest() if len(data) <= limit else "")


def _unpack_to_memory(document: Document) -> DocumentContent:
    """Unpack a feed into memory; a build unpacks it into a file instead, see `feed_splitter`."""
    lines = io.BytesIO()
    outcome = unpack(document, lines)
    return DocumentContent(document.source, lines.getvalue(), outcome.sha256, outcome.problems, line=0)


def parse_content(content: DocumentContent) -> Reading:
    """Parse the bytes that `fetch` returned."""
    if content.line is None:
        return ((), content.problems) if content.problems else parse_document(content.data, content.source)
    articles, problems = parse_piece(content.data, content.source, content.line)
    return articles, (*content.problems, *problems)


def parse_piece(data: bytes, source: str, line: int) -> Reading:
    """Parse lines of a feed; `line` is the number of the first one in the feed, from 0."""
    notes = ProblemNotes(source)
    text = decode(data, notes) if data.strip() else None
    articles = (
        [] if text is None else [article for number, value in read_json_lines(text, notes, line) for article in _item(value, number, notes)]
    )
    return tuple(articles), tuple(notes.problems)


def read_document(document: Document) -> tuple[tuple[Article, ...], tuple[Problem, ...], str]:
    """Read a file; return its articles, its problems and its SHA-256 as in `DocumentContent`."""
    content = fetch(document)
    return *parse_content(content), content.sha256


def parse_document(data: bytes, source: str) -> Reading:
    """Parse the bytes of a document in the format of the extension of `source`; problems are in the order of their discovery."""
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
    page = read_yaml_file(text, notes) if extension in {".yaml", ".yml"} else read_page(text, notes)
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
