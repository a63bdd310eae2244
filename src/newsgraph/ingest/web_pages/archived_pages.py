"""Find the pages in archives of crawls: WARC files (ISO 28500), and WACZ, which are zip files of them; the only place that knows warcio."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import IO, Any, NamedTuple

from newsgraph.core.model import Severity
from newsgraph.ingest.moments import parse_moment
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.web_pages.brotli_content import BrotliContent
from newsgraph.ingest.web_pages.mhtml import SavedPage
from newsgraph.ingest.web_pages.web_page import PageSource

_HTML = frozenset({"text/html", "application/xhtml+xml"})
MAX_PAGE = 20_000_000  # bytes of a page, unpacked
MAX_UNPACKED = 4_000_000_000  # bytes of all pages of an archive
MAX_RECORDS = 2_000_000
_PIECE = 1 << 16
_BROKEN = (OSError, EOFError, ValueError, zlib.error, RecursionError, AttributeError, KeyError, IndexError, TypeError, UnicodeError)


class ArchivedPage(NamedTuple):
    """A page and its place in an archive."""

    number: int  # of its record, from 0
    page: SavedPage


def pages_in_warc(data: bytes, notes: ProblemNotes) -> Iterator[ArchivedPage]:
    """Yield the pages of a WARC file, packed or not: answers with a status of 200 and HTML.

    What is broken ends the reading of the file and is noted. Raises ImportError where the extra `html` is missing.
    """
    yield from _pages(io.BytesIO(data), notes, 0)


def pages_in_wacz(data: bytes, notes: ProblemNotes) -> Iterator[ArchivedPage]:
    """Yield the pages of all WARC files in a WACZ file, their records counted through; nothing is unpacked to the disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = [name for name in packed.namelist() if name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))]
            if not names:
                notes.add("", "holds no WARC file below archive/", "Save the pages again as WACZ", Severity.DOCUMENT)
            first = 0
            for name in sorted(names):
                with packed.open(name) as file:
                    for page in _pages(file, notes, first):
                        yield page
                        first = max(first, page.number + 1)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, *_BROKEN) as error:
        notes.add("", f"cannot be unpacked: {_reason(error)}", "Save the pages again as WACZ", Severity.DOCUMENT)


def _pages(file: IO[bytes], notes: ProblemNotes, first: int) -> Iterator[ArchivedPage]:
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415 - an extra
    from warcio.bufferedreaders import BufferedReader  # noqa: PLC0415
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415

    BufferedReader.DECOMPRESSORS["br"] = lambda: BrotliContent(MAX_PAGE)
    number, room = first - 1, MAX_UNPACKED
    warnings = io.StringIO()
    try:
        for number, record in enumerate(_quietly(ArchiveIterator(file), warnings), first):
            if number - first >= MAX_RECORDS or room <= 0:
                notes.add("", "is larger than an archive that is read", "Split it into smaller files", Severity.ARTICLE)
                return
            with redirect_stderr(warnings):
                page = _page(record, notes, number) if _is_page(record) else None
            if page is not None:
                room -= len(page.data)
                yield ArchivedPage(number, page)
    except (ArchiveLoadFailed, *_BROKEN) as error:
        what = f"cannot be read from record {number + 1} on: {_reason(error)}"
        notes.add("", what, "Save the archive again", Severity.ARTICLE if number >= first else Severity.DOCUMENT)
    if warnings.tell():
        notes.add("", "has records that are longer or shorter than they say; what could be read of them was", "Save the archive again")


def _quietly(records: Iterator[Any], warnings: IO[str]) -> Iterator[Any]:
    """Yield records; what the library writes to the standard error goes to `warnings`."""
    while True:
        with redirect_stderr(warnings):
            record = next(records, None)
        if record is None:
            return
        yield record


def _is_page(record: Any) -> bool:  # noqa: ANN401 - of a library without types
    if record.rec_type == "resource":
        return _kind(record.rec_headers.get_header("Content-Type")) in _HTML
    if record.rec_type != "response" or record.http_headers is None:
        return False
    return record.http_headers.get_statuscode() == "200" and _kind(record.http_headers.get_header("Content-Type")) in _HTML


def _kind(header: str | None) -> str:
    return (header or "").partition(";")[0].strip().lower()


def _page(record: Any, notes: ProblemNotes, number: int) -> SavedPage | None:  # noqa: ANN401
    stream, pieces, size = record.content_stream(), list[bytes](), 0
    while piece := stream.read(_PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_PAGE:
            notes.add(f"item[{number}]", f"is a page of more than {MAX_PAGE // 1_000_000} MB", "Save only the article", Severity.ARTICLE)
            return None
    headers = record.http_headers or record.rec_headers
    content = headers.get_header("Content-Type") or ""
    charset = content.lower().partition("charset=")[2].partition(";")[0].strip("\"' ")
    captured = parse_moment(record.rec_headers.get_header("WARC-Date") or "")
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    return SavedPage(b"".join(pieces), PageSource(address.strip("<>"), charset, captured))


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
