"""Which reports tell of one event, and what all tellers together say of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from newsgraph.errors import CollisionError
from newsgraph.identity import event_key
from newsgraph.model import Money, Report, Status, Total
from newsgraph.resolve.articles import ArticleNode
from newsgraph.resolve.companies import sureness
from newsgraph.resolve.labels import event_label
from newsgraph.vocabulary import EVENT_TYPES

# Days within which reports of one type and the same parties tell of one event: deals are told for weeks, launches for days.
_WINDOWS = {"product_launch": 3, "financial_result": 10, "appointment": 5, "award": 5, "expansion": 7, "layoff": 14, "lawsuit": 14}
_WINDOW = 30
_LONGEST = 120  # days that the telling of one deal may go on without word of its end
_LONG = frozenset({"acquisition", "merger"})
_UNTIL_CLOSED = 550  # days from the announcement of a takeover to its end
_CONVERTED = 2.0
_LARGE = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
_CLOSE = 1.1  # amounts within this ratio are one amount told differently (rounded, converted)
_RANK = {Status.RUMOURED: 0, Status.PLANNED: 1, Status.ANNOUNCED: 2, Status.COMPLETED: 3, Status.DENIED: 4}


@dataclass(frozen=True, slots=True)
class Telling:
    """A report with the IRIs of its article and parties."""

    article: ArticleNode
    report: Report
    subject: str | None
    object: str | None


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
    tellings: tuple[Telling, ...]
    totals: tuple[tuple[ArticleNode, Total], ...]
    parts: tuple[str, ...]  # IRIs


def resolve_events(
    tellings: Sequence[Telling], totals: Sequence[tuple[ArticleNode, Total, tuple[str, ...]]], names: Mapping[str, str], base: str,
) -> list[EventNode]:  # fmt: skip
    """Fold reports into events, and totals into deals over them; sorted by IRI.

    `totals` come with the IRIs of their parties; `names` gives the name of every party's IRI.
    """
    clusters = _clusters(tellings)
    drafts = [(_type_key(cluster), cluster) for cluster in clusters]
    iris = _iris([(key, _day(cluster)[0], min(one.article.order for one in cluster)) for key, cluster in drafts], base)
    events = [_event(iri, cluster, names) for iri, (_, cluster) in zip(iris, drafts, strict=True)]
    events += _deals(totals, events, names, base)
    return sorted(events, key=lambda event: event.iri)


def _clusters(tellings: Sequence[Telling]) -> list[list[Telling]]:
    groups: dict[tuple[str, str, str], list[Telling]] = defaultdict(list)
    for telling in tellings:
        groups[telling.report.type, telling.subject or "", telling.object or ""].append(telling)
    clusters = []
    for key in sorted(groups):
        open_clusters: list[list[Telling]] = []
        for telling in sorted(groups[key], key=lambda one: (one.report.date or date.max, *one.article.order, one.report.start)):
            home = next((cluster for cluster in open_clusters if _joins(telling, cluster)), None)
            if home is None:
                open_clusters.append([telling])
            else:
                home.append(telling)
        clusters += open_clusters
    return clusters


def _joins(telling: Telling, cluster: list[Telling]) -> bool:
    return _in_time(telling.report, cluster) and _same_sum(telling.report.money, {one.report.money for one in cluster if one.report.money})


def _in_time(report: Report, cluster: list[Telling]) -> bool:
    first, last = cluster[0].report, cluster[-1].report
    if not (report.date and first.date and last.date):
        return True
    if report.type in _LONG and report.status in {Status.COMPLETED, Status.DENIED}:
        return (report.date - first.date).days <= _UNTIL_CLOSED
    short = _WINDOWS.get(report.type)
    if short is not None:
        # counted from the first telling: a firm that launches something every other day launches more than one thing
        return (report.date - first.date).days <= short
    return (report.date - last.date).days <= _WINDOW and (report.date - first.date).days <= _LONGEST


def _same_sum(mine: Money | None, told: set[Money]) -> bool:
    if mine is None or not told:
        return True
    same = [other for other in told if other.currency == mine.currency]
    return all(_alike(mine, other) for other in same) if same else any(_alike(mine, other) for other in told)


def _alike(one: Money, other: Money) -> bool:
    low, high = sorted((one.amount, other.amount))
    if one.currency == other.currency:
        return high <= low * _CLOSE
    # Without rates: sums in two of the large currencies are the same only if they are of one size; of others nobody knows.
    return high <= low * _CONVERTED if {one.currency, other.currency} <= _LARGE else True


def _type_key(cluster: list[Telling]) -> tuple[str, tuple[str, ...]]:
    first = cluster[0]
    slugs = tuple(iri.rsplit("/", 1)[-1] for iri in (first.subject, first.object) if iri)
    return first.report.type, slugs


def _iris(keys: Sequence[tuple[tuple[str, tuple[str, ...]], date | None, tuple[object, ...]]], base: str) -> list[str]:
    """Give each event its IRI; events of one key are numbered in order of first publication."""
    numbered: dict[tuple[str, tuple[str, ...], str], list[int]] = defaultdict(list)
    for number, ((type_name, slugs), day, _) in enumerate(keys):
        numbered[type_name, tuple(sorted(slugs)), day.strftime("%Y-%m") if day else ""].append(number)
    iris = [""] * len(keys)
    taken: dict[str, tuple[object, ...]] = {}
    for key, numbers in numbered.items():
        name = event_key(*key)
        if name in taken:
            iri = f"{base}event/{name}"
            raise CollisionError(iri, taken[name], key)
        taken[name] = key
        for count, number in enumerate(sorted(numbers, key=lambda number: (keys[number][2], number)), start=1):
            iris[number] = f"{base}event/{name}" + (f"-{count}" if count > 1 else "")
    return iris


def _day(cluster: Sequence[Telling]) -> tuple[date | None, str | None]:
    """Take the day that texts name most often, else the earliest day of an article."""
    named = Counter(one.report.date for one in cluster if one.report.date and one.report.date_source == "text")
    if named:
        return min(named, key=lambda day: (-named[day], day)), "text"
    days = [one.report.date for one in cluster if one.report.date]
    return (min(days), "article") if days else (None, None)


def _money(cluster: Sequence[Telling]) -> Money | None:
    """Take the amount that most articles tell, of equals the one told first."""
    told: dict[Money, set[str]] = defaultdict(set)
    for one in cluster:
        if one.report.money:
            told[one.report.money].add(one.article.iri)
    return min(told, key=lambda money: (-len(told[money]), list(told).index(money))) if told else None


def _status(cluster: Sequence[Telling]) -> Status:
    """Take the last word where it is a denial, else the furthest status told."""
    ordered = sorted(cluster, key=lambda one: one.article.order)
    last = ordered[-1].report.status
    if last is Status.DENIED:
        return last
    told = [one.report.status for one in ordered if one.report.status is not Status.DENIED]
    return max(told, key=lambda status: _RANK[status])


def _event(iri: str, cluster: list[Telling], names: Mapping[str, str]) -> EventNode:
    first = cluster[0]
    kind = EVENT_TYPES[first.report.type]
    day, source = _day(cluster)
    money = _money(cluster)
    roles = {(kind.subject_role, first.subject)} if first.subject else set()
    roles |= {(kind.object_role, first.object)} if first.object else set()
    best = max(cluster, key=lambda one: (one.report.confidence, one.report.rule))
    by_article: dict[str, float] = {}
    for one in cluster:
        by_article[one.article.iri] = max(by_article.get(one.article.iri, 0.0), one.report.confidence)
    others = [names[first.object]] if first.object else []
    label = event_label(
        kind.name,
        names[first.subject] if first.subject else None,
        others,
        money.amount if money else None,
        money.currency if money else None,
    )
    part = next((one.report.object_part for one in cluster if one.report.object_part), None)
    return EventNode(
        iri, kind.name, label, day, source, money, _status(cluster), part, sureness(by_article.values()), best.report.rule,
        tuple(sorted(roles)), tuple(cluster), (), (),
    )  # fmt: skip


def _deals(
    totals: Sequence[tuple[ArticleNode, Total, tuple[str, ...]]], events: Sequence[EventNode], names: Mapping[str, str], base: str,
) -> list[EventNode]:  # fmt: skip
    """Make a deal of each total of the same parties and amount, with the events of its articles as parts."""
    found = []
    for parties, money, told in _told_totals(totals):
        tellers = {article.iri for article, _ in told}
        parts = [event for event in events if {iri for _, iri in event.roles} == set(parties) and _told_by(event.tellings, tellers)]
        if len(parts) > 1:
            found.append((parties, money, sorted(told, key=lambda one: one[0].order), parts))
    keys = [
        (("deal", tuple(iri.rsplit("/", 1)[-1] for iri in parties)), _earliest(parts), told[0][0].order)
        for parties, _, told, parts in found
    ]
    iris = _iris(keys, base)
    return [_deal(iri, parties, money, told, parts, names) for iri, (parties, money, told, parts) in zip(iris, found, strict=True)]


def _told_totals(
    totals: Sequence[tuple[ArticleNode, Total, tuple[str, ...]]],
) -> Iterator[tuple[tuple[str, ...], Money, list[tuple[ArticleNode, Total]]]]:
    """Group totals of the same parties and sum that are told close in time."""
    groups: dict[tuple[tuple[str, ...], Money], list[tuple[ArticleNode, Total]]] = defaultdict(list)
    for article, total, parties in totals:
        groups[tuple(sorted(parties)), total.money].append((article, total))
    for (parties, money), members in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1].amount, item[0][1].currency)):
        run: list[tuple[ArticleNode, Total]] = []
        for article, total in sorted(members, key=lambda one: one[0].order):
            last = run[-1][0].published if run else None
            if last and article.published and article.published - last > timedelta(days=_WINDOW):
                yield parties, money, run
                run = []
            run.append((article, total))
        yield parties, money, run


def _told_by(tellings: Iterable[Telling], articles: set[str]) -> bool:
    return any(one.article.iri in articles for one in tellings)


def _earliest(parts: Sequence[EventNode]) -> date | None:
    return min((part.date for part in parts if part.date), default=None)


def _deal(
    iri: str, parties: tuple[str, ...], money: Money, told: list[tuple[ArticleNode, Total]], parts: list[EventNode], names: Mapping[str, str],
) -> EventNode:  # fmt: skip
    ordered = [names[party] for party in parties]
    label = event_label("deal", ordered[0], ordered[1:], money.amount, money.currency)
    day = _earliest(parts)
    source = next((part.date_source for part in parts if part.date == day), None)
    alive = [part.status for part in parts if part.status is not Status.DENIED]
    status = max(alive, key=lambda status: _RANK[status]) if alive else Status.DENIED
    role = EVENT_TYPES["deal"].subject_role
    return EventNode(
        iri, "deal", label, day, source, money, status, None, sureness(total.confidence for _, total in told), told[0][1].rule,
        tuple(sorted((role, party) for party in parties)), (), tuple(told), tuple(sorted(part.iri for part in parts)),
    )  # fmt: skip
