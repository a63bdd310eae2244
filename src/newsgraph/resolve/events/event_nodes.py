"""Event nodes: what all reports of an event state together, and deals that consist of several events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from newsgraph.core.errors import CollisionError
from newsgraph.core.iris import event_key
from newsgraph.core.model import Money, Status, Total
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.decisions.decision import NO_DECISIONS, Decision, Decisions, Verb
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.corroboration import Witnesses, combined_confidence
from newsgraph.resolve.events.event_decisions import match_decisions
from newsgraph.resolve.events.event_labels import event_label
from newsgraph.resolve.events.event_values import RANK, amounts, confidence_by_article, day_of, directions, status_of
from newsgraph.resolve.events.resolved_reports import WINDOW, ResolvedReport, ResolvedTotal, cluster_reports
from newsgraph.resolve.iri_assignment import Replaced, assign_iris

_PARTS = 2  # events in a deal, at least


@dataclass(frozen=True, slots=True)
class EventNode:
    """One event, its parties by role, and its reports (of a deal, its totals)."""

    iri: str
    type: str
    label: str
    date: date | None
    date_source: str | None
    money: Money | None
    status: Status
    object_part: str | None
    confidence: float
    rule: str
    roles: tuple[tuple[str, str], ...]  # (role, IRI), sorted
    reports: tuple[ResolvedReport, ...]
    totals: tuple[tuple[ArticleNode, Total], ...]
    parts: tuple[str, ...]  # IRIs
    members: tuple[str, ...]  # identify the event in a file of kept IRIs
    decision: str = ""  # the decision, in words, that set its amount

    @property
    def articles(self) -> Mapping[str, ArticleNode]:
        """Return the articles that report the event, by IRI."""
        reporting = {resolved.article.iri: resolved.article for resolved in self.reports}
        return reporting | {article.iri: article for article, _ in self.totals}


@dataclass(frozen=True, slots=True)
class Events:
    """All events, sorted by IRI; old IRIs that lead to one of them; and what became of decisions.

    `used` are decisions that apply to something, `ambiguous` those that match several events, with their number, and `clashing` those
    that contradict each other about one event.
    """

    nodes: tuple[EventNode, ...]
    replaced: tuple[Replaced, ...] = ()
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    ambiguous: tuple[tuple[Decision, int], ...] = ()
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event without its IRI, what the IRI is made of, and the order of the event's first article."""

    node: EventNode
    key: tuple[str, tuple[str, ...], str]
    first: tuple[object, ...]


def resolve_events(
    reports: Sequence[ResolvedReport], totals: Sequence[ResolvedTotal], names: Mapping[str, str], base: str, witnesses: Witnesses,
    candidates: Mapping[str, frozenset[str]] | None = None, decisions: Decisions = NO_DECISIONS, kept_iris: KeptIris = NO_IRIS,
) -> Events:  # fmt: skip
    """Merge reports into events, and totals into deals over these events.

    `names` maps the IRI of every party to its name; `candidates` maps folded names in decisions to the parties that they may mean.
    Raises CollisionError if two different events would get the same IRI.
    """
    clusters = cluster_reports(reports)
    matched = match_decisions(clusters, decisions.of(Verb.WRONG_EVENT, Verb.RIGHT_AMOUNT), candidates or {})
    drafts = [
        _draft(event_of(cluster, names, witnesses, _decided_amount(matched.amounts.get(number))), cluster)
        for number, cluster in enumerate(clusters)
        if number not in matched.wrong
    ]
    events, replaced_events = _with_iris("event", _with_distinct_members(drafts), kept_iris, base)
    taken = frozenset(event.iri for event in events)
    deals, replaced_deals = _with_iris("deal", _deals(totals, events, names), kept_iris, base, taken)
    return Events(
        tuple(sorted((*events, *deals), key=lambda event: event.iri)), (*replaced_events, *replaced_deals),
        matched.used, matched.ambiguous, matched.clashing,
    )  # fmt: skip


def _with_iris(
    kind: str, drafts: Sequence[_Draft], kept: KeptIris, base: str, taken: frozenset[str] = frozenset()
) -> tuple[list[EventNode], tuple[Replaced, ...]]:
    """Sort drafts by key and first publication, and assign their IRIs."""
    ordered = sorted(drafts, key=lambda draft: (draft.key, draft.first, draft.node.members))
    keys: dict[str, object] = {}
    natural = []
    for draft in ordered:
        iri = f"{base}event/{event_key(*draft.key)}"
        if keys.setdefault(iri, draft.key) != draft.key or iri in taken:
            raise CollisionError(iri, keys[iri], draft.key)
        natural.append(iri)
    holders: dict[str, dict[int, int]] = defaultdict(dict)
    for number, draft in enumerate(ordered):
        members = (name for resolved in draft.node.reports for name in (resolved.member, _member_with_amount(resolved)))
        for member in {*draft.node.members, *members}:
            holders[member][number] = 1
    assigned = assign_iris(kind, natural, kept, holders)
    return [replace(draft.node, iri=iri) for iri, draft in zip(assigned.iris, ordered, strict=True)], assigned.replaced


