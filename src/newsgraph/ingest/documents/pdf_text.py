"""Read the text of PDF files; the only place that knows pypdf."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from newsgraph.core.model import Severity
from newsgraph.ingest.documents.written_article import WrittenDocument
from newsgraph.ingest.encoding import clean
from newsgraph.ingest.moments import parse_moment
from newsgraph.ingest.problem_notes import ProblemNotes

MAX_PAGES = 300
MAX_TEXT = 5_000_000  # characters
_REPEATED = 3  # pages on which a first or last line stands again that is no text
_EDGE = 2  # lines at the top and at the bottom of a page
_FULL = 0.8  # of the usual length of a line, below which one that ends a sentence ends a paragraph
_LEAST_TITLE, _MOST_TITLE = 3, 40  # words
_MOST_TITLE_LINES = 5
_PAGE_NUMBER = re.compile(r"\W*(?:page|seite|p\.)?\s*\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)\]]*$")
_HYPHEN = re.compile(r"(?<=[a-zß-ÿ])-$")
_PRINTED = re.compile(r"(?:.*\s)?((?:https?|file)://\S+)\s+\d+/\d+")  # at the foot of a page that a browser printed
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?")
_SAVE_AGAIN = "Save it again as PDF with text"


def pdf_document(data: bytes, notes: ProblemNotes) -> WrittenDocument | None:
    """Return a PDF file's paragraphs and properties; None, with a problem, if it is encrypted, broken or without text.

    Raises ImportError where the extra `documents` is missing.
    """
    import pypdf  # noqa: PLC0415 - an extra

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every small fault; what is lost is noted here
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not _opens(reader):
            notes.add("", "is encrypted", "Save it without a password", Severity.DOCUMENT)
            return None
        if len(reader.pages) > MAX_PAGES:
            notes.add("body", f"has {len(reader.pages)} pages, of which the first {MAX_PAGES} were read", "Save only the article")
        pages, title = _pages(reader)
        information = reader.metadata
        properties = {name: _information(information, f"/{name.title()}") for name in ("title", "author", "keywords")}
        properties["link"] = _printed_link(pages)
        made = _made(_information(information, "/CreationDate"))
    except Exception as error:  # noqa: BLE001 - the library raises whatever a broken part makes it raise
        notes.add("", f"is PDF that cannot be read: {type(error).__name__}", _SAVE_AGAIN, Severity.DOCUMENT)
        return None
    paragraphs = list(pdf_paragraphs(pages))
    if not paragraphs:
        notes.add(
            "", "holds no text: its pages are pictures", "Recognise its text with a program for that, and save it as PDF", Severity.DOCUMENT
        )
        return None
    return WrittenDocument(_without_title(paragraphs, title), title, properties, made)


def _opens(reader: Any) -> bool:  # noqa: ANN401 - of a library that is an extra
    """Return whether a file that forbids only changes can be read without a password."""
    try:
        return bool(reader.decrypt(""))
    except Exception:  # noqa: BLE001 - a kind of encryption that is not known, or needs another library
        return False


def _pages(reader: Any) -> tuple[list[list[str]], str]:  # noqa: ANN401
    """Return the lines of each page, and what is set in the largest letters on the first page."""
    sizes: list[tuple[float, str]] = []

    def note_size(text: str, _matrix: Sequence[float], line: Sequence[float], _font: object, size: float) -> None:
        if text.strip():
            sizes.append((round(abs(size * (line[3] or line[0])), 1), " ".join(text.translate(_LIGATURES).split())))

    pages, room = list[list[str]](), MAX_TEXT
    for number, page in enumerate(reader.pages):
        if number >= MAX_PAGES or room <= 0:
            break
        text = clean(page.extract_text() if number else page.extract_text(visitor_text=note_size))[:room].translate(_LIGATURES)
        room -= len(text)
        pages.append([" ".join(line.split()) for line in text.split("\n")])
    return pages, _largest(sizes)


def _largest(sizes: Sequence[tuple[float, str]]) -> str:
    """Return the words in the largest letters, empty if they are too few or too many for a title, or all letters are alike."""
    if not sizes or len({size for size, _ in sizes}) == 1:
        return ""
    largest = max(size for size, _ in sizes)
    title = " ".join(text for size, text in sizes if size == largest)
    return title if _LEAST_TITLE <= len(title.split()) <= _MOST_TITLE else ""


def pdf_paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """Join lines to paragraphs, across pages too; running heads, feet and page numbers are left out.

    A paragraph ends at an empty line, or where a line that ends a sentence is shorter than lines usually are. Short lines above the first
    one of usual length are paragraphs by themselves: a title, a day, a name.
    """
    edges = Counter(key for page in pages for key in {_edge_key(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    lines = [line for page in pages for number, line in enumerate(page) if not _is_edge(line, number, len(page), edges)]
    least = _FULL * _usual_length(lines)
    top, words = True, ""
    for line in lines:
        top = top and len(line) < least
        if top or not line:
            yield from filter(None, (words, line))
            words = ""
            continue
        words = words[:-1] + line if _HYPHEN.search(words) and line[0].islower() else f"{words} {line}".lstrip()
        if _SENTENCE_END.search(line) and len(line) < least:
            yield words
            words = ""
    if words:
        yield words


def _usual_length(lines: Sequence[str]) -> int:
    """Return the length that one line of ten is longer than: that of a full line, if most paragraphs have several lines."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _is_edge(line: str, number: int, count: int, edges: Counter[str]) -> bool:
    near = number < _EDGE or number >= count - _EDGE
    return near and bool(line) and (edges[_edge_key(line)] >= _REPEATED or any(form.fullmatch(line) for form in (_PAGE_NUMBER, _PRINTED)))


def _edge_key(line: str) -> str:
    return _DIGITS.sub("0", line)


def _printed_link(pages: Sequence[Sequence[str]]) -> str:
    """Return the address that a browser prints at the foot of each page, empty if there is none."""
    links = (match[1] for page in pages[:1] for line in page[-_EDGE:] if (match := _PRINTED.fullmatch(line)))
    return next((link for link in links if link.startswith("http") and not link.endswith(("…", "..."))), "")


def _without_title(paragraphs: Sequence[str], title: str) -> list[str]:
    """Return paragraphs without the title, which may be several of the first ones, or the beginning of one."""
    rest = ["" if paragraph in title else paragraph.removeprefix(title).strip() for paragraph in paragraphs[:_MOST_TITLE_LINES] if title]
    return [*filter(None, rest), *paragraphs[len(rest) :]]


def _information(information: Any, name: str) -> str:  # noqa: ANN401
    value = information.get(name) if information else None
    return " ".join(str(value).split()) if value else ""


def _made(text: str) -> str:
    """Return the day of a date in the form of PDF, `D:20250203093000+01'00'`; empty if it is none."""
    match = _DATE.match(text)
    day = f"{match[1]}-{match[2] or '01'}-{match[3] or '01'}" if match else ""
    return day if parse_moment(day) else ""
