"""What people decided about events: which of the clusters of tellings a decision means, and what it does to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.core.company_names import name_key
from newsgraph.decisions.decision import Decision, EventReference, Verb
from newsgraph.resolve.events.event_values import day_of
from newsgraph.resolve.events.resolved_reports import ResolvedReport

_NEAR = 1.1  # an amount within this ratio of the one in a decision is the one meant


@dataclass(frozen=True, slots=True)
class DecidedReports:
    """The clusters (by position) that are no events, those whose amount was given, and decisions that mean several.

    `clashing` are decisions that mean one event by different words and cannot all hold; none of them counts.
    """

    wrong: frozenset[int] = field(default=frozenset())
    amounts: Mapping[int, Decision] = field(default_factory=dict)
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    ambiguous: tuple[tuple[Decision, int], ...] = ()
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


def decided(clusters: Sequence[list[ResolvedReport]], decisions: Sequence[Decision], meant: Mapping[str, frozenset[str]]) -> DecidedReports:
    """Look up what decisions mean; one that means several events is applied to none of them."""
    if not decisions:
        return DecidedReports()
    ambiguous = []
    meanings: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.event is None:
            continue
        found = [number for number, cluster in enumerate(clusters) if _is_meant(decision.event, cluster, meant)]
        if len(found) > 1:
            ambiguous.append((decision, len(found)))
        elif found:
            meanings[found[0]].append(decision)
    clashing = {one.order for several in meanings.values() if len({_said(one) for one in several}) > 1 for one in several}
    agreed = {number: several for number, several in meanings.items() if several[0].order not in clashing}
    return DecidedReports(
        frozenset(number for number, several in agreed.items() if several[0].verb is Verb.WRONG_EVENT),
        {number: several[0] for number, several in agreed.items() if several[0].verb is Verb.RIGHT_AMOUNT},
        frozenset(one.order for several in agreed.values() for one in several),
        tuple(ambiguous),
        frozenset(clashing),
    )


def _said(decision: Decision) -> tuple[object, ...]:
    return decision.verb, decision.amount, decision.currency


def _is_meant(event: EventReference, cluster: list[ResolvedReport], meant: Mapping[str, frozenset[str]]) -> bool:
    first = cluster[0]
    if first.report.type != event.type:
        return False
    sides = {iri for iri in (first.subject, first.object) if iri}
    wanted = [meant.get(name_key(party), frozenset()) for party in event.parties]
    if (
        len(wanted) != len(sides)
        or not all(named & sides for named in wanted)
        or not all(any(side in named for named in wanted) for side in sides)
    ):
        return False
    day, _ = day_of(cluster)
    if event.month and (day is None or day.strftime("%Y-%m") != event.month):
        return False
    told = [one.report.money.amount for one in cluster if one.report.money]
    return event.amount is None or any(max(sum_, event.amount) <= min(sum_, event.amount) * _NEAR for sum_ in told)
