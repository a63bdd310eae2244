"""Reports with their articles and parties, made by hand, for tests of how events are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from newsgraph.core.model import Article, EventAmount, Facts, Kind, Money, Provider, Report, RoleFiller, Status
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.resolve import ExtractedArticle
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.corroboration import Witnesses
from newsgraph.resolve.events.resolved_reports import ResolvedFiller, ResolvedReport

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
    day: date | str | None = DAY, source: str = "article", status: Status = Status.ANNOUNCED,
    sides: tuple[str | None, str | None] = ("acme", "bolt"), part: str | None = None, confidence: float = 0.8, rule: str = "hand",
    start: int = 0, background: bool = False, percent: float | None = None, count: int | None = None,
) -> ResolvedReport:  # fmt: skip
    """Make what the article of a name reports of one event, by default that Acme bought Bolt on day one."""
    kind = EVENT_TYPES[type_name]
    second = kind.second or "party"
    roles = [(role, side) for role, side in zip((kind.first, second), sides, strict=True) if side]
    amounts = (EventAmount(Money(amount, currency), kind.amount),) if amount is not None else ()
    fillers = tuple(RoleFiller(role, side.title()) for role, side in roles)
    when = day.isoformat() if isinstance(day, date) else day or ""
    report = Report(
        type_name, fillers, start, start + 10, rule, confidence, status, amounts, when, source if when else "", background, percent, count, part
    )  # fmt: skip
    return ResolvedReport(
        node(name, days), report, tuple(ResolvedFiller(role, f"co/{side}", side.title(), "company") for role, side in roles)
    )


def also(one: ResolvedReport, role: str, name: str, iri: str | None = None, kind: str = "company") -> ResolvedReport:
    """Let one more fill a role of a report."""
    filler = RoleFiller(role, name, None if kind == "text" else Kind(kind))
    report = replace(one.report, roles=(*one.report.roles, filler))
    return ResolvedReport(one.article, report, (*one.fillers, ResolvedFiller(role, iri, name, kind)))


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
    return replace(one, report=replace(one.report, part=part))
