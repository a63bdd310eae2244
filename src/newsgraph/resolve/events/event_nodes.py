"""Event nodes: what all reports of an event state together, and deals that consist of several events."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from newsgraph.core.errors import CollisionError
from newsgraph.core.iris import event_key
from newsgraph.core.model import EventAmount, Money, Status
from newsgraph.core.renamings import NO_FORMER_NAMES, FormerName, FormerNames, name_of_day
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.decisions.decision import DECISION, NO_DECISIONS, Decision, Decisions, Verb
from newsgraph.decisions.stable_iris import NO_IRIS, KeptIris
from newsgraph.resolve.corroboration import Witnesses, combined_confidence
from newsgraph.resolve.events.deals import deal_of, group_totals
from newsgraph.resolve.events.event_decisions import (
    DECISION_VERBS,
    NO_NODES,
    DecidableNodes,
    DecidedReports,
    changed_reports,
    decided_values,
    match_decisions,
)
from newsgraph.resolve.events.event_identity import decided_identity
from newsgraph.resolve.events.event_labels import event_label
from newsgraph.resolve.events.event_roles import DecidedValue, EventNode, event_roles
from newsgraph.resolve.events.event_values import amounts, confidence_by_article, directions, main_money, status_of, time_of
from newsgraph.resolve.events.resolved_reports import ResolvedReport, ResolvedTotal, cluster_reports, main_roles
from newsgraph.resolve.iri_assignment import AssignedIris, Replaced, assign_iris
from newsgraph.resolve.member_owners import NodePart

V = TypeVar("V", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Events:
    """All events, sorted by IRI; old IRIs that lead to one of them; and what became of decisions.

    `used` are decisions that apply to something, `ambiguous` those that match several events, with their number, and `clashing` those
    that contradict each other about one event.
    """

    nodes: tuple[EventNode, ...]
    replaced: tuple[Replaced, ...] = ()
    members: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)  # of each kind and IRI, in a file of kept IRIs
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
    nodes: DecidableNodes = NO_NODES, decisions: Decisions = NO_DECISIONS, kept_iris: KeptIris = NO_IRIS,
    parents: Mapping[str, str] | None = None, former: FormerNames = NO_FORMER_NAMES,
) -> Events:  # fmt: skip
    """Merge reports into events, and totals into deals over these events.

    `names` maps the IRI of every party to its name, `parents` companies to those that they belong to (IRIs); `nodes` are those that names in
    decisions may mean. `former` has former names, see `event_of`.
    Raises CollisionError if two different events would get the same IRI.
    """
    clusters, matched = _decided_clusters(cluster_reports(reports, parents), decisions, nodes, parents)
    drafts = [_draft(event_of(cluster, names, witnesses, decided, former), cluster) for cluster, decided in clusters]
    events, of_events = _with_iris("event", drafts, kept_iris, base)
    taken = frozenset(event.iri for event in events)
    deals, of_deals = _with_iris("deal", _deals(totals, events, names), kept_iris, base, taken)
    members = {(kind, iri): own for kind, of in (("event", of_events), ("deal", of_deals)) for iri, own in of.members.items()}
    return Events(
        tuple(sorted(with_distinct_labels((*events, *deals)), key=lambda event: event.iri)), (*of_events.replaced, *of_deals.replaced),
        members, matched.used, matched.ambiguous, matched.clashing,
    )  # fmt: skip


def _decided_clusters(
    clusters: list[list[ResolvedReport]], decisions: Decisions, nodes: DecidableNodes, parents: Mapping[str, str] | None
) -> tuple[list[tuple[list[ResolvedReport], tuple[DecidedValue, ...]]], DecidedReports]:
    """Return the clusters that are events, each with its decided values.

    Clusters of which the type or the roles are decided are made anew, because their reports may belong to other events then.
    """
    identities = decisions.of(Verb.SAME, Verb.DIFFERENT)
    identity = decided_identity(clusters, identities, nodes)
    clusters = identity.clusters
    matched = match_decisions(clusters, decisions.of(*DECISION_VERBS), nodes)
    both = replace(matched, used=matched.used | identity.used, ambiguous=(*matched.ambiguous, *identity.ambiguous))
    if not matched.used:
        return [(cluster, ()) for cluster in clusters], both
    values: dict[int, tuple[DecidedValue, ...]] = {}  # by the identity of a report
    reports: list[ResolvedReport] = []
    for number, cluster in enumerate(clusters):
        if number in matched.wrong:
            continue
        changes = matched.changes.get(number, ())
        changed = changed_reports(cluster, changes, nodes)
        reports += changed
        if changes:
            values |= dict.fromkeys(map(id, changed), decided_values(changes))
    return [
        (cluster, tuple({value.field: value for resolved in reversed(cluster) for value in values.get(id(resolved), ())}.values()))
        for cluster in decided_identity(cluster_reports(reports, parents), identities, nodes).clusters
    ], both


def _with_iris(
    kind: str, drafts: Sequence[_Draft], kept: KeptIris, base: str, taken: frozenset[str] = frozenset()
) -> tuple[list[EventNode], AssignedIris]:
    """Sort drafts by key and first publication, and assign their IRIs."""
    ordered = sorted(drafts, key=lambda draft: (draft.key, draft.first, draft.node.members))
    keys: dict[str, object] = {}
    natural = []
    for draft in ordered:
        iri = f"{base}event/{event_key(*draft.key)}"
        if keys.setdefault(iri, draft.key) != draft.key or iri in taken:
            raise CollisionError(iri, keys[iri], draft.key)
        natural.append(iri)
    has_file = bool(kept.members.get(kind))
    assigned = assign_iris(kind, natural, kept, [_parts(draft.node, has_file=has_file) for draft in ordered])
    return [replace(draft.node, iri=iri) for iri, draft in zip(assigned.iris, ordered, strict=True)], assigned


def event_of(
    cluster: Sequence[ResolvedReport], names: Mapping[str, str], witnesses: Witnesses, decided: Sequence[DecidedValue] = (),
    former: FormerNames = NO_FORMER_NAMES,
) -> EventNode:  # fmt: skip
    """Combine the reports of one event (sorted by `by_day`) into an event without an IRI.

    `decided` are the values that people decided, which hold whatever is reported. `former` has the former names of companies (IRIs) that
    texts use: the label has the names of the day of its first report.
    """
    kind = EVENT_TYPES[cluster[0].report.type]
    when, source = time_of(cluster)
    reported = amounts(cluster, witnesses)
    by_field = {value.field: value for value in decided}
    money = by_field["amount"].money if "amount" in by_field else reported[0].value if reported else None
    amount = EventAmount(money, _kind_of(money, cluster)) if money else None
    best = max((resolved.report for resolved in cluster), key=lambda report: (report.confidence, report.rule))
    roles = event_roles(cluster, directions(cluster, witnesses)[0].value, names)
    node = EventNode(
        "", kind.name, "", when, source, amount, status_of(cluster, witnesses), combined_confidence(confidence_by_article(cluster).values()),
        best.rule, roles, tuple(cluster), (), (), tuple(sorted({resolved.member for resolved in cluster})), tuple(decided),
        _most_frequent(resolved.report.part for resolved in cluster), _most_frequent(resolved.report.percent for resolved in cluster),
        _most_frequent(resolved.report.count for resolved in cluster), all(resolved.report.background for resolved in cluster),
    )  # fmt: skip
    node = _with_decided(node, by_field)
    published = [resolved.article.published for resolved in cluster if resolved.article.published]
    return replace(node, label=label_of(node, former, min(published).date() if published else None))


def _with_decided(node: EventNode, decided: Mapping[str, DecidedValue]) -> EventNode:
    if "date" in decided:
        node = replace(node, when=decided["date"].text, when_source=DECISION if decided["date"].text else "")
    if "status" in decided:
        node = replace(node, status=Status(decided["status"].text))
    return replace(node, part=decided["part"].text or None) if "part" in decided else node


def label_of(node: EventNode, former: FormerNames = NO_FORMER_NAMES, day: date | None = None) -> str:
    """Return the label of an event by its fields, with the names that companies had on a day."""
    roles = [(role.role, _name_on(day, role.name, former.get(role.party or "", ()))) for role in node.roles]
    return event_label(node.type, roles, node.amount, node.status, node.part, node.percent, node.count)


def _name_on(day: date | None, name: str, former: Sequence[FormerName]) -> str:
    """Return the name that a company had on a day; a name that people decided stays."""
    return name_of_day(name, [old for old in former if old.newest == name], day) if day else name


def with_distinct_labels(nodes: Sequence[EventNode]) -> list[EventNode]:
    """Add to labels that several events have when each of them was, if it is known."""
    counts = Counter(node.label for node in nodes)
    return [replace(node, label=f"{node.label} ({node.when})") if counts[node.label] > 1 and node.when else node for node in nodes]


def _kind_of(money: Money, cluster: Sequence[ResolvedReport]) -> str:
    kinds = (amount.of for resolved in cluster for amount in resolved.report.amounts if amount.money == money)
    return next(kinds, EVENT_TYPES[cluster[0].report.type].amount)


def _most_frequent(values: Iterable[V | None]) -> V | None:
    """Return the most frequent value, of equals the one whose text is longest, then first; None if there is none."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], -len(str(value)), str(value)), default=None)


