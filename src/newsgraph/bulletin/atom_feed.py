"""A bulletin as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from html import escape

from newsgraph.bulletin.bulletin import Bulletin, Entry
from newsgraph.bulletin.html_page import entry_html
from newsgraph.bulletin.safe_links import web_link

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Atom asks for a time, and some entries have none


def atom_feed(bulletin: Bulletin, address: str = "") -> str:
    """Return a bulletin as an Atom feed: an entry's id is its IRI, its link the first source that has one, its category the section.

    `address` is where the feed will be found, if that is known. No time is that of writing: the feed is as old as its latest entry.
    """
    return "\n".join(_feed(bulletin, address)) + "\n"


def _feed(bulletin: Bulletin, address: str) -> Iterator[str]:
    entries = [(section.heading, entry) for section in bulletin.sections for entry in section.entries]
    day = datetime.combine(bulletin.day, time(), UTC) if bulletin.day else None
    times = [entry.updated for _, entry in entries if entry.updated]
    yield '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
    yield f"<id>{_text(bulletin.iri)}</id>\n<title>{_text(bulletin.title)}</title>"
    yield f"<updated>{_time(max(times, default=day or _NEVER))}</updated>\n<author><name>newsgraph</name></author>"
    if address:
        yield f'<link rel="self" type="application/atom+xml" href="{escape(address)}"/>'
    if bulletin.notes:
        yield f"<subtitle>{_text(' '.join(bulletin.notes))}</subtitle>"
    for heading, entry in entries:
        yield from _entry(heading, entry, entry.updated or day or _NEVER)
    yield "</feed>"


def _entry(heading: str, entry: Entry, updated: datetime) -> Iterator[str]:
    yield f"<entry>\n<id>{_text(entry.iri)}</id>\n<title>{_text(entry.label)}</title>\n<updated>{_time(updated)}</updated>"
    yield f'<category term="{_text(heading)}"/>'
    link = next(filter(None, (web_link(source.url) for source in entry.sources)), "") or web_link(entry.iri)
    if link:
        yield f'<link rel="alternate" href="{escape(link)}"/>'
    if content := entry_html(entry):
        yield f'<content type="html">{escape(content)}</content>'
    yield "</entry>"


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(text: str) -> str:
    return escape("".join(letter if letter.isprintable() else " " for letter in text).strip())
