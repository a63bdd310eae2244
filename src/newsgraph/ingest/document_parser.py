"""Parse one document into its articles and problems, as a pure function of its bytes."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, replace

from newsgraph.core.model import Article, Problem, Severity
from newsgraph.ingest.article_records import read_record
from newsgraph.ingest.dialects.dialect import MB
from newsgraph.ingest.dialects.registry import dialect_of, most_bytes
from newsgraph.ingest.document_finder import PACKED, Document
from newsgraph.ingest.field_names import FieldNames, shipped_names
from newsgraph.ingest.gzip_feed import unpack
from newsgraph.ingest.losses import NO_LOSSES, Losses, losses_of
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import SourceFile
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
    dialect = dialect_of(file.data, file.name)
    if dialect is None:
        notes.add("", "is in no form of news that newsgraph knows", "Remove it, or turn it into JSON Lines or CSV", Severity.DOCUMENT)
        return DocumentReading(problems=tuple(notes.problems), losses=notes.losses())
    if command := dialect.missing():
        notes.add("", f"is {dialect.name}, for which a library is missing", f"Install it: {command}", Severity.DOCUMENT)
        return DocumentReading((), tuple(notes.problems), dialect.name, losses=notes.losses())
    if len(file.data) > dialect.most_bytes:
        notes.add("", f"is larger than {dialect.most_bytes // MB} MB", "Split it into smaller files", Severity.DOCUMENT)
        return DocumentReading((), tuple(notes.problems), dialect.name, losses=notes.losses())
    articles: list[Article] = []
    unread: dict[str, UnreadField] = {}
    for record in dialect.read(file, notes):
        articles += read_record(record, notes)
        count_unread(record, unread)
    if not articles and not notes.problems and file.first_line is None:
        notes.add("", "holds no article", "Remove it, or write an article into it", Severity.DOCUMENT)
    return DocumentReading(tuple(articles), tuple(notes.problems), dialect.name, tuple(unread.values()), notes.losses())