def _draft(node: EventNode, cluster: Sequence[ResolvedReport]) -> _Draft:
    return _Draft(node, _key(node), min(resolved.article.order for resolved in cluster))


def _key(node: EventNode) -> tuple[str, tuple[str, ...], str]:
    roles = main_roles(node.type)
    slugs = tuple(sorted({role.party.rsplit("/", 1)[-1] for role in node.roles if role.party and role.role in roles}))
    return node.type, slugs, node.when[:7]


def _parts(node: EventNode, *, has_file: bool) -> list[NodePart]:
    """Return what later builds recognise an event by: its reports, or the articles of a deal.

    Reports are known by their amounts too where several events have one of the same type, article and parties, and by their old names
    where there is a file of kept IRIs to look them up in.
    """
    if not node.reports:
        return [NodePart(member, member) for member in node.members]
    by_name = {_with_amount(resolved.member, resolved): resolved for resolved in node.reports}
    return [NodePart(name, resolved.member, tuple(_old_names(resolved)) if has_file else ()) for name, resolved in by_name.items()]


def _old_names(resolved: ResolvedReport) -> Iterator[str]:
    """Yield the names that a file of 0.1.0 may have for a report, with its amount and without."""
    for member in resolved.members_of_pairs:
        yield member
        yield _with_amount(member, resolved)


def _with_amount(member: str, resolved: ResolvedReport) -> str:
    """Identify a report by its amount too, because an article may report several events of one type and the same parties."""
    money = main_money(resolved.report)
    return f"{member}|{f'{money.amount:.0f} {money.currency}' if money else ''}"


def _deals(totals: Sequence[ResolvedTotal], events: Sequence[EventNode], names: Mapping[str, str]) -> list[_Draft]:
    """Make a deal of the totals with the same parties and amount; its parts are events in the same articles."""
    by_parties: dict[frozenset[str], list[EventNode]] = defaultdict(list)
    for event in events:
        by_parties[frozenset(event.parties)].append(event)
    drafts = []
    for parties, money, group in group_totals(totals):
        deal = deal_of(parties, money, group, by_parties[frozenset(parties)], names)
        if deal is not None:
            drafts.append(_Draft(deal, _key(deal), deal.totals[0][0].order))
    return drafts
