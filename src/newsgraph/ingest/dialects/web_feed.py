"""Web feeds: RSS 0.9 to 2.0, RDF Site Summary, Atom 0.3 and 1.0, with the modules that news sites use; OPML, which only names feeds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from newsgraph.core.model import Severity
from newsgraph.ingest.dialects.feed_items import Channel, channel_of, item_fields
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import RawRecord, SourceFile
from newsgraph.ingest.xml_reader import Element, local_name, named, read_xml, root_name

FEEDS = frozenset({".xml", ".rss", ".atom", ".rdf", ".feed"})
OPML = frozenset({".opml"})
_ROOTS = frozenset({"rss", "feed", "RDF", "channel"})
_BY_NAME = frozenset({".rss", ".atom", ".feed"})
_ITEMS = frozenset({"item", "entry"})


def is_feed(head: bytes, name: str) -> bool:
    """Return whether a file is a feed by its root element, or by its name if the beginning of the file does not show that."""
    root = root_name(head)
    return root in _ROOTS or (not root and PurePosixPath(name).suffix.lower() in _BY_NAME)


def is_feed_list(head: bytes, name: str) -> bool:
    """Return whether a file is OPML."""
    return root_name(head).lower() == "opml" or PurePosixPath(name).suffix.lower() in OPML


def read_feed(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield the items of a feed."""
    before = len(notes.problems)
    root = read_xml(file.data, notes, _ITEMS)
    if root is None:
        return
    channel = channel_of(root)
    number = -1
    for number, item in enumerate(_items(root)):
        yield item_record(item, number, channel)
    if number < 0 and len(notes.problems) == before:
        notes.add("", "is a feed without items", "Remove the file, or save the feed again", Severity.DOCUMENT)


def item_record(item: Element, number: int, channel: Channel) -> RawRecord:
    """Return the record of one item of a feed."""
    read = item_fields(item, channel)
    return RawRecord(f"item[{number}]", read.fields, read.origins, read.unread)


def read_feed_list(_file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Yield nothing: a list of feeds has no articles, and nothing is fetched."""
    notes.add("", "is a list of feeds (OPML), not a feed; newsgraph fetches nothing", "Save the feeds that it names", Severity.DOCUMENT)
    return iter(())


def _items(root: Element) -> Iterator[Element]:
    """Yield items in a channel, beside it (RSS 1.0) and entries of Atom, in the order of the document."""
    if local_name(root) in _ITEMS:
        yield root
    for child in root:
        name = local_name(child)
        if name in _ITEMS:
            yield child
        elif name in {"channel", "items"}:
            yield from named(child, *_ITEMS)
