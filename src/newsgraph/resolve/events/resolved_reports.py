"""Resolved reports: reports with their articles and the IRIs of their parties, and which of them report the same event."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple

from newsgraph.core.acceptance import is_accepted
from newsgraph.core.company_names import name_key
from newsgraph.core.model import ACCEPTED_EVENT, Kind, Money, Report, RoleFiller, Status, Total
from newsgraph.core.share_words import is_share, may_be_one_share
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.events.event_days import days_between
from newsgraph.resolve.events.party_groups import party_groups
from newsgraph.resolve.mention_lookup import MentionLookup

# Days within which reports of one type and the same parties report one event: deals are news for weeks, launches for days.
_WINDOWS = {"product_launch": 3, "financial_result": 10, "appointment": 5, "award": 5, "expansion": 7, "layoff": 14, "lawsuit": 14}
WINDOW = 30
_LONGEST = 120  # days for which one deal may be reported without word of its completion
_LONG = frozenset({"acquisition", "merger", "ipo"})
_OFF = frozenset({Status.DENIED, Status.ENDED})
_LAST, _SURE = _OFF | {Status.COMPLETED}, frozenset({Status.ANNOUNCED, Status.COMPLETED})
_UNTIL_CLOSED = 550  # days from the announcement of a takeover to its completion
_WITH_PART = frozenset({"acquisition", "investment"})
# Words of parts that do not say which part: two parts with one of these in common may be two.
_PART_WORDS = frozenset(
    "a the of its their and in unit division business arm operations assets subsidiary stake shares group company brand plant".split()
)
_WORDS = re.compile(r"\w+")
# Events that are recognized by one company alone.
_BY_COMPANY = frozenset({
    "funding_round", "ipo", "product_launch", "layoff", "expansion", "closure", "recall", "breach", "bankruptcy", "financial_result", "guidance",
    "dividend", "spin_off",
})  # fmt: skip
TEXT = "text"
_KINDS = {kind: kind.value for kind in Kind}
PARTY_KINDS = frozenset({Kind.COMPANY.value, Kind.ORGANISATION.value})
# What happens to a company only once: two amounts of similar size are a disagreement, not two events.
_ONCE, _SIMILAR_SIZE = frozenset({"acquisition", "merger", "ipo"}), 3.0
_DISPUTED, _DISPUTED_DAYS = 1.35, 3  # amounts within this ratio that are reported within so many days are one disputed amount
_CONVERTED = 2.0
_LARGE = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
_CLOSE = 1.1  # amounts within this ratio are one amount, rounded or converted

ResolvedTotal = tuple[ArticleNode, Total, tuple[str, ...]]
"""An article, a total in it, and the IRIs of its parties."""


class ResolvedFiller(NamedTuple):
    """Who or what takes a role in a report: `iri` is its node, None if only words of the text take the role."""

    role: str
    iri: str | None
    name: str
    kind: str  # a value of `model.Kind`, or `text`


@dataclass(frozen=True, slots=True)
class ResolvedReport:
    """A report with its article and the nodes that take its roles; `member` identifies it in a file of kept IRIs.

    `pair` are the first main party and the second, the seller where nothing else is bought; empty texts for none.
    """

    article: ArticleNode
    report: Report
    fillers: tuple[ResolvedFiller, ...]
    member: str = field(default="", compare=False)
    pair: tuple[str, str] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Set `pair`, and `member` from what merging or splitting companies does not change: the article, the type and the names of the parties."""
        object.__setattr__(self, "pair", self._pair())
        if self.member:
            return
        roles = main_roles(self.report.type)
        sides = sorted({name_key(filler.name) for filler in self.report.roles if filler.role in roles and filler.kind})
        object.__setattr__(self, "member", "|".join((self.report.type, self.article.iri.rpartition("/")[2], *sides)))

    @property
    def members_of_pairs(self) -> Iterator[str]:
        """The members of this report in files of 0.1.0, which knew events of one company or two."""
        kind = EVENT_TYPES[self.report.type]
        names = {role: sorted({name_key(filler.name) for filler in self.report.roles if filler.role == role and filler.kind in PARTY_KINDS})
                 for role in (kind.first, kind.second, "seller")}  # fmt: skip
        firsts, seconds = names[kind.first], names.get(kind.second) or (names["seller"] if kind.name == "acquisition" else [])
        pairs = {tuple(sorted((first, second))) for first in firsts for second in seconds if first != second}
        for sides in sorted(pairs) or [(name,) for name in firsts or seconds]:
            yield "|".join((kind.name, self.article.iri.rpartition("/")[2], *sides))

    def of(self, role: str) -> tuple[str, ...]:
        """Return the nodes (IRIs) that take a role."""
        return tuple([filler.iri for filler in self.fillers if filler.role == role and filler.iri])

    @property
    def parties(self) -> frozenset[str]:
        """The nodes of the main parties."""
        roles = main_roles(self.report.type)
        return frozenset([filler.iri for filler in self.fillers if filler.role in roles and filler.iri])

    def _pair(self) -> tuple[str, str]:
        kind = EVENT_TYPES[self.report.type]
        if kind.symmetric:
            parties = sorted(self.of(kind.first))
            return (parties[0] if parties else ""), (parties[1] if len(parties) > 1 else "")
        second = self.of(kind.second) or (self.of("seller") if self.report.type == "acquisition" else ())
        return next(iter(self.of(kind.first)), ""), next(iter(second), "")


