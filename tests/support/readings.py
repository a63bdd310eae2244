"""Readings made by hand, and the graph that resolving makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from newsgraph.core.canonical_url import article_key
from newsgraph.core.graph_tables import GraphTables, frame, make_tables
from newsgraph.core.lexicon import Lexicon, load_lexicon
from newsgraph.core.model import Article, EventAmount, Facts, Kind, Mention, Money, Naming, Provider, Report, RoleFiller, Status, Total
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.decisions.contradictions import combine_decisions
from newsgraph.decisions.decision import Decision
from newsgraph.resolve import ExtractedArticle, UserDecisions, resolve

BASE = "https://graph.example/id/"
THRESHOLD = 0.5  # least confidence of a mention that stands by itself
DAY_ONE = datetime(2024, 5, 1, 8, tzinfo=UTC)


def link_of(name: str) -> str:
    """Give an address for an article's short name; whole addresses stay."""
    return name if "://" in name else f"https://news.example/{name}"


def article(name: str, title: str = "A title", excerpt: str = "", *, days: float = 0, outlet: str = "news.example", **more: Any) -> Article:  # noqa: ANN401 - fields of Article
    """Make the record of an article, published some days after day one; `amp`, `cdn` and `related` are addresses."""
    published = more.pop("published", DAY_ONE + timedelta(days=days))
    key, url, aliases = article_key(
        None, link_of(name), more.pop("amp", None), more.pop("cdn", None), provider_domain=outlet, published=published, title=title
    )
    related = tuple(
        article_key(None, link_of(one), None, None, provider_domain="", published=None, title="")[0] for one in more.pop("related", ())
    )
    provider = more.pop("provider", Provider(outlet.partition(".")[0].title(), outlet))
    fields = {"source": "a.txt", "part": "main"} | more
    return Article(key, url, title, excerpt, published=published, provider=provider, aliases=aliases, related=related, **fields)


def mention(text: str, words: str, confidence: float = 0.9, *, kind: Kind = Kind.COMPANY, name: str = "", detail: str = "") -> Mention:
    """Make a mention of the first place in a text that holds some words."""
    start = text.index(words)
    return Mention(kind, name or words, start, start + len(words), words, "hand", confidence, detail=detail)


def told(
    record: Article,
    *companies: str | tuple[str, float],
    reports: Sequence[Report] = (),
    namings: Sequence[Naming] = (),
    totals: Sequence[Total] = (),
) -> ExtractedArticle:
    """Make a reading whose title names some companies; a name alone is sure, a pair gives its confidence."""
    pairs = [one if isinstance(one, tuple) else (one, 0.9) for one in companies]
    mentions = tuple(mention(record.text, name, confidence) for name, confidence in pairs)
    return ExtractedArticle(record, Facts(mentions, tuple(reports), tuple(totals), tuple(namings)))


def report(
    type_name: str,
    subject: str | None,
    other: str | None,
    amount: float | None = None,
    *,
    currency: str = "USD",
    status: Status = Status.ANNOUNCED,
    day: date | str | None = date(2024, 5, 1),
    source: str = "article",
) -> Report:
    """Make a report of two companies, or one; its evidence is the first ten characters."""
    kind = EVENT_TYPES[type_name]
    sides = zip((kind.first, kind.second or "party"), (subject, other), strict=True)
    amounts = (EventAmount(Money(amount, currency), kind.amount),) if amount else ()
    when = day.isoformat() if isinstance(day, date) else day or ""
    roles = tuple(RoleFiller(role, side) for role, side in sides if side)
    return Report(type_name, roles, 0, 10, "hand", 0.8, status, amounts, when, source if when else "")


def graph_of(readings: Sequence[ExtractedArticle], lexicon: Lexicon | None = None, decisions: Iterable[Decision] = ()) -> GraphTables:
    """Resolve readings into tables, as people decided."""
    rows = resolve(readings, lexicon or load_lexicon(), BASE, THRESHOLD, UserDecisions(combine_decisions(decisions)))
    return make_tables({name: frame(name, table) for name, table in rows})


def short(iri: str) -> str:
    """Give the last part of an IRI."""
    return iri.rsplit("/", 1)[-1]
