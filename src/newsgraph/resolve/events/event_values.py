"""The values that articles report of one event, each with its articles, and the main value, which is chosen by a fixed rule.

The main value of an amount or a direction is the one reported by the most independent origins, of equals by the most outlets, then by
the most articles, then the one reported first; superseded articles count only if nothing else is reported. Nothing is averaged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from newsgraph.core.model import EventAmount, Money, Report, Status
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.resolve.corroboration import Witnesses
from newsgraph.resolve.events.resolved_reports import ResolvedReport

V = TypeVar("V", bound=Hashable)
RANK = {Status.RUMOURED: 0, Status.PLANNED: 1, Status.ANNOUNCED: 2, Status.COMPLETED: 3, Status.DENIED: 4, Status.ENDED: 5}
OFF = frozenset({Status.DENIED, Status.ENDED})
_NO_SUM = frozenset({"valuation", "per_share", "debt"})  # an amount of one of these is the event's only if such events are about it


@dataclass(frozen=True, slots=True)
class EventValue(Generic[V]):
    """One value and the articles (IRIs) that report it, in order of publication."""

    value: V
    articles: tuple[str, ...]


_TO_COME = frozenset({Status.ANNOUNCED, Status.PLANNED})


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
    return reported_values(cluster, lambda resolved: main_money(resolved.report), witnesses)


def main_money(report: Report) -> Money | None:
    """Return the amount that is the event's own: no valuation, debt or price per share, unless such events are about that."""
    amount = main_amount(report)
    return amount.money if amount else None


def main_amount(report: Report) -> EventAmount | None:
    """Return the first amount that is the event's own, with what it is of."""
    own = EVENT_TYPES[report.type].amount
    return next((amount for amount in report.amounts if amount.of == own or amount.of not in _NO_SUM), None)


def directions(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[tuple[str, str]]]:
    """Return the reported pairs of main parties (IRIs, empty for none), the main pair first; parties without directions are one value."""
    if not cluster:
        return []  # a deal has totals and no reports
    pairs = {resolved.pair for resolved in cluster}
    both_ways = [resolved for resolved in cluster if resolved.pair[::-1] in pairs]
    if EVENT_TYPES[cluster[0].report.type].symmetric or not both_ways:
        return reported_values(cluster, lambda _: cluster[0].pair, witnesses)
    return reported_values(both_ways, lambda resolved: resolved.pair, witnesses)


def statuses(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[Status]]:
    """Return the reported statuses, in the order in which they were first reported."""
    values = reported_values(cluster, lambda resolved: resolved.report.status, witnesses)
    first = {
        value.value: min(resolved.article.order for resolved in cluster if resolved.report.status is value.value) for value in values
    }  # fmt: skip
    return sorted(values, key=lambda value: (first[value.value], RANK[value.value]))


def status_of(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> Status:
    """Return the last status if it is a denial or an end, else the furthest; superseded articles count only if there are no others.

    Who completes a deal before more others announce it has been read wrongly: "Lyft sells its unit", before it "will receive" a sum.
    """
    uncorrected = set(witnesses.uncorrected([resolved.article.iri for resolved in cluster]))
    counting = [resolved for resolved in cluster if not uncorrected or resolved.article.iri in uncorrected]
    ordered = [resolved.report.status for resolved in sorted(counting, key=lambda resolved: resolved.article.order)]
    if ordered[-1] in OFF:
        return ordered[-1]
    told = [status for status in ordered if status not in OFF]
    completed = [at for at, status in enumerate(told) if status is Status.COMPLETED]
    if completed and sum(status in _TO_COME for status in told[completed[-1] + 1 :]) > len(completed):
        told = [status for status in told if status is not Status.COMPLETED]
    return max(told, key=lambda status: RANK[status])


def time_of(cluster: Sequence[ResolvedReport]) -> tuple[str, str]:
    """Return the day, month or year that texts name most often, else the earliest day of an article that reports news, and its source.

    Of equally frequent ones the most precise, then the earliest is taken; both texts are empty if no time is known.
    """
    in_texts = Counter(resolved.report.when for resolved in cluster if resolved.report.when and resolved.report.when_source == "text")
    if in_texts:
        return min(in_texts, key=lambda when: (-in_texts[when], -len(when), when)), "text"
    # an article that reports something from before says nothing of its day by its own
    days = [resolved.report.when for resolved in cluster if resolved.report.when and not resolved.report.background]
    return (min(days), "article") if days else ("", "")


def reported_times(cluster: Sequence[ResolvedReport], witnesses: Witnesses) -> list[EventValue[str]]:
    """Return the days, months and years that texts name, the time of the event first."""
    values = reported_values(
        cluster, lambda resolved: resolved.report.when if resolved.report.when_source == "text" and resolved.report.when else None, witnesses
    )  # fmt: skip
    main, _ = time_of(cluster)
    return sorted(values, key=lambda value: value.value != main)


def confidence_by_article(cluster: Sequence[ResolvedReport]) -> Mapping[str, float]:
    """Return the highest confidence of each article's reports."""
    by_article: dict[str, float] = {}
    for resolved in cluster:
        by_article[resolved.article.iri] = max(by_article.get(resolved.article.iri, 0.0), resolved.report.confidence)
    return by_article
