"""Events that people decided to be one, or to be several: clusters of reports are joined and separated, whatever the rules make of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from newsgraph.decisions.decision import Decision, EventReference, Verb
from newsgraph.decisions.event_matching import NO
from newsgraph.resolve.events.event_decisions import DecidableNodes, reference_match
from newsgraph.resolve.events.resolved_reports import ResolvedReport, by_day

Cluster = list[ResolvedReport]
_PAIR = 2


class DecidedIdentity(NamedTuple):
    """Clusters with what people decided of their identity, the decisions (by order) that apply, and those that match several events."""

    clusters: list[Cluster]
    used: frozenset[tuple[str, ...]] = frozenset()
    ambiguous: tuple[tuple[Decision, int], ...] = ()


def decided_identity(clusters: Sequence[Cluster], decisions: Sequence[Decision], nodes: DecidableNodes) -> DecidedIdentity:
    """Separate the reports of events that are different, then join the clusters of events that are the same.

    A decision that joins applies to none of its events if one of its references matches several clusters.
    """
    about = [decision for decision in decisions if decision.events]
    changed, used, ambiguous = list(clusters), set(), []
    for decision in (one for one in about if one.verb is Verb.DIFFERENT):
        changed, applies = _separated(changed, decision.events, nodes)
        used |= {decision.order} if applies else set()
    for decision in (one for one in about if one.verb is Verb.SAME):
        found = [_matching(reference, changed, nodes) for reference in decision.events]
        most = max(map(len, found))
        if most > 1:
            ambiguous.append((decision, most))
        elif all(found):
            changed = _joined(changed, {number for numbers in found for number in numbers})
            used.add(decision.order)
    return DecidedIdentity(changed, frozenset(used), tuple(ambiguous))


def _separated(clusters: Sequence[Cluster], events: Sequence[EventReference], nodes: DecidableNodes) -> tuple[list[Cluster], bool]:
    """Return the clusters with the reports of different events apart, and whether two of the events or more are there.

    A report that is of none of the events, or may be of several, stays with the first of them.
    """
    changed: list[Cluster] = []
    there: set[int] = set()
    for cluster in clusters:
        parts: dict[int, Cluster] = {}
        undecided: Cluster = []
        for resolved in cluster:
            fitting = [number for number, event in enumerate(events) if reference_match(event, [resolved], nodes) != NO]
            parts.setdefault(fitting[0], []).append(resolved) if len(fitting) == 1 else undecided.append(resolved)
        there |= set(parts)
        if len(parts) < _PAIR:
            changed.append(cluster)
            continue
        first = min(parts)
        parts[first] = sorted((*parts[first], *undecided), key=by_day)
        changed += [parts[number] for number in sorted(parts)]
    return changed, len(there) >= _PAIR


def _matching(event: EventReference, clusters: Sequence[Cluster], nodes: DecidableNodes) -> list[int]:
    """Return the clusters (by position) that a reference matches best."""
    fits = {
        number: reference_match(event, cluster, nodes) for number, cluster in enumerate(clusters) if cluster[0].report.type == event.type
    }
    best = max(fits.values(), default=NO)
    return [number for number, fit in fits.items() if fit == best != NO]


def _joined(clusters: Sequence[Cluster], numbers: set[int]) -> list[Cluster]:
    one = sorted((resolved for number in numbers for resolved in clusters[number]), key=by_day)
    first = min(numbers)
    return [one if number == first else cluster for number, cluster in enumerate(clusters) if number == first or number not in numbers]