@cache
def main_roles(type_name: str) -> frozenset[str]:
    """Return the roles of the parties by which an event is recognized.

    A round, a listing and what a company does alone are recognized by the company: who else takes part is often left out.
    """
    kind = EVENT_TYPES[type_name]
    if type_name in _BY_COMPANY:
        return frozenset((kind.first,))
    return frozenset((kind.first, kind.second, *(("seller",) if type_name == "acquisition" else ()))) - {""}


def resolve_reports(articles: Sequence[ArticleNode], lookup: MentionLookup, least: float = ACCEPTED_EVENT) -> Iterator[ResolvedReport]:
    """Yield the reports whose main parties are all nodes of the graph; a report without any such party is dropped.

    So is one that is not accepted at the confidence `least`, 0 to 1.
    """
    for article in articles:
        for report in article.chosen.facts.reports:
            if not is_accepted(report, least):
                continue
            fillers = [_resolved(filler, article.iri, lookup) for filler in report.roles]
            roles = main_roles(report.type)
            lost = any(filler.iri is None and filler.role in roles and filler.kind != TEXT for filler in fillers)
            resolved = ResolvedReport(article, report, tuple(_distinct(fillers)))
            first, second = resolved.pair
            if not lost and (first or second) and first != second:
                yield resolved


def report_fillers(fillers: Iterable[ResolvedFiller]) -> tuple[RoleFiller, ...]:
    """Return the fillers of a report as an article has them."""
    return tuple(RoleFiller(filler.role, filler.name, None if filler.kind == TEXT else Kind(filler.kind)) for filler in fillers)


def _resolved(filler: RoleFiller, article: str, lookup: MentionLookup) -> ResolvedFiller:
    if filler.kind is None:
        return ResolvedFiller(filler.role, None, filler.name, TEXT)
    iri = lookup.party_in(article, filler.name) if filler.kind in PARTY_KINDS else lookup.entity(filler.kind, filler.name)
    return ResolvedFiller(filler.role, iri, lookup.names[iri] if iri else filler.name, _KINDS[filler.kind])


def _distinct(fillers: Iterable[ResolvedFiller]) -> Iterator[ResolvedFiller]:
    """Yield the fillers without those that are another one of the same role: "Kongsberg" and "Kongsberg Maritime" may be one node."""
    seen = set()
    for filler in fillers:
        key = filler.role, filler.iri or filler.name
        if key not in seen:
            seen.add(key)
            yield filler


def resolve_totals(articles: Sequence[ArticleNode], lookup: MentionLookup) -> Iterator[ResolvedTotal]:
    """Yield the totals whose parties are all companies of the graph."""
    for article in articles:
        for total in article.chosen.facts.totals:
            parties = tuple(iri for name in total.parties if (iri := lookup.company_in(article.iri, name)))
            if len(parties) == len(total.parties):
                yield article, total, parties


def cluster_reports(reports: Sequence[ResolvedReport], parents: Mapping[str, str] | None = None) -> list[list[ResolvedReport]]:
    """Cluster reports by event: same type and parties, close in time, and amounts that can be one amount.

    `parents` maps companies to those that they belong to: one sale of a part may be reported with either as its buyer.
    """
    clusters: list[list[ResolvedReport]] = []
    for group in party_groups(reports, parents or {}):
        clusters_of_group: list[list[ResolvedReport]] = []
        for resolved in sorted(group, key=by_day):
            home = next((cluster for cluster in clusters_of_group if _fits(resolved.report, cluster)), None)
            if home is None:
                clusters_of_group.append([resolved])
            else:
                home.append(resolved)
        clusters += clusters_of_group
    return clusters


