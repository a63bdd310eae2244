"""What tellers say of one event: each value with those who tell it, and the one that stands for all, by a stated rule.

The main value of an amount or a direction is the one told by the most independent origins, of equals by the most outlets, then
by the most articles, then the one told first; what a correction superseded does not count while anything else is told.
Nothing is averaged.
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
    """One value and the articles (IRIs) that tell it, in order of publication."""

    value: V
    tellers: tuple[str, ...]


def reported_values(
    cluster: Sequence[ResolvedReport], value_of: Callable[[ResolvedReport], V | None], witnesses: Witnesses
) -> list[EventValue[V]]:
    """Give the values that an event's tellers give, the main one first."""
    if len(cluster) == 1:
        only = value_of(cluster[0])
        return [] if only is None else [EventValue(only, (cluster[0].article.iri,))]
    told: dict[V, dict[str, tuple[object, ...]]] = defaultdict(dict)
    for one in sorted(cluster, key=lambda one: (*one.article.order, one.report.start)):
        value = value_of(one)
        if value is not None:
            told[value].setdefault(one.article.iri, one.article.order)
    if len(told) <= 1:
        return [EventValue(value, tuple(articles)) for value, articles in told.items()]
    orders = {value: min(articles.values()) for value, articles in told.items()}

    def rank(value: V) -> tuple[object, ...]:
        standing = witnesses.count(witnesses.standing(told[value]))
        return (-standing.origins, -standing.outlets, -standing.articles, orders[value], str(value))

    return [EventValue(value, tuple(told[value])) for value in sorted(told, key=rank)]


def amounts(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[Money]]:
    """Give the amounts told, the main one first."""
    return reported_values(cluster, lambda one: one.report.money, witnesses)


def directions(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[tuple[str, str]]]:
    """Give who is told to be subject and object (IRIs, empty for none), the main way first."""
    return reported_values(cluster, lambda one: (one.subject or "", one.object or ""), witnesses)


def statuses(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[Status]]:
    """Give the statuses told, in the order in which they were first told."""
    told = reported_values(cluster, lambda one: one.report.status, witnesses)
    first = {one.value: min(t.article.order for t in cluster if t.report.status is one.value) for one in told}
    return sorted(told, key=lambda one: (first[one.value], RANK[one.value]))


def status_of(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> Status:
    """Take the last word where it is a denial, else the furthest status told by what stands uncorrected."""
    standing = set(witnesses.standing(one.article.iri for one in cluster))
    ordered = sorted((one for one in cluster if not standing or one.article.iri in standing), key=lambda one: one.article.order)
    last = ordered[-1].report.status
    if last is Status.DENIED:
        return last
    told = [one.report.status for one in ordered if one.report.status is not Status.DENIED]
    return max(told, key=lambda status: RANK[status])


def day_of(cluster: Sequence[ResolvedReport]) -> tuple[date | None, str | None]:
    """Take the day that texts name most often, else the earliest day of an article."""
    named = Counter(one.report.date for one in cluster if one.report.date and one.report.date_source == "text")
    if named:
        return min(named, key=lambda day: (-named[day], day)), "text"
    days = [one.report.date for one in cluster if one.report.date]
    return (min(days), "article") if days else (None, None)


def reported_days(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[date]]:
    """Give the days that texts name, the day of the event first."""
    told = reported_values(cluster, lambda one: one.report.date if one.report.date_source == "text" else None, witnesses)
    main, _ = day_of(cluster)
    return sorted(told, key=lambda one: one.value != main)


def surest(cluster: Sequence[ResolvedReport]) -> Mapping[str, float]:
    """Give for each article how sure its surest report is."""
    by_article: dict[str, float] = {}
    for one in cluster:
        by_article[one.article.iri] = max(by_article.get(one.article.iri, 0.0), one.report.confidence)
    return by_article
