"""The values that articles report of one event, each with its articles, and the main value, which is chosen by a fixed rule.

The main value of an amount or a direction is the one reported by the most independent origins, of equals by the most outlets, then by
the most articles, then the one reported first; superseded articles count only if nothing else is reported. Nothing is averaged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from newsgraph.core.model import Money, Status
from newsgraph.resolve.corroboration import Witnesses
from newsgraph.resolve.events.resolved_reports import ResolvedReport

V = TypeVar("V", bound=Hashable)
RANK = {Status.RUMOURED: 0, Status.PLANNED: 1, Status.ANNOUNCED: 2, Status.COMPLETED: 3, Status.DENIED: 4}


@dataclass(frozen=True, slots=True)
class EventValue(Generic[V]):
    """One value and the articles (IRIs) that report it, in order of publication."""

    value: V
    articles: tuple[str, ...]


def reported_values(
    cluster: Sequence[ResolvedReport], value_of: Callable[[ResolvedReport], V | None], witnesses: Witnesses
) -> list[EventValue[V]]:
    """Return the values that the reports of an event have, the main one first."""
    if len(cluster) == 1:
        only = value_of(cluster[0])
        return [] if only is None else [EventValue(only, (cluster[0].article.iri,))]
    by_value: dict[V, dict[str, tuple[object, ...]]] = defaultdict(dict)
    for resolved in sorted(cluster, key=lambda resolved: (*resolved.article.order, resolved.report.start)):
        value = value_of(resolved)
        if value is not None:
            by_value[value].setdefault(resolved.article.iri, resolved.article.order)
    if len(by_value) <= 1:
        return [EventValue(value, tuple(articles)) for value, articles in by_value.items()]
    first = {value: min(articles.values()) for value, articles in by_value.items()}

    def rank(value: V) -> tuple[object, ...]:
        counts = witnesses.count(witnesses.uncorrected(by_value[value]))
        return (-counts.origins, -counts.outlets, -counts.articles, first[value], str(value))

    return [EventValue(value, tuple(by_value[value])) for value in sorted(by_value, key=rank)]


def amounts(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[Money]]:
    """Return the reported amounts, the main one first."""
    return reported_values(cluster, lambda resolved: resolved.report.money, witnesses)


def directions(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[tuple[str, str]]]:
    """Return the reported pairs of subject and object (IRIs, empty for none), the main pair first."""
    return reported_values(cluster, lambda resolved: (resolved.subject or "", resolved.object or ""), witnesses)


def statuses(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[Status]]:
    """Return the reported statuses, in the order in which they were first reported."""
    values = reported_values(cluster, lambda resolved: resolved.report.status, witnesses)
    first = {
        value.value: min(resolved.article.order for resolved in cluster if resolved.report.status is value.value) for value in values
    }  # fmt: skip
    return sorted(values, key=lambda value: (first[value.value], RANK[value.value]))


def status_of(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> Status:
    """Return the last status if it is a denial, else the furthest; superseded articles count only if there are no others."""
    uncorrected = set(witnesses.uncorrected([resolved.article.iri for resolved in cluster]))
    counting = [resolved for resolved in cluster if not uncorrected or resolved.article.iri in uncorrected]
    ordered = [resolved.report.status for resolved in sorted(counting, key=lambda resolved: resolved.article.order)]
    if ordered[-1] is Status.DENIED:
        return Status.DENIED
    return max((status for status in ordered if status is not Status.DENIED), key=lambda status: RANK[status])


def day_of(cluster: Sequence[ResolvedReport]) -> tuple[date | None, str | None]:
    """Return the day that texts name most often, else the earliest day of an article, and which of the two it is."""
    in_texts = Counter(resolved.report.date for resolved in cluster if resolved.report.date and resolved.report.date_source == "text")
    if in_texts:
        return min(in_texts, key=lambda day: (-in_texts[day], day)), "text"
    days = [resolved.report.date for resolved in cluster if resolved.report.date]
    return (min(days), "article") if days else (None, None)


def reported_days(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[date]]:
    """Return the days that texts name, the day of the event first."""
    values = reported_values(
        cluster, lambda resolved: resolved.report.date if resolved.report.date_source == "text" else None, witnesses
    )  # fmt: skip
    main, _ = day_of(cluster)
    return sorted(values, key=lambda value: value.value != main)


def confidence_by_article(cluster: Sequence[ResolvedReport]) -> Mapping[str, float]:
    """Return the highest confidence of each article's reports."""
    by_article: dict[str, float] = {}
    for resolved in cluster:
        by_article[resolved.article.iri] = max(by_article.get(resolved.article.iri, 0.0), resolved.report.confidence)
    return by_article
