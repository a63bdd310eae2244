"""JSON and JSON Lines: articles in newsgraph's own names or in those of crawlers and news services."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from newsgraph.ingest.dialects.feed_items import Channel, channel_outlet
from newsgraph.ingest.dialects.record_lists import item_of, records_of
from newsgraph.ingest.encoding import decode
from newsgraph.ingest.field_names import FieldNames, plain_name
from newsgraph.ingest.json_records import read_json, read_json_lines
from newsgraph.ingest.problem_notes import ProblemNotes
from newsgraph.ingest.raw_record import MAIN, RawRecord, SourceFile
from newsgraph.ingest.title_line import first_sentence

_JSON_FEED = "jsonfeed.org/version"
_OF_CHANNEL = (("title",), ("home_page_url", "link", "feed_url"), ("language",))
_OF_MAPS = re.compile(rb'(?:\xef\xbb\xbf)?\s*(?:\[\s*)?\{\s*"[^"\n]{1,100}"\s*:')
_LINES = re.compile(rb'(?:\xef\xbb\xbf)?\{"[^\n]*\}[ \t\r]*\n\{"')
JSON = frozenset({".json"})
LINES = frozenset({".jsonl", ".ndjson"})


def is_json(head: bytes, name: str) -> bool:
    """Return whether a file is JSON by its name, or a map or a list of maps by its first bytes."""
    extension = PurePosixPath(name.lower().removesuffix(".gz")).suffix
    return not _LINES.match(head) and (extension in JSON or (extension not in LINES and _OF_MAPS.match(head) is not None))


def is_json_lines(head: bytes, name: str) -> bool:
    """Return whether a file is JSON Lines by its name, or has a map on each of its first lines."""
    return PurePosixPath(name.lower().removesuffix(".gz")).suffix in LINES or _LINES.match(head) is not None


def read_json_file(file: SourceFile, notes: ProblemNotes) -> Iterable[RawRecord]:
    """Read a JSON file of one article, of a list of them, or of a map with a list of them."""
    text = decode(file.data, notes)
    if text is None:
        return
    before = len(notes.problems)
    tree = read_json(text, notes)
    if tree is None and len(notes.problems) > before:
        return
    channel = _channel(tree)
    is_feed = isinstance(tree, Mapping) and _JSON_FEED in str(tree.get("version"))
    for record in records_of(list_in(tree, file.names), file.names, notes):
        yield _completed(record, channel, is_feed=is_feed)


def read_json_feed_lines(file: SourceFile, notes: ProblemNotes) -> Iterator[RawRecord]:
    """Read lines of JSON, each of which holds one article."""
    text = decode(file.data, notes) if file.data.strip() or file.first_line is None else None
    for number, value in read_json_lines(text, notes, file.first_line or 0) if text is not None else ():
        record = item_of(value, number, file.names, notes)
        if record is not None:
            yield record


def _channel(tree: object) -> Channel:
    """Return what a map of articles says about all of them: JSON Feed at its top, others in `feed`."""
    if not isinstance(tree, Mapping):
        return Channel()
    inner = tree.get("feed")
    feed = inner if isinstance(inner, Mapping) else tree
    texts = [next((str(feed[name]) for name in names if isinstance(feed.get(name), str)), "") for names in _OF_CHANNEL]
    return Channel(*texts)


def _completed(record: RawRecord, channel: Channel, *, is_feed: bool) -> RawRecord:
    """Return a record with the outlet and the language of its feed, where it has none; an item of JSON Feed needs no title."""
    fields, origins = dict(record.fields), dict(record.origins)
    link = str(fields.get("webUrl") or fields.get("originalUrl") or "")
    if record.part != MAIN and not fields.get("provider") and (outlet := channel_outlet(channel, link)):
        fields["provider"], origins["provider"] = outlet, "feed title"
    if is_feed and channel.language and not fields.get("language"):
        fields["language"], origins["language"] = channel.language, "feed language"
    if is_feed and not fields.get("title"):
        fields["title"], origins["title"] = first_sentence(str(fields.get("excerpt") or fields.get("body") or "")), "content"
    return RawRecord(record.part, fields, origins, record.unread) if origins != record.origins else record


def list_in(tree: object, names: FieldNames) -> object:
    """Return the list of articles that a map holds; a map that is an article itself is returned as it is."""
    if not isinstance(tree, Mapping) or ("title" in tree and not isinstance(tree.get("items"), list)):
        return tree
    for path in names.lists:
        inner: object = tree
        for part in path:
            inner = next((inner[key] for key in inner if plain_name(key) == part), None) if isinstance(inner, Mapping) else None
        if isinstance(inner, list) and (not inner or any(isinstance(item, Mapping) for item in inner)):
            return inner
    return tree