def event_of(
    cluster: Sequence[ResolvedReport], names: Mapping[str, str], witnesses: Witnesses, decided: tuple[Money, str] | None = None
) -> EventNode:
    """Combine the reports of one event (sorted by `by_day`) into an event without an IRI.

    `decided` is an amount that people decided, and their decision in words.
    """
    kind = EVENT_TYPES[cluster[0].report.type]
    subject, other = directions(cluster, witnesses)[0].value
    day, source = day_of(cluster)
    reported = amounts(cluster, witnesses)
    money = decided[0] if decided else reported[0].value if reported else None
    roles = {(kind.subject_role, subject)} if subject else set()
    roles |= {(kind.object_role, other)} if other else set()
    best = max((resolved.report for resolved in cluster), key=lambda report: (report.confidence, report.rule))
    label = event_label(
        kind.name,
        names[subject] if subject else None,
        [names[other]] if other else [],
        money.amount if money else None,
        money.currency if money else None,
    )
    part = next((resolved.report.object_part for resolved in cluster if resolved.report.object_part), None)
    confidence = combined_confidence(confidence_by_article(cluster).values())
    return EventNode(
        "", kind.name, label, day, source, money, status_of(cluster, witnesses), part, confidence, best.rule, tuple(sorted(roles)),
        tuple(cluster), (), (), tuple(sorted({resolved.member for resolved in cluster})), decided[1] if decided else "",
    )  # fmt: skip


def _decided_amount(decision: Decision | None) -> tuple[Money, str] | None:
    if decision is None or decision.amount is None:
        return None
    return Money(decision.amount, decision.currency), str(decision)


def _draft(node: EventNode, cluster: Sequence[ResolvedReport]) -> _Draft:
    return _Draft(node, _key(node), min(resolved.article.order for resolved in cluster))


def _key(node: EventNode) -> tuple[str, tuple[str, ...], str]:
    slugs = tuple(sorted(iri.rsplit("/", 1)[-1] for _, iri in node.roles))
    return node.type, slugs, node.date.strftime("%Y-%m") if node.date else ""


def _member_with_amount(resolved: ResolvedReport) -> str:
    """Identify a report by its amount too, because an article may report several events of one type and the same parties."""
    money = resolved.report.money
    return f"{resolved.member}|{f'{money.amount:.0f} {money.currency}' if money else ''}"


def _with_distinct_members(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Identify reports by their amounts where several events have a member of the same name, so that each event keeps its IRI."""
    counts = Counter(member for draft in drafts for member in draft.node.members)
    return [
        replace(draft, node=replace(draft.node, members=tuple(sorted({
            resolved.member if counts[resolved.member] == 1 else _member_with_amount(resolved) for resolved in draft.node.reports
        }))))
        for draft in drafts
    ]  # fmt: skip


def _deals(totals: Sequence[ResolvedTotal], events: Sequence[EventNode], names: Mapping[str, str]) -> list[_Draft]:
    """Make a deal of the totals with the same parties and amount; its parts are events in the same articles."""
    by_parties: dict[frozenset[str], list[EventNode]] = defaultdict(list)
    for event in events:
        by_parties[frozenset(iri for _, iri in event.roles)].append(event)
    drafts = []
    for parties, money, group in _group_totals(totals):
        deal = deal_of(parties, money, group, by_parties[frozenset(parties)], names)
        if deal is not None:
            drafts.append(_Draft(deal, _key(deal), deal.totals[0][0].order))
    return drafts


def _group_totals(totals: Sequence[ResolvedTotal]) -> Iterator[tuple[tuple[str, ...], Money, list[tuple[ArticleNode, Total]]]]:
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
    ordered = [names[party] for party in parties]
    label = event_label("deal", ordered[0], ordered[1:], money.amount, money.currency)
    day = min((part.date for part in parts if part.date), default=None)
    source = next((part.date_source for part in parts if part.date == day), None)
    role = EVENT_TYPES["deal"].subject_role
    members = sorted({f"deal|{article.iri.rpartition('/')[2]}|{total.money.amount:.0f}" for article, total in totals})
    status = _deal_status(parts, [total.status for _, total in totals])
    confidence = combined_confidence([total.confidence for _, total in totals])
    return EventNode(
        "", "deal", label, day, source, money, status, None, confidence, totals[0][1].rule, tuple(sorted((role, party) for party in parties)),
        (), tuple(totals), tuple(sorted(part.iri for part in parts)), tuple(members),
    )  # fmt: skip


def _deal_status(parts: Sequence[EventNode], stated: Sequence[Status]) -> Status:
    """Return the status of a deal: completed or denied if an article says so of the whole, else that of its least advanced part.

    `stated` are the statuses of the whole, in order of publication: a denial counts if it is the last, a completion always. Denied parts
    do not count. The completion of one part does not complete the deal.
    """
    alive = [part.status for part in parts if part.status is not Status.DENIED]
    if not alive or stated[-1] is Status.DENIED:
        return Status.DENIED
    return Status.COMPLETED if Status.COMPLETED in stated else min(alive, key=lambda status: RANK[status])
