"""Parse one document into its articles and problems, as a pure function of its bytes."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

from newsgraph.core.errors import NewsgraphError
from newsgraph.core.model import Article, Problem, Severity
from newsgraph.core.program_faults import REPORT_IT, fault
from newsgraph.ingest.article_records import read_record
from newsgraph.ingest.dialects.dialect import MB, Dialect
from newsgraph.ingest.dialects.registry import dialect_of, most_bytes
from newsgraph.ingest.document_finder import PACKED, Document
from newsgraph.ingest.field_names import FieldNames, shipped_names
from newsgraph.ingest.field_origins import FieldOrigin, field_origins
from newsgraph.ingest.gzip_feed import unpack
from newsgraph.ingest.losses import NO_LOSSES, Losses, losses_of
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile
from newsgraph.ingest.unread_fields import UnreadField, count_unread


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What one document gives: its articles and its problems, the name of its dialect, the fields that were not understood, and losses."""

    articles: tuple[Article, ...] = ()
    problems: tuple[Problem, ...] = ()
    dialect: str = ""  # empty if the document was not read
    unread: tuple[UnreadField, ...] = ()
    losses: Losses = NO_LOSSES


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
    limit = document.piece.size - 1 if document.piece else most_bytes(document.source)
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


def parse_content(content: DocumentContent, names: FieldNames | None = None) -> DocumentReading:
    """Parse the bytes that `fetch` returned; `names` are those that fields may have, the shipped ones if it is None."""
    if content.line is None and content.problems:
        return DocumentReading(problems=content.problems, losses=losses_of(content.problems))
    file = SourceFile(content.source, content.data, content.line, names or shipped_names())
    reading = read_file(file)
    if not content.problems:
        return reading
    losses = losses_of(content.problems) + reading.losses
    return replace(reading, problems=(*content.problems, *reading.problems), losses=losses)


def inspect_content(
    content: DocumentContent, names: FieldNames | None, most_items: int
) -> tuple[DocumentReading, list[tuple[str, tuple[FieldOrigin, ...]]]]:
    """Parse like `parse_content`; return also the parts of the first `most_items` records, each with its fields and where they are from."""
    reading = parse_content(content, names)
    if content.line is None and content.problems:
        return reading, []
    file = SourceFile(content.source, content.data, content.line, names or shipped_names())
    notes = ProblemNotes(file.name)
    items: list[tuple[str, tuple[FieldOrigin, ...]]] = []
    with _noted_faults(notes):
        for record, articles in islice(read_records(file, file_dialect(file, notes), notes), most_items):
            items.append((record.part, tuple(field_origins(record, _main(record, articles)))))
    return reading, items


def _main(record: RawRecord, articles: list[Article]) -> Article | None:
    """Return the article of a record among those that it gave; the others are related ones."""
    return next((article for article in articles if article.part == record.part), None)


def read_document(document: Document) -> tuple[tuple[Article, ...], tuple[Problem, ...], str]:
    """Read a file; return its articles, its problems and its SHA-256 as in `DocumentContent`."""
    content = fetch(document)
    reading = parse_content(content)
    return reading.articles, reading.problems, content.sha256


def parse_document(data: bytes, source: str) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Parse the bytes of a document whose path below its input is `source`; problems are in the order of their discovery."""
    reading = read_file(SourceFile(source, data))
    return reading.articles, reading.problems


def read_file(file: SourceFile) -> DocumentReading:
    """Read a file in its dialect."""
    notes = ProblemNotes(file.name)
    dialect: Dialect | None = None
    articles: list[Article] = []
    unread: dict[str, UnreadField] = {}
    with _noted_faults(notes):
        dialect = file_dialect(file, notes)
        for record, of_record in read_records(file, dialect, notes):
            articles += of_record
            count_unread(record, unread)
    return DocumentReading(tuple(articles), tuple(notes.problems), dialect.name if dialect else "", tuple(unread.values()), notes.losses())


@contextmanager
def _noted_faults(notes: ProblemNotes) -> Iterator[None]:
    """End the block, with a problem of the document, at an error that nobody foresaw: what was read before it is kept.

    Raises NewsgraphError and MemoryError: they do not depend on one document.
    """
    try:
        yield
    except (NewsgraphError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, other documents are read
        notes.add("", f"cannot be read further: {fault(error)}", REPORT_IT, Severity.DOCUMENT)


def file_dialect(file: SourceFile, notes: ProblemNotes) -> Dialect | None:
    """Return the dialect of a file; None, with a problem, if no dialect knows it."""
    dialect = dialect_of(file.data, file.name)
    if dialect is None:
        notes.add("", "is in no form of news that newsgraph knows", "Remove it, or turn it into JSON Lines or CSV", Severity.DOCUMENT)
    return dialect


def read_records(file: SourceFile, dialect: Dialect | None, notes: ProblemNotes) -> Iterator[tuple[RawRecord, list[Article]]]:
    """Yield the records of a file with the articles of each; a problem says why there is none."""
    if dialect is None:
        return
    if command := dialect.missing():
        notes.add("", f"is {dialect.name}, for which a library is missing", f"Install it: {command}", Severity.DOCUMENT)
        return
    if len(file.data) > dialect.most_bytes:
        notes.add("", f"is larger than {dialect.most_bytes // MB} MB", "Split it into smaller files", Severity.DOCUMENT)
        return
    any_article = False
    for record in dialect.read(file, notes):
        articles = read_record(record, notes)
        any_article = any_article or bool(articles)
        yield record, articles
    if not any_article and not notes.problems and file.first_line is None:
        notes.add("", "holds no article", "Remove it, or write an article into it", Severity.DOCUMENT)
