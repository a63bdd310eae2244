"""Reports with their articles and parties, made by hand, for tests of how events are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from newsgraph.core.model import Article, Facts, Money, Provider, Report, Status
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.corroboration import Witnesses
from newsgraph.resolve.events.resolved_reports import ResolvedReport

DAY = date(2024, 5, 1)
NAMES = {"co/acme": "Acme", "co/bolt": "Bolt", "co/cask": "Cask"}
"""The names of the parties, by IRI."""


def node(name: str, days: float | None = 0) -> ArticleNode:
    """Make an article `art/NAME`, published some days after day one, or nobody knows when."""
    published = None if days is None else datetime(2024, 5, 1, 8, tzinfo=UTC) + timedelta(days=days)
    record = Article(f"https://news.example/{name}", None, name, "", "a.json", "main", published=published)
    provider = Provider(name, f"{name}.example")
    return ArticleNode(f"art/{name}", ExtractedArticle(record, Facts()), (record,), published, provider, (), (), (), ())


def telling(
    name: str, type_name: str = "acquisition", amount: float | None = None, currency: str = "USD", *, days: float | None = 0,
    day: date | None = DAY, source: str = "article", status: Status = Status.ANNOUNCED, sides: tuple[str | None, str | None] = ("acme", "bolt"),
    part: str | None = None, confidence: float = 0.8, rule: str = "hand", start: int = 0,
) -> ResolvedReport:  # fmt: skip
    """Make what the article of a name tells of one event, by default that Acme bought Bolt on day one."""
    subject, other = sides
    money = Money(amount, currency) if amount is not None else None
    report = Report(
        type_name, subject and subject.title(), other and other.title(), start, start + 10, rule, confidence, status, money, day, source if day else "", part
    )  # fmt: skip
    return ResolvedReport(node(name, days), report, subject and f"co/{subject}", other and f"co/{other}")


def later(days: int) -> date:
    """Return the day so many days after day one."""
    return DAY + timedelta(days=days)


def independent(tellings: Iterable[ResolvedReport], superseded: Sequence[str] = (), **origins: str) -> Witnesses:
    """Let each article be an outlet and an origin of its own; `origins` names those that copy another's text."""
    articles = {one.article.iri for one in tellings}
    return Witnesses(
        {iri: f"{iri}.example" for iri in articles},
        {iri: origins.get(iri.removeprefix("art/"), iri) for iri in articles},
        frozenset(f"art/{name}" for name in superseded),
    )


def of_parts(one: ResolvedReport, part: str | None) -> ResolvedReport:
    """Let a report be of a part of the object."""
    return replace(one, report=replace(one.report, object_part=part))
