"""What people decided about events: which clusters of reports a decision means, and what it changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from newsgraph.core.company_names import name_key
from newsgraph.decisions.decision import Decision, EventReference, Verb
from newsgraph.resolve.events.event_values import time_of
from newsgraph.resolve.events.resolved_reports import ResolvedReport

_NEAR = 1.1  # an amount within this ratio of the amount in a decision matches it


@dataclass(frozen=True, slots=True)
class DecidedReports:
    """Clusters (by position) that are not events, clusters whose amount is decided, and decisions that match several clusters.

    `clashing` are decisions that refer to one event in different words and contradict each other; none of them is applied.
    """

    wrong: frozenset[int] = field(default=frozenset())
    amounts: Mapping[int, Decision] = field(default_factory=dict)
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    ambiguous: tuple[tuple[Decision, int], ...] = ()
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


def match_decisions(
    clusters: Sequence[list[ResolvedReport]], decisions: Sequence[Decision], candidates: Mapping[str, frozenset[str]]
) -> DecidedReports:
    """Find the clusters that decisions refer to; a decision that matches several events is applied to none of them.

    `candidates` maps a folded name to the parties (IRIs) that it may mean.
    """
    if not decisions:
        return DecidedReports()
    ambiguous = []
    by_cluster: dict[int, list[Decision]] = defaultdict(list)
    for decision in decisions:
        if decision.event is None:
            continue
        matches = [number for number, cluster in enumerate(clusters) if _matches(decision.event, cluster, candidates)]
        if len(matches) > 1:
            ambiguous.append((decision, len(matches)))
        elif matches:
            by_cluster[matches[0]].append(decision)
    clashing = {
        decision.order for matching in by_cluster.values() if len({_effect(one) for one in matching}) > 1 for decision in matching
    }  # fmt: skip
    agreed = {number: matching for number, matching in by_cluster.items() if matching[0].order not in clashing}
    return DecidedReports(
        frozenset(number for number, matching in agreed.items() if matching[0].verb is Verb.WRONG_EVENT),
        {number: matching[0] for number, matching in agreed.items() if matching[0].verb is Verb.RIGHT_AMOUNT},
        frozenset(decision.order for matching in agreed.values() for decision in matching),
        tuple(ambiguous),
        frozenset(clashing),
    )


def _effect(decision: Decision) -> tuple[object, ...]:
    return decision.verb, decision.amount, decision.currency


def _matches(event: EventReference, cluster: list[ResolvedReport], candidates: Mapping[str, frozenset[str]]) -> bool:
    if cluster[0].report.type != event.type:
        return False
    sides = {iri for resolved in cluster for iri in resolved.parties}
    parties = [candidates.get(name_key(party), frozenset()) for party in event.parties]
    if (
        len(parties) != len(sides)
        or not all(iris & sides for iris in parties)
        or not all(any(side in iris for iris in parties) for side in sides)
    ):
        return False
    when, _ = time_of(cluster)
    if event.month and when[:7] != event.month:
        return False
    amounts = [resolved.report.money.amount for resolved in cluster if resolved.report.money]
    return event.amount is None or any(max(amount, event.amount) <= min(amount, event.amount) * _NEAR for amount in amounts)
