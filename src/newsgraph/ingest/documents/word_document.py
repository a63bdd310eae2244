"""Read Word documents (.docx); the only place that knows python-docx."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from newsgraph.core.model import Severity
from newsgraph.ingest.documents.written_article import WrittenDocument
from newsgraph.ingest.problem_notes import ProblemNotes

MAX_UNPACKED = 200_000_000  # bytes of all parts of a document
MAX_RATIO = 400  # unpacked bytes for each packed one; text shrinks to a tenth
MAX_PARAGRAPHS = 20_000
_TRUSTED = 20_000_000  # unpacked bytes that are allowed whatever the ratio
_TITLES = ("Title", "Heading 1", "Heading 2")  # styles of a title, the surest first
_TEMPLATE_YEAR = 2013  # of the document that python-docx makes others from
_SAVE_AGAIN = "Save it again as .docx or PDF with text"
_OLE = b"\xd0\xcf\x11\xe0"  # of an encrypted document, and of the .doc format


def word_document(data: bytes, notes: ProblemNotes) -> WrittenDocument | None:
    """Return a Word document's paragraphs and properties; None, with a problem, if it cannot be read.

    Raises ImportError where the extra `documents` is missing.
    """
    if what := _why_not(data):
        notes.add("", *what, Severity.DOCUMENT)
        return None
    import docx  # noqa: PLC0415 - an extra

    try:
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document))
        properties, made = _properties(document.core_properties)
    except Exception as error:  # noqa: BLE001 - the library raises whatever a broken part makes it raise
        notes.add("", f"is a Word document that cannot be read: {type(error).__name__}", _SAVE_AGAIN, Severity.DOCUMENT)
        return None
    texts = [text for _, text in paragraphs]
    if not any(texts):
        notes.add("", "is a Word document without a text", "Save it with its text, or remove it", Severity.DOCUMENT)
        return None
    title = next((text for style in _TITLES for name, text in paragraphs if name == style and text), "")
    return WrittenDocument(texts, title, properties, made)


def _why_not(data: bytes) -> tuple[str, str] | None:
    """Return why a file is no Word document that may be opened, and what to do."""
    if data.startswith(_OLE):
        return "is an encrypted Word document, or one of Word before 2007", "Save it as .docx without a password"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError):
        return "is not a Word document: it is no zip file, or a broken one", _SAVE_AGAIN
    if size > MAX_UNPACKED or size > max(_TRUSTED, MAX_RATIO * len(data)):
        return "unpacks to more than a document is read with", "Save only its text"
    return None


def _paragraphs(document: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - of a library that is an extra
    """Yield the style and the text of each paragraph; the cells of a row of a table are one paragraph."""
    for number, block in enumerate(document.iter_inner_content()):
        if number >= MAX_PARAGRAPHS:
            return
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)  # a merged cell is given for each column
                yield "", " | ".join(filter(None, cells))
        else:
            style = block.style
            yield str(style.name if style is not None else ""), " ".join(block.text.split())


def _properties(core: Any) -> tuple[dict[str, str], str]:  # noqa: ANN401
    """Return the properties of a document under the names that articles have, and the time at which it was made."""
    names = {"title": "title", "author": "author", "keywords": "keywords", "category": "section", "language": "language"}
    values = {name: str(getattr(core, key) or "").strip() for key, name in names.items()}
    if values["author"] == "python-docx":
        values["author"] = ""
    created = core.created
    made = created.isoformat() if isinstance(created, datetime) and created.year != _TEMPLATE_YEAR else ""
    return {name: value for name, value in values.items() if value}, made
