"""Turn raw records, the maps of fields that YAML or JSON holds, into articles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from newsgraph.core.canonical_url import address, article_key, canonical_link
from newsgraph.core.model import Article, Image, Severity
from newsgraph.core.read_languages import is_read
from newsgraph.ingest.field_budgets import within_budgets
from newsgraph.ingest.field_values import Record, line_of, link_of, moment_of, number_of, size_of, text_of
from newsgraph.ingest.moments import parse_moment
from newsgraph.ingest.problem_notes import ProblemNotes, kind_of
from newsgraph.ingest.publisher import read_provider
from newsgraph.ingest.raw_record import MAIN, RawRecord
from newsgraph.ingest.text_language import SAMPLE, language_of, plain_tag
from newsgraph.ingest.unknown_fields import extra_json

_LINKS = ("originalUrl", "webUrl", "ampWebUrl", "cdnAmpWebUrl")
_KNOWN = frozenset(
    {*_LINKS, "category", "title", "excerpt", "publishedDateTime", "type", "quality", "heat", "published", "featuredContent"}
    | {"provider", "topics", "images", "related", "body", "language", "secured"}
)
_KNOWN_OF_PROVIDER = frozenset({"name", "domain", "secured"})
_CLOCKS_DIFFER = timedelta(days=2)  # a day for time zones, and one for clocks that are wrong
_FLAGS = {"true": True, "false": False}


def read_record(record: RawRecord, notes: ProblemNotes) -> list[Article]:
    """Read one record and the articles that it lists as related.

    Problems are noted at the part of the record and under the names that its fields have in the file. The first article holds the keys of
    the others. An article without a title is left out; the others are kept.
    """
    alone = record.part == MAIN
    below = (notes if alone else notes.at(record.part)).under(record.origins)
    fields = within_budgets(record.fields, below)
    related = _related(fields, below, "" if alone else f"{record.part}.")
    article = _article(fields, below, record.part, related)
    if article is None:
        severity = Severity.ARTICLE if related or not alone else Severity.DOCUMENT
        below.add("title", "is missing", "Write title: and the headline in quotes", severity)
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


def _article(record: Record, notes: ProblemNotes, part: str, related: Sequence[Article] = ()) -> Article | None:
    title = line_of(record, "title", notes)
    if not title:
        return None
    original, web, amp, cdn_amp = (link_of(record, name, notes) for name in _LINKS)
    link = next(filter(None, map(canonical_link, filter(None, (original, web, amp, cdn_amp)))), None)
    provider = read_provider(record.get("provider"), link, notes)
    published = _published(record, notes)
    domain = provider.domain if provider else ""
    excerpt, body = text_of(record, "excerpt", notes), text_of(record, "body", notes)
    key, url, aliases = article_key(original, web, amp, cdn_amp, provider_domain=domain, published=published, title=title)
    return Article(
        key=key,
        url=url,
        title=title,
        excerpt=excerpt,
        source=notes.source,
        part=part,
        body=body,
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
        language=_language(record, f"{title}\n{excerpt}\n{body[:SAMPLE]}", notes),
    )


def _language(record: Record, text: str, notes: ProblemNotes) -> str:
    """Return the language of an article; what a record declares may be a list, of which the first counts.

    It is empty where nothing is declared and the text is in a language that is read: that is what a text without a tag is taken for.
    """
    declared = record.get("language")
    if isinstance(declared, list):
        declared = declared[0] if declared else None
    if declared is not None and not isinstance(declared, str):
        notes.add("language", f"is {kind_of(declared)}, not a language; it was detected", "Write a tag such as en or pt-BR")
        declared = ""
    language = language_of(text, declared or "")
    return "" if not plain_tag(declared or "") and is_read(language) else language


def _published(record: Record, notes: ProblemNotes) -> datetime | None:
    """Return when an article was published; a time after the one at which the file says that it was fetched is no such time."""
    published = moment_of(record, "publishedDateTime", notes)
    retrieved = parse_moment(record.get("retrieved")) if published else None
    if published and retrieved and published > retrieved + _CLOCKS_DIFFER:
        what = f"is {published.date()}, which is later than {retrieved.date()}, when the file says that it was fetched; it was left out"
        notes.add("publishedDateTime", what, "Correct the date")
        return None
    return published


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
