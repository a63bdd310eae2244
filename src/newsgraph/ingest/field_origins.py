"""Every field of an article with its value and the place in the file that it came from, for people to look at."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from newsgraph.core.model import Article
from newsgraph.ingest.problem_notes import quote_value
from newsgraph.ingest.raw_record import RawRecord

_LINKS = ("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl")
_FIELDS = (
    ("title", ("title",)), ("published", ("publishedDateTime",)), ("link", _LINKS), ("outlet", ("provider",)), ("topics", ("topics",)),
    ("excerpt", ("excerpt",)), ("body", ("body",)), ("category", ("category",)), ("type", ("type",)), ("images", ("images",)),
    ("related", ("related",)), ("featured", ("featuredContent",)), ("quality", ("quality",)), ("heat", ("heat",)),
)  # fmt: skip
"""The fields of an article, each with the fields of a record that it is made of."""
_FROM_LINK = "host of the link"
_NOT_FOUND = "not found"
UNREAD = "not understood"


class FieldOrigin(NamedTuple):
    """A field of an article, its value as text, and where it was found: `not found` or `not understood` if the article lacks it."""

    field: str
    value: str
    origin: str


def field_origins(record: RawRecord, article: Article | None) -> Iterator[FieldOrigin]:
    """Yield the fields of an article of a record; then what else the record has: what is kept as it is, and what was not understood."""
    values = _values(article) if article else {}
    for name, sources in _FIELDS:
        source = next((source for source in sources if record.fields.get(source)), "")
        value = values.get(name, "")
        if value:
            yield FieldOrigin(name, value, record.origin(source) if source else _FROM_LINK)
        elif source:
            yield FieldOrigin(name, _shown(record.fields[source]), f"{record.origin(source)}, {UNREAD}")
        elif name in {"title", "published", "link", "outlet", "topics", "body"}:
            yield FieldOrigin(name, "", _NOT_FOUND)
    known = {source for _, sources in _FIELDS for source in sources}
    for name, raw in sorted(record.fields.items()):
        if name not in known and raw not in (None, "", [], {}):
            yield FieldOrigin(name, _shown(raw), UNREAD if name in record.unread else record.origin(name))


def _values(article: Article) -> Mapping[str, str]:
    provider = article.provider
    numbers = {"quality": article.quality, "heat": article.heat}
    return {
        "title": article.title,
        "published": article.published.isoformat() if article.published else "",
        "link": article.url or "",
        "outlet": f"{provider.name} ({provider.domain})" if provider else "",
        "topics": ", ".join(article.topics),
        "excerpt": article.excerpt,
        "body": article.body,
        "category": article.category or "",
        "type": article.type or "",
        "images": ", ".join(image.url for image in article.images),
        "related": ", ".join(article.related),
        "featured": article.featured or "",
    } | {name: str(number) for name, number in numbers.items() if number is not None}


def _shown(value: object) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, list | Mapping):
        try:
            return json.dumps(value, ensure_ascii=False, default=str)
        except (ValueError, RecursionError):
            return quote_value(value)
    return str(value)
