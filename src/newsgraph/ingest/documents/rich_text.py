"""Read RTF files, in which older programs and press databases save texts; the only place that knows striprtf."""

from __future__ import annotations

from newsgraph.core.model import Severity
from newsgraph.ingest.documents.written_article import WrittenDocument
from newsgraph.ingest.encoding import clean
from newsgraph.ingest.problem_notes import ProblemNotes


def rich_text_document(data: bytes, notes: ProblemNotes) -> WrittenDocument | None:
    """Return the paragraphs of an RTF file; None, with a problem, if it has none.

    Raises ImportError where the extra `documents` is missing.
    """
    from striprtf.striprtf import rtf_to_text  # noqa: PLC0415 - an extra

    try:
        text = clean(rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call] # of a library without types
    except Exception as error:  # noqa: BLE001 - the library raises whatever a broken part makes it raise
        notes.add("", f"is RTF that cannot be read: {type(error).__name__}", "Save it again as .docx or text", Severity.DOCUMENT)
        return None
    paragraphs = [" ".join(line.split()) for line in text.split("\n")]
    if not any(paragraphs):
        notes.add("", "is RTF without a text", "Save it with its text, or remove it", Severity.DOCUMENT)
        return None
    return WrittenDocument([line for line in paragraphs if line])
