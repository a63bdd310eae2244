"""Read one saved web page: the fields of its article, where each was found, and what is doubtful about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from newsgraph.core.model import Severity
from newsgraph.ingest.problem_notes import ProblemNotes, quote_value
from newsgraph.ingest.web_pages.html_tree import TooManyElementsError, decode_page, parse_html
from newsgraph.ingest.web_pages.json_ld import rank
from newsgraph.ingest.web_pages.page_body import page_body
from newsgraph.ingest.web_pages.page_cues import PageCues, page_cues
from newsgraph.ingest.web_pages.page_fields import Declared, PageFields, dates, declared, page_fields, titles

FIRST_YEAR = 1980  # a page that says an earlier one says it by mistake: 1970-01-01 is "no date" of many programs
STUB_WORDS = 120  # a text that is shorter may be what readers without a subscription see
_ARTICLE_WORDS = 100
_LAST_ARTICLE = "DiscussionForumPosting"  # of the list of types; those after it are no articles by themselves


@dataclass(frozen=True, slots=True)
class PageSource:
    """What is known of a page besides its bytes."""

    address: str = ""  # where it was loaded from
    charset: str = ""  # as the server named it
    captured: datetime | None = None  # when it was saved, in UTC


class WebPage(NamedTuple):
    """The fields of a page, where each was found, and whether the page is an article and no list of them or anything else."""

    fields: dict[str, object]
    origins: dict[str, str]
    is_article: bool


def read_web_page(data: bytes, notes: ProblemNotes, source: PageSource | None = None, lost: Severity = Severity.DOCUMENT) -> WebPage | None:
    """Read a page; None, with a problem of the severity `lost`, if it has neither a title nor a text.

    Raises ImportError where the extra `html` is missing.
    """
    source, cues = source or PageSource(), page_cues()
    text, doubt = decode_page(data, source.charset)
    if doubt:
        notes.add("encoding", doubt, "Save the page as UTF-8")
    try:
        tree = parse_html(text) if "<" in text else None
    except TooManyElementsError:
        notes.add("", "has more elements or attributes than a page of news", "Save only the article", lost)
        return None
    if tree is None:
        notes.add("", "is not HTML", "Save the page again as HTML, or remove the file", lost)
        return None
    page = declared(tree, cues, source.address)
    found = page_fields(page, cues, source.address)
    _add_date(page, found, cues, notes)
    body, origin = page_body(tree, page.node, {line for line, _ in titles(page, cues)})
    found.add("body", body, origin)
    if "title" not in found.fields and not body:
        notes.add("", "is a page without a title and without a text", "Save the page with its text, or remove it", lost)
        return None
    _note_stub(page, body, cues, notes)
    if source.captured is not None:
        found.add("retrieved", source.captured.isoformat(), "time of the capture")
    return WebPage(found.fields, found.origins, _is_article(page, found, cues, body))


def _is_article(page: Declared, found: PageFields, cues: PageCues, body: str) -> bool:
    if "title" not in found.fields:
        return False
    number = rank(page.node, cues)
    if 0 < number <= cues.article_types.index(_LAST_ARTICLE) + 1 or "article" in map(str.lower, page.metas.get("og:type", ())):
        return True
    return "publishedDateTime" in found.fields and len(body.split()) >= _ARTICLE_WORDS


def _add_date(page: Declared, found: PageFields, cues: PageCues, notes: ProblemNotes) -> None:
    for text, moment, origin in dates(page, cues, str(found.fields.get("webUrl", ""))):
        if moment.year >= FIRST_YEAR:
            found.add("publishedDateTime", moment.isoformat(), origin)
            return
        notes.add(
            "publishedDateTime", f"is {quote_value(text)} ({origin}), older than web pages are; it was left out", "Write the true day"
        )


def _note_stub(page: Declared, body: str, cues: PageCues, notes: ProblemNotes) -> None:
    """Note a page that shows no more than the beginning of its article."""
    words = len(body.split())
    if not body:
        notes.add("body", "is missing: the page holds no text of an article", "Save the page when all of it is loaded")
    elif words < STUB_WORDS:
        closed = str(page.node.get("isAccessibleForFree", "")).lower() == "false"
        shown = body.lower()
        if closed or any(cue in shown for cue in cues.stub_cues):
            notes.add(
                "body", f"has {words} words: the page seems to hide the rest from readers without a subscription", "Save the whole article"
            )
