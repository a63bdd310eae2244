"""Web pages that a browser or a program saved: HTML, MHTML, and archives of crawls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath

from newsgraph.core.model import Severity
from newsgraph.ingest.press_databases.exported_page import text_of_export
from newsgraph.ingest.press_databases.press_export import export_records
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import MAIN, RawRecord, SourceFile
from newsgraph.ingest.web_pages.archived_pages import ArchivedPage, pages_in_wacz, pages_in_warc
from newsgraph.ingest.web_pages.mhtml import page_in_mhtml
from newsgraph.ingest.web_pages.web_page import WebPage, read_web_page

HTML = frozenset({".html", ".htm", ".xhtml"})
MHTML = frozenset({".mhtml", ".mht"})
WARC = frozenset({".warc", ".gz"})
WACZ = frozenset({".wacz"})
LIBRARIES = ("lxml", "lxml_html_clean", "trafilatura", "warcio")


def is_html(head: bytes, name: str) -> bool:
    """Return whether a file is HTML: by its name, or by its first bytes where the name has no other meaning."""
    suffix = PurePosixPath(name).suffix.lower()
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return suffix in HTML or (not suffix and start.startswith((b"<!doctype html", b"<html")))


def is_mhtml(_head: bytes, name: str) -> bool:
    """Return whether a file is MHTML by its name."""
    return PurePosixPath(name).suffix.lower() in MHTML


def is_warc(_head: bytes, name: str) -> bool:
    """Return whether a file is a WARC file, packed or not, by its name."""
    return name.lower().endswith((".warc", ".warc.gz"))


def is_wacz(_head: bytes, name: str) -> bool:
    """Return whether a file is a WACZ file by its name."""
    return PurePosixPath(name).suffix.lower() in WACZ


def read_html(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read a page as one article, or as those that a press database exported into it."""
    if (text := text_of_export(file.data)) and (records := list(export_records(text, notes))):
        return records
    return _records(read_web_page(file.data, notes))


def read_mhtml(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read the page of an MHTML file as one article."""
    page = page_in_mhtml(file.data)
    if page is None:
        notes.add("", "holds no page", "Save the page again as MHTML or HTML", Severity.DOCUMENT)
        return []
    return _records(read_web_page(page.data, notes, page.source))


def read_warc(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read the articles among the pages of a WARC file."""
    return _articles(pages_in_warc, file, notes)


def read_wacz(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read the articles among the pages of a WACZ file."""
    return _articles(pages_in_wacz, file, notes)


def _records(page: WebPage | None) -> list[RawRecord]:
    return [] if page is None else [RawRecord(MAIN, page.fields, page.origins)]


def _articles(find: Callable[[bytes, ProblemNotes], Iterator[ArchivedPage]], file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the articles of an archive; its other pages (front pages, lists, errors) are counted."""
    others: list[str] = []
    count, before = 0, len(notes.problems)
    for number, (data, source) in find(file.data, notes):
        place = f"item[{number}]"
        trial = ProblemNotes(notes.source, notes.path(place))
        page = read_web_page(data, trial, source, Severity.ARTICLE)
        if page is not None and page.is_article:
            notes.problems.extend(trial.problems)
            count += 1
            yield RawRecord(place, page.fields, page.origins)
        else:
            others.append(source.address or place)
    if others:
        what = f"has {len(others)} pages that are no articles, such as {others[0][:200]}; they were passed over"
        notes.add("", what, "Nothing needs to be done if they are lists of articles", Severity.FIELD if count else Severity.DOCUMENT)
    elif not count and len(notes.problems) == before:
        notes.add("", "holds no web page", "Save the pages again, or remove the file", Severity.DOCUMENT)
