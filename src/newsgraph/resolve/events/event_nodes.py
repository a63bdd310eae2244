"""Events: what all tellers together say of one happening, and deals over several of them."""

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
from newsgraph.resolve.companies.company_nodes import sureness
from newsgraph.resolve.corroboration import Witnesses
from newsgraph.resolve.events.event_decisions import decided
from newsgraph.resolve.events.event_labels import event_label
from newsgraph.resolve.events.event_values import RANK, amounts, day_of, directions, status_of, surest
from newsgraph.resolve.events.resolved_reports import WINDOW, ResolvedReport, cluster_reports
from newsgraph.resolve.iri_assignment import Replaced, assign_iris

_PARTS = 2  # events that a deal has at least

ToldTotal = tuple[ArticleNode, Total, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EventNode:
    """One event, its parties by role, and the reports (or totals) that tell of it."""

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
    tellings: tuple[ResolvedReport, ...]
    totals: tuple[tuple[ArticleNode, Total], ...]
    parts: tuple[str, ...]  # IRIs
    members: tuple[str, ...]  # what names it in a file of kept IRIs
    decision: str = ""  # what gave its amount, where people did


@dataclass(frozen=True, slots=True)
class Events:
    """All events, sorted by IRI; old IRIs that lead to one of them; decisions that something was there for, or too much.

    `clashing` are decisions of which several mean one event and say different things.
    """

    nodes: tuple[EventNode, ...]
    replaced: tuple[Replaced, ...] = ()
    used: frozenset[tuple[str, ...]] = field(default=frozenset())
    ambiguous: tuple[tuple[Decision, int], ...] = ()
    clashing: frozenset[tuple[str, ...]] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class _Draft:
    """An event without its IRI, and what its IRI is made of."""

    node: EventNode
    key: tuple[str, tuple[str, ...], str]
    first: tuple[object, ...]


def resolve_events(
    tellings: Sequence[ResolvedReport], totals: Sequence[ToldTotal], names: Mapping[str, str], base: str, witnesses: Witnesses,
    meant: Mapping[str, frozenset[str]] | None = None, decisions: Decisions = NO_DECISIONS, kept_iris: KeptIris = NO_IRIS,
) -> Events:  # fmt: skip
    """Fold reports into events, and totals into deals over them.

    `totals` come with the IRIs of their parties; `names` gives the name of every party's IRI; `meant` the IRIs that a folded
    name may mean, for decisions.
    """
    clusters = cluster_reports(tellings)
    ruled = decided(clusters, decisions.of(Verb.WRONG_EVENT, Verb.RIGHT_AMOUNT), meant or {})
    drafts = [
        _draft(event_of(cluster, names, witnesses, _given(ruled.amounts.get(number))), cluster)
        for number, cluster in enumerate(clusters)
        if number not in ruled.wrong
    ]
    drafts = _told_apart(drafts)
    named = _named("event", drafts, kept_iris, base)
    events = [replace(draft.node, iri=iri) for iri, draft in zip(named[0], drafts, strict=True)]
    deals = _deals(totals, events, names)
    of_deals = _named("deal", deals, kept_iris, base, taken=frozenset(named[0]))
    events += [replace(draft.node, iri=iri) for iri, draft in zip(of_deals[0], deals, strict=True)]
    return Events(
        tuple(sorted(events, key=lambda event: event.iri)), (*named[1], *of_deals[1]), ruled.used, ruled.ambiguous, ruled.clashing,
    )  # fmt: skip


def _named(
    kind: str, drafts: list[_Draft], kept: KeptIris, base: str, taken: frozenset[str] = frozenset()
) -> tuple[tuple[str, ...], tuple[Replaced, ...]]:
    """Sort drafts by key and first publication and give them their IRIs."""
    drafts.sort(key=lambda draft: (draft.key, draft.first, draft.node.members))
    keys: dict[str, object] = {}
    natural = []
    for draft in drafts:
        iri = f"{base}event/{event_key(*draft.key)}"
        if keys.setdefault(iri, draft.key) != draft.key or iri in taken:
            raise CollisionError(iri, keys[iri], draft.key)
        natural.append(iri)
    holders: dict[str, dict[int, int]] = defaultdict(dict)
    for number, draft in enumerate(drafts):
        for member in {*draft.node.members, *(name for one in draft.node.tellings for name in (one.member, _exact(one)))}:
            holders[member][number] = 1
    named = assign_iris(kind, natural, kept, lambda member: holders.get(member, {}))
    return named.iris, named.replaced


def event_of(
    cluster: Sequence[ResolvedReport], names: Mapping[str, str], witnesses: Witnesses, given: tuple[Money, str] | None = None
) -> EventNode:  # fmt: skip
    """Say what the tellings of one event (in the order of `by_day`) say together; the event has no IRI yet.

    `given` is an amount that people decided, and their decision in words.
    """
    kind = EVENT_TYPES[cluster[0].report.type]
    subject, other = directions(cluster, witnesses)[0].value
    day, source = day_of(cluster)
    told = amounts(cluster, witnesses)
    money = given[0] if given else told[0].value if told else None
    roles = {(kind.subject_role, subject)} if subject else set()
    roles |= {(kind.object_role, other)} if other else set()
    best = max(cluster, key=lambda one: (one.report.confidence, one.report.rule))
    label = event_label(
        kind.name,
        names[subject] if subject else None,
        [names[other]] if other else [],
        money.amount if money else None,
        money.currency if money else None,
    )
    part = next((one.report.object_part for one in cluster if one.report.object_part), None)
    return EventNode(
        "", kind.name, label, day, source, money, status_of(cluster, witnesses), part, sureness(surest(cluster).values()),
        best.report.rule, tuple(sorted(roles)), tuple(cluster), (), (), tuple(sorted({one.member for one in cluster})),
        given[1] if given else "",
    )  # fmt: skip


def _given(ruling: Decision | None) -> tuple[Money, str] | None:
    return (Money(ruling.amount, ruling.currency), str(ruling)) if ruling and ruling.amount is not None else None


def _draft(node: EventNode, tellings: Sequence[ResolvedReport]) -> _Draft:
    return _Draft(node, _key(node), min(one.article.order for one in tellings))


def _key(node: EventNode) -> tuple[str, tuple[str, ...], str]:
    slugs = tuple(sorted(iri.rsplit("/", 1)[-1] for _, iri in node.roles))
    return node.type, slugs, node.date.strftime("%Y-%m") if node.date else ""


def _exact(one: ResolvedReport) -> str:
    """Name a report by its sum as well: an article may tell of several events of one type and the same parties."""
    money = one.report.money
    return f"{one.member}|{f'{money.amount:.0f} {money.currency}' if money else ''}"


def _told_apart(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Name reports by their sums where several events hold one of the same name, so that each keeps its own IRI."""
    held = Counter(member for draft in drafts for member in draft.node.members)
    return [
        replace(draft, node=replace(draft.node, members=tuple(sorted({
            one.member if held[one.member] == 1 else _exact(one) for one in draft.node.tellings
        }))))
        for draft in drafts
    ]  # fmt: skip


def _deals(totals: Sequence[ToldTotal], events: Sequence[EventNode], names: Mapping[str, str]) -> list[_Draft]:
    """Make a deal of each total of the same parties and amount, with the events of its articles as parts."""
    by_parties: dict[frozenset[str], list[EventNode]] = defaultdict(list)
    for event in events:
        by_parties[frozenset(iri for _, iri in event.roles)].append(event)
    drafts = []
    for parties, money, told in _told_totals(totals):
        deal = deal_of(parties, money, told, by_parties[frozenset(parties)], names)
        if deal is not None:
            drafts.append(_Draft(deal, _key(deal), deal.totals[0][0].order))
    return drafts


def _told_totals(totals: Sequence[ToldTotal]) -> Iterator[tuple[tuple[str, ...], Money, list[tuple[ArticleNode, Total]]]]:
    """Group totals of the same parties and sum that are told close in time."""
    groups: dict[tuple[tuple[str, ...], Money], list[tuple[ArticleNode, Total]]] = defaultdict(list)
    for article, total, parties in totals:
        groups[tuple(sorted(parties)), total.money].append((article, total))
    for (parties, money), members in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1].amount, item[0][1].currency)):
        run: list[tuple[ArticleNode, Total]] = []
        for article, total in sorted(members, key=lambda one: one[0].order):
            last = run[-1][0].published if run else None
            if last and article.published and article.published - last > timedelta(days=WINDOW):
                yield parties, money, run
                run = []
            run.append((article, total))
        yield parties, money, run


def deal_of(
    parties: Sequence[str], money: Money, told: Sequence[tuple[ArticleNode, Total]], events: Iterable[EventNode], names: Mapping[str, str],
) -> EventNode | None:  # fmt: skip
    """Make the deal that totals of one sum tell of, without an IRI: its parts are those of the parties' events that the same articles tell.

    None where these are fewer than two. `parties` are IRIs, sorted.
    """
    tellers = {article.iri for article, _ in told}
    parts = [event for event in events if any(one.article.iri in tellers for one in event.tellings)]
    if len(parts) < _PARTS:
        return None
    told = sorted(told, key=lambda one: one[0].order)
    ordered = [names[party] for party in parties]
    label = event_label("deal", ordered[0], ordered[1:], money.amount, money.currency)
    day = min((part.date for part in parts if part.date), default=None)
    source = next((part.date_source for part in parts if part.date == day), None)
    role = EVENT_TYPES["deal"].subject_role
    members = sorted({f"deal|{article.iri.rpartition('/')[2]}|{total.money.amount:.0f}" for article, total in told})
    status = _whole(parts, [total.status for _, total in told])
    return EventNode(
        "", "deal", label, day, source, money, status, None, sureness(total.confidence for _, total in told), told[0][1].rule,
        tuple(sorted((role, party) for party in parties)), (), tuple(told), tuple(sorted(part.iri for part in parts)), tuple(members),
    )  # fmt: skip


def _whole(parts: Sequence[EventNode], told: Sequence[Status]) -> Status:
    """Give the status of a deal: its end where a teller of the whole tells it, else that of its least advanced part that lives.

    `told` is what headlines over the whole say, in order of publication: a denial counts where it is the last word, that the
    whole is completed always. One part that is paid completes no deal.
    """
    alive = [part.status for part in parts if part.status is not Status.DENIED]
    if not alive or told[-1] is Status.DENIED:
        return Status.DENIED
    return Status.COMPLETED if Status.COMPLETED in told else min(alive, key=lambda status: RANK[status])
