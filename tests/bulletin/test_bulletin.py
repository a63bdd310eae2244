"""A bulletin is the same to read as Markdown, as a page and as a feed, and no text of an article becomes markup."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as ET

import pytest

from newsgraph.bulletin.atom_feed import atom_feed
from newsgraph.bulletin.bulletin import Bulletin, Entry, Section, Source
from newsgraph.bulletin.html_page import html_page
from newsgraph.bulletin.markdown_text import markdown
from newsgraph.bulletin.safe_links import web_link
from sample import HOSTILE

WHEN = datetime(2025, 11, 4, 11, 40, tzinfo=UTC)
SOURCE = Source("Vantrell now belongs to Osterholt", "https://maasdaily.example/a_(b)?c=d&e=f", "Maas Daily", WHEN)
ENTRY = Entry(
    "https://news.example/id/event/1", "Osterholt acquires Vantrell", ("status: announced → completed", "2 articles"), (SOURCE,), WHEN
)
BULLETIN = Bulletin(
    "https://news.example/id/brief", "News", ("Up to 2025-11-05.",), (Section("Changed events", (ENTRY,), 3),), date(2025, 11, 5)
)
_ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_markdown_has_headings_entries_and_links() -> None:
    assert markdown(BULLETIN) == (
        "# News\n\nUp to 2025-11-05.\n\n## Changed events\n\n- **Osterholt acquires Vantrell**: status: announced → completed\n"
        "  - 2 articles\n  - [Vantrell now belongs to Osterholt](https://maasdaily.example/a_%28b%29?c=d&e=f), Maas Daily, 2025-11-04\n"
        "- and 3 more\n"
    )


def test_the_page_has_a_language_a_heading_and_links() -> None:
    page = html_page(BULLETIN)
    assert '<html lang="en">' in page
    assert "<h2>Changed events</h2>" in page
    assert '<a href="https://maasdaily.example/a_(b)?c=d&amp;e=f">Vantrell now belongs to Osterholt</a>' in page
    assert "<script" not in page


def test_the_feed_is_as_old_as_its_latest_entry() -> None:
    feed = ET.fromstring(atom_feed(BULLETIN, "https://news.example/feed.xml"))  # noqa: S314 - written just now
    assert feed.findtext("a:updated", namespaces=_ATOM) == "2025-11-04T11:40:00Z"
    assert [link.get("href") for link in feed.iterfind("a:link", _ATOM)] == ["https://news.example/feed.xml"]
    assert feed.findtext("a:entry/a:id", namespaces=_ATOM) == ENTRY.iri
    undated = replace(BULLETIN, sections=(Section("New", (replace(ENTRY, updated=None),)),))
    assert "<updated>2025-11-05T00:00:00Z</updated>" in atom_feed(undated)


def test_a_feed_is_read_by_feedparser() -> None:
    parser = pytest.importorskip("feedparser", reason="feedparser is not installed")
    parsed = parser.parse(atom_feed(BULLETIN))
    assert not parsed.bozo
    assert [(one.id, one.title, one.link) for one in parsed.entries] == [(ENTRY.iri, ENTRY.label, SOURCE.url)]


@pytest.mark.parametrize("write", [markdown, html_page, atom_feed])
def test_hostile_texts_stay_texts(write: object) -> None:
    entry = replace(ENTRY, label=HOSTILE, lines=(HOSTILE,), sources=(Source(HOSTILE, "javascript:alert(1)", HOSTILE),))
    text = write(replace(BULLETIN, sections=(Section("New", (entry,)),)))  # type: ignore[operator]
    assert "<script>" not in text
    assert "javascript:" not in text
    assert "\x07" not in text
    if write is atom_feed:
        ET.fromstring(text)  # noqa: S314 - written just now


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"), ("HTTP://a.example", "HTTP://a.example"), (None, ""), ("", ""),
        ("data:text/html,x", ""), ("//a.example", ""), ('https://a.example/"><b>', "https://a.example/%22%3E%3Cb%3E"), ("https://a\nb", ""),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str | None, link: str) -> None:
    assert web_link(url) == link
