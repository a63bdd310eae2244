"""What resolving lays side by side of articles: small values without their texts, which another process can be given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from newsgraph.core.iris import slug
from newsgraph.core.model import Kind
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.events.event_nodes import EventNode


class ArticleSummary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An article's IRI, when it was published, and its signs as `signs.pack` gives them."""

    iri: str
    published: datetime | None
    signs: bytes


class ArticleContent(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an article is about.

    `companies` (IRIs) and `organisations` are those of its headline, `sums` those of the whole text; `events` are numbers of
    happenings, `related` of articles.
    """

    companies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    events: tuple[int, ...] = ()
    related: tuple[int, ...] = ()


class EventSummary(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An event's type, its parties (IRIs) and the articles, by number, that report it in order of time."""

    type: str
    parties: tuple[str, ...]
    tellers: tuple[int, ...]


def summarize_articles(articles: Sequence[ArticleNode]) -> list[ArticleSummary]:
    """Give the sheets of articles, in order of time."""
    return [ArticleSummary(one.iri, one.published, one.signs) for one in sorted(articles, key=lambda one: one.order)]


def summarize_events(events: Sequence[EventNode], number: Mapping[str, int]) -> list[EventSummary]:
    """Give events as happenings, in their order; `number` gives that of an article by its IRI."""
    return [
        EventSummary(event.type, tuple(iri for _, iri in event.roles), tuple(sorted({number[one.article.iri] for one in event.tellings})))
        for event in events
    ]


def article_contents(
    articles: Sequence[ArticleNode], events: Sequence[EventNode], companies: Mapping[str, frozenset[str]], number: Mapping[str, int]
) -> list[ArticleContent]:
    """Say what articles are about, in their order; `companies` gives those of each headline, `number` that of an article by its IRI."""
    told: dict[int, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        tellers = {one.article.iri for one in event.tellings} | {article.iri for article, _ in event.totals}
        for iri in tellers:
            told[number[iri]].append(at)
    return [_content(article, companies.get(article.iri, frozenset()), told.get(at, ()), number) for at, article in enumerate(articles)]


def _content(article: ArticleNode, companies: frozenset[str], events: Sequence[int], number: Mapping[str, int]) -> ArticleContent:
    mentions, headline = article.chosen.facts.mentions, len(article.chosen.article.title)
    organisations = {f"organisation/{slug(one.name)}" for one in mentions if one.kind is Kind.ORGANISATION and one.start < headline}
    sums = {one.name for one in mentions if one.kind is Kind.MONEY and one.name}
    related = (number[iri] for iri in article.related)
    return ArticleContent(tuple(sorted(companies)), tuple(sorted(organisations)), tuple(sorted(sums)), tuple(events), tuple(related))
