"""Documents that people write or print, one article each, and exports of press databases: Word (.docx), PDF with text, RTF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from newsgraph.ingest.documents.pdf_text import pdf_document
from newsgraph.ingest.documents.rich_text import rich_text_document
from newsgraph.ingest.documents.word_document import word_document
from newsgraph.ingest.documents.written_article import MADE, WrittenDocument, written_record
from newsgraph.ingest.press_databases.press_export import export_records, may_be_export
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile

WORD = frozenset({".docx", ".docm"})
PDF = frozenset({".pdf"})
RTF = frozenset({".rtf"})


def is_word(_head: bytes, name: str) -> bool:
    """Return whether a file is a Word document by its name: the first bytes are those of any zip file."""
    return PurePosixPath(name).suffix.lower() in WORD


def is_pdf(head: bytes, name: str) -> bool:
    """Return whether a file is PDF."""
    return PurePosixPath(name).suffix.lower() in PDF or head.startswith(b"%PDF-")


def is_rtf(head: bytes, name: str) -> bool:
    """Return whether a file is RTF; many with the extension .doc are."""
    return PurePosixPath(name).suffix.lower() in RTF or head.startswith(b"{\\rtf")


def read_word(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Read a Word document as one article, or as those that a press database exported into it."""
    return _records(word_document, file, notes)


def read_pdf(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Read a PDF file as one article, or as those that a press database exported into it."""
    return _records(pdf_document, file, notes)


def read_rtf(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Read an RTF file as one article, or as those that a press database exported into it."""
    return _records(rich_text_document, file, notes)


def _is_export(document: WrittenDocument) -> bool:
    return may_be_export("\n".join(document.paragraphs))


def _records(read: Callable[[bytes, ProblemNotes], WrittenDocument | None], file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    document = read(file.data, notes)
    if document is None:
        return
    records = list(export_records("\n\n".join(document.paragraphs), notes)) if _is_export(document) else []
    if records:
        yield from records
        return
    record = written_record(document, file.names)
    if record.origin("publishedDateTime") == MADE:
        what = "is the day on which the file was made: the first lines of its text name none"
        notes.add("publishedDateTime", what, "Write the day of publication on a line below the title")
    yield record
