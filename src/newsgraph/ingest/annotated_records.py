"""Records of annotated articles (`id`, `title`, `published`, `outlet`, `body`) in the fields that other records have."""

from __future__ import annotations

import re

from newsgraph.ingest.field_values import Record

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ANNOTATIONS = frozenset({"entities", "events", "kind"})


def is_annotated(record: Record) -> bool:
    """Return whether a record is one of annotated articles: it has an id, a body, and the day of publication as `published`."""
    return isinstance(record.get("body"), str) and "id" in record and bool(_DAY.fullmatch(str(record.get("published"))))


def plain_record(record: Record) -> Record:
    """Return the record of an annotated article without its annotations; a text without a headline has its first paragraph as one.

    `id` and `outlet` stay as unknown fields: an outlet has no domain here, so that it is no provider.
    """
    plain = {name: value for name, value in record.items() if name not in _ANNOTATIONS and name != "published"}
    plain["publishedDateTime"] = record["published"]
    if not record.get("title"):
        plain["title"], _, plain["body"] = str(record["body"]).partition("\n\n")
    return plain
