"""Deals: several events of the same parties and the total that articles state for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta

from newsgraph.core.model import EventAmount, Kind, Money, Status, Total
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.corroboration import combined_confidence
from newsgraph.resolve.events.event_labels import event_label
from newsgraph.resolve.events.event_roles import EventNode, EventRole
from newsgraph.resolve.events.event_values import OFF, RANK
from newsgraph.resolve.events.resolved_reports import WINDOW, ResolvedTotal

_PARTS = 2  # events in a deal, at least


def group_totals(totals: Sequence[ResolvedTotal]) -> Iterator[tuple[tuple[str, ...], Money, list[tuple[ArticleNode, Total]]]]:
    """Group totals with the same parties and amount that are close in time."""
    groups: dict[tuple[tuple[str, ...], Money], list[tuple[ArticleNode, Total]]] = defaultdict(list)
    for article, total, parties in totals:
        groups[tuple(sorted(parties)), total.money].append((article, total))
    for (parties, money), members in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1].amount, item[0][1].currency)):
        group: list[tuple[ArticleNode, Total]] = []
        for article, total in sorted(members, key=lambda member: member[0].order):
            last = group[-1][0].published if group else None
            if last and article.published and article.published - last > timedelta(days=WINDOW):
                yield parties, money, group
                group = []
            group.append((article, total))
        yield parties, money, group


def deal_of(
    parties: Sequence[str], money: Money, totals: Sequence[tuple[ArticleNode, Total]], events: Iterable[EventNode],
    names: Mapping[str, str],
) -> EventNode | None:  # fmt: skip
    """Make a deal, without an IRI, of totals of one amount; its parts are those of `events` that the same articles report.

    Returns None if there are fewer than two parts. `parties` are IRIs, sorted.
    """
    with_total = {article.iri for article, _ in totals}
    parts = [event for event in events if any(resolved.article.iri in with_total for resolved in event.reports)]
    if len(parts) < _PARTS:
        return None
    totals = sorted(totals, key=lambda member: member[0].order)
    kinds = {role.party: role.kind for part in parts for role in part.roles}
    roles = tuple(EventRole("party", party, names[party], kinds.get(party, Kind.COMPANY.value)) for party in sorted(parties))
    amount = EventAmount(money, EVENT_TYPES["deal"].amount)
    when = min((part.when for part in parts if part.when), default="")
    source = next((part.when_source for part in parts if part.when == when), "")
    members = sorted({f"deal|{article.iri.rpartition('/')[2]}|{total.money.amount:.0f}" for article, total in totals})
    status = _deal_status(parts, [total.status for _, total in totals])
    confidence = combined_confidence([total.confidence for _, total in totals])
    label = event_label("deal", [(role.role, role.name) for role in roles], amount, status)
    return EventNode(
        "", "deal", label, when, source, amount, status, confidence, totals[0][1].rule, roles,
        (), tuple(totals), tuple(sorted(part.iri for part in parts)), tuple(members),
    )  # fmt: skip


def _deal_status(parts: Sequence[EventNode], stated: Sequence[Status]) -> Status:
    """Return the status of a deal: completed, denied or ended if an article says so of the whole, else that of its least advanced part.

    `stated` are the statuses of the whole, in order of publication: a denial or an end counts if it is the last, a completion always. Denied
    and ended parts do not count. The completion of one part does not complete the deal.
    """
    alive = [part.status for part in parts if part.status not in OFF]
    if stated[-1] in OFF:
        return stated[-1]
    if not alive:
        return max((part.status for part in parts), key=lambda status: RANK[status])
    return Status.COMPLETED if Status.COMPLETED in stated else min(alive, key=lambda status: RANK[status])
