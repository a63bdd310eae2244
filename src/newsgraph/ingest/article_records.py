"""Turn raw records, the maps of fields that YAML or JSON holds, into articles."""

from __future__ import annotations

from collections.abc import Sequence

from newsgraph.core.canonical_url import address, article_key, canonical_link
from newsgraph.core.model import Article, Image, Severity
from newsgraph.ingest.annotated_records import is_annotated, plain_record
from newsgraph.ingest.field_budgets import text_within_budget, within_budgets
from newsgraph.ingest.field_values import Record, line_of, link_of, moment_of, number_of, size_of, text_of
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of
from newsgraph.ingest.publisher import read_provider
from newsgraph.ingest.unknown_fields import extra_json

_LINKS = ("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl")
_KNOWN = frozenset(
    {*_LINKS, "category", "title", "excerpt", "publishedDateTime", "type", "quality", "heat", "published", "featuredContent"}
    | {"provider", "topics", "images", "related", "body", "secured"}
)
_KNOWN_OF_PROVIDER = frozenset({"name", "domain", "secured"})
_FLAGS = {"true": True, "false": False}


def read_record(record: object, notes: ProblemNotes, part: str, *, alone: bool, body: str = "") -> list[Article]:
    """Read one record and the articles that it lists as related.

    `alone` is true if the document has no other record; `part` is then `main`, otherwise the place of the record (`item[3]`). The first
    article holds the keys of the others. An article without a title is left out; the others are kept. `body` is the text after the
    front matter.
    """
    lost = Severity.DOCUMENT if alone else Severity.ARTICLE
    if not isinstance(record, dict):
        notes.add("", f"is {kind_of(record)}, not a map of fields", "Write fields such as title: and webUrl:", lost)
        return []
    if is_annotated(record):
        record = plain_record(record)
    record = within_budgets(record, notes)
    related = _related(record, notes, "" if alone else f"{part}.")
    article = _article(record, notes, part, body, related)
    if article is None:
        severity = Severity.ARTICLE if related else lost
        notes.add("title", "is missing", "Write title: and the headline in quotes", severity)
        return related
    return [article, *related]


def _related(record: Record, notes: ProblemNotes, prefix: str) -> list[Article]:
    items = record.get("related")
    if items is None or items == "":
        return []
    if not isinstance(items, list):
        notes.add("related", f"is {kind_of(items)}, not a list", "Start each related article with a dash")
        return []
    articles = []
    for number, item in enumerate(items):
        place = f"related[{number}]"
        below = notes.at(place)
        if not isinstance(item, dict):
            below.add("", f"is {kind_of(item)}, not a map of fields", "Write fields such as title: and webUrl:", Severity.ARTICLE)
            continue
        if item.get("related"):
            below.add("related", "is inside a related article and was left out", "List it with the main article")
        article = _article(within_budgets(item, below), below, f"{prefix}{place}")
        if article is None:
            below.add("title", "is missing", "Write title: and the headline in quotes", Severity.ARTICLE)
        else:
            articles.append(article)
    return articles


def _article(record: Record, notes: ProblemNotes, part: str, body: str = "", related: Sequence[Article] = ()) -> Article | None:
    title = line_of(record, "title", notes)
    if not title:
        return None
    original, web, amp, cdn_amp = (link_of(record, name, notes) for name in _LINKS)
    link = next(filter(None, map(canonical_link, filter(None, (original, web, amp, cdn_amp)))), None)
    provider = read_provider(record.get("provider"), link, notes)
    published = moment_of(record, "publishedDateTime", notes)
    domain = provider.domain if provider else ""
    key, url, aliases = article_key(original, web, amp, cdn_amp, provider_domain=domain, published=published, title=title)
    return Article(
        key=key,
        url=url,
        title=title,
        excerpt=text_of(record, "excerpt", notes),
        source=notes.source,
        part=part,
        body=text_within_budget("body", body, notes) or text_of(record, "body", notes),
        published=published,
        provider=provider,
        topics=_topics(record, notes),
        images=_images(record, notes),
        aliases=aliases,
        related=tuple(dict.fromkeys(article.key for article in related if article.key != key)),
        type=line_of(record, "type", notes) or None,
        category=line_of(record, "category", notes) or None,
        quality=number_of(record, "quality", notes),
        heat=number_of(record, "heat", notes),
        featured=text_of(record, "featuredContent", notes) or None,
        extra=extra_json(_extra(record, notes), notes),
    )


def _topics(record: Record, notes: ProblemNotes) -> tuple[str, ...]:
    raw = record.get("topics")
    items = raw if isinstance(raw, list) else [] if raw is None else [raw]
    topics = (" ".join(line_of({f"topics[{n}]": item}, f"topics[{n}]", notes).split()) for n, item in enumerate(items))
    return tuple(dict.fromkeys(filter(None, topics)))


def _images(record: Record, notes: ProblemNotes) -> tuple[Image, ...]:
    items = record.get("images")
    if items is None or items == "":
        return ()
    if not isinstance(items, list):
        notes.add("images", f"is {kind_of(items)}, not a list", "Start each picture with a dash")
        return ()
    images: dict[str, Image] = {}
    for number, item in enumerate(items):
        below = notes.at(f"images[{number}]")
        image = item if isinstance(item, dict) else {"url": item}
        text = link_of(image, "url", below)
        url = address(text, secure=False) if text else None
        if url:
            images.setdefault(url, Image(url, size_of(image, "width", below), size_of(image, "height", below)))
    return tuple(images.values())


def _extra(record: Record, notes: ProblemNotes) -> dict[str, object]:
    """Return what has no field in `Article`: unknown fields, the `published` flag, and further fields of the provider.

    `isCached` of a picture is about the feed's own storage and is dropped.
    """
    extra = {name: value for name, value in record.items() if name not in _KNOWN}
    published = record.get("published")
    if published is not None:
        flag = _FLAGS.get(str(published).lower()) if isinstance(published, (str, bool)) else None
        if flag is None:
            notes.add("published", "must be true or false", "Write published: true or published: false")
        else:
            extra["published"] = flag
    provider = record.get("provider")
    if isinstance(provider, dict) and (more := {name: value for name, value in provider.items() if name not in _KNOWN_OF_PROVIDER}):
        extra["provider"] = more
    return extra