def by_day(resolved: ResolvedReport) -> tuple[int, str, datetime, str, int]:
    """Return the sort key of a report: its day, then its publication; months come after all days, then years, then what has no time.

    A report of a year joins an event of a day in it; it would otherwise make one event of all days of the year.
    """
    when = resolved.report.when
    return (-len(when), when, *resolved.article.order, resolved.report.start)


def _fits(report: Report, cluster: list[ResolvedReport]) -> bool:
    if report.type in _WITH_PART and _is_other_part(report, cluster):
        return False
    return _in_time(report, cluster) and (_same_amount(report, cluster) or _disputed_amount(report, cluster))


def _is_other_part(report: Report, cluster: list[ResolvedReport]) -> bool:
    """Return whether a report is about another part of a company than the cluster."""
    parts = {resolved.report.part.casefold() for resolved in cluster if resolved.report.part}
    mine = report.part.casefold() if report.part else ""
    return bool(mine and parts) and not any(_one_part(mine, part) for part in parts) and not _same_known_amount(report, cluster)


def _one_part(mine: str, other: str) -> bool:
    """Return whether two wordings can mean one part: they share a word that says which, or are shares that may be of one size."""
    if is_share(mine) and is_share(other):
        return may_be_one_share(mine, other)
    shared = set(_WORDS.findall(mine)) & set(_WORDS.findall(other)) - _PART_WORDS
    return mine in other or other in mine or bool(shared)


def _same_known_amount(report: Report, cluster: list[ResolvedReport]) -> bool:
    mine = report.money  # one report with the same sum is enough: others may tell what is paid at once
    return mine is not None and any(money and are_one_amount(mine, money) for money in (resolved.report.money for resolved in cluster))


def _in_time(report: Report, cluster: list[ResolvedReport]) -> bool:
    first, last = cluster[0].report, cluster[-1].report
    if not (report.when and first.when and last.when):
        return True
    since_first, since_last = days_between(first.when, report.when), days_between(last.when, report.when)
    if report.type in _LONG and (report.status in _LAST or _is_one_takeover(report, cluster)):
        return since_first <= _UNTIL_CLOSED
    short = _WINDOWS.get(report.type)
    if short is not None:
        # counted from the first report: a company that launches something every other day launches more than one product
        return since_first <= short
    return since_last <= WINDOW and since_first <= _LONGEST


def _is_one_takeover(report: Report, cluster: list[ResolvedReport]) -> bool:
    """Return whether a report speaks of a whole company that changes hands, as do all others, and the attempt did not end meanwhile.

    Who has bought a company does not buy it again: what is told of it months later, such as a clearance, is the same purchase.
    """
    before = [resolved.report for resolved in cluster]
    return (
        report.status is Status.ANNOUNCED
        and all(one.part is None and one.percent is None and one.status not in _OFF for one in (report, *before))
        and any(one.status in _SURE for one in before)  # a rumour alone may have come to nothing
    )


def _same_amount(report: Report, cluster: list[ResolvedReport]) -> bool:
    amounts = {resolved.report.money for resolved in cluster if resolved.report.money}
    if report.money is None or not amounts:
        return True
    same_currency = [money for money in amounts if money.currency == report.money.currency]
    if same_currency:
        return all(are_one_amount(report.money, money) for money in same_currency)
    return any(are_one_amount(report.money, money) for money in amounts)


def _disputed_amount(report: Report, cluster: list[ResolvedReport]) -> bool:
    """Return whether amounts differ so little, so soon or in such an event, that they are one amount on which articles disagree."""
    first, mine = cluster[0].report, report.money
    days = days_between(report.when, first.when) if report.when and first.when else 0
    ratio = _SIMILAR_SIZE if report.type in _ONCE else _DISPUTED if days <= _DISPUTED_DAYS else 0.0
    return mine is not None and all(
        money.currency == mine.currency and max(money.amount, mine.amount) <= min(money.amount, mine.amount) * ratio
        for resolved in cluster
        if (money := resolved.report.money)
    )


def are_one_amount(one: Money, other: Money) -> bool:
    """Return whether two amounts can be one amount, rounded or converted."""
    low, high = sorted((one.amount, other.amount))
    if one.currency == other.currency:
        return high <= low * _CLOSE
    # Without exchange rates: amounts in two large currencies can be equal only if they are of similar size; others are not known.
    return high <= low * _CONVERTED if {one.currency, other.currency} <= _LARGE else True
