"""Resolved reports: reports with their articles and the IRIs of their parties, and which of them report the same event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from newsgraph.core.company_names import name_key
from newsgraph.core.model import Money, Report, Status, Total
from newsgraph.resolve.article_nodes import ArticleNode
from newsgraph.resolve.mention_lookup import MentionLookup

# Days within which reports of one type and the same parties report one event: deals are news for weeks, launches for days.
_WINDOWS = {"product_launch": 3, "financial_result": 10, "appointment": 5, "award": 5, "expansion": 7, "layoff": 14, "lawsuit": 14}
WINDOW = 30
_LONGEST = 120  # days for which one deal may be reported without word of its completion
_LONG = frozenset({"acquisition", "merger", "ipo"})
_UNTIL_CLOSED = 550  # days from the announcement of a takeover to its completion
# Types that are sometimes reported with their parties reversed: a lawsuit and a countersuit are two events, a deal both ways is one.
_REVERSIBLE = frozenset({"acquisition", "investment"})
# What happens to a company only once: two amounts of similar size are a disagreement, not two events.
_ONCE, _SIMILAR_SIZE = frozenset({"acquisition", "merger", "ipo"}), 3.0
_DISPUTED, _DISPUTED_DAYS = 1.35, 3  # amounts within this ratio that are reported within so many days are one disputed amount
_CONVERTED = 2.0
_LARGE = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
_CLOSE = 1.1  # amounts within this ratio are one amount, rounded or converted

ResolvedTotal = tuple[ArticleNode, Total, tuple[str, ...]]
"""An article, a total in it, and the IRIs of its parties."""


@dataclass(frozen=True, slots=True)
class ResolvedReport:
    """A report with its article and the IRIs of its parties; `member` identifies it in a file of kept IRIs."""

    article: ArticleNode
    report: Report
    subject: str | None
    object: str | None
    member: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Set `member` from what merging or splitting companies does not change: the article, the type and the names of the parties."""
        sides = sorted(name_key(side) for side in (self.report.subject, self.report.object) if side)
        object.__setattr__(self, "member", "|".join((self.report.type, self.article.iri.rpartition("/")[2], *sides)))


def resolve_reports(articles: Sequence[ArticleNode], lookup: MentionLookup) -> Iterator[ResolvedReport]:
    """Yield the reports whose parties are all nodes of the graph; a report without any party is dropped."""
    for article in articles:
        for report in article.chosen.facts.reports:
            subject, other = lookup.party_in(article.iri, report.subject), lookup.party_in(article.iri, report.object)
            lost = (report.subject and not subject) or (report.object and not other)
            if not lost and subject != other and (subject or other):
                yield ResolvedReport(article, report, subject, other)


def resolve_totals(articles: Sequence[ArticleNode], lookup: MentionLookup) -> Iterator[ResolvedTotal]:
    """Yield the totals whose parties are all companies of the graph."""
    for article in articles:
        for total in article.chosen.facts.totals:
            parties = tuple(iri for name in total.parties if (iri := lookup.company_in(article.iri, name)))
            if len(parties) == len(total.parties):
                yield article, total, parties


def cluster_reports(reports: Sequence[ResolvedReport]) -> list[list[ResolvedReport]]:
    """Cluster reports by event: same type and parties, close in time, and amounts that can be one amount."""
    groups: dict[tuple[str, str, str], list[ResolvedReport]] = defaultdict(list)
    for resolved in reports:
        first, second = resolved.subject or "", resolved.object or ""
        if resolved.report.type in _REVERSIBLE and first and second:
            first, second = sorted((first, second))
        groups[resolved.report.type, first, second].append(resolved)
    clusters = []
    for key in sorted(groups):
        clusters_of_key: list[list[ResolvedReport]] = []
        for resolved in sorted(groups[key], key=by_day):
            home = next((cluster for cluster in clusters_of_key if _fits(resolved.report, cluster)), None)
            if home is None:
                clusters_of_key.append([resolved])
            else:
                home.append(resolved)
        clusters += clusters_of_key
    return clusters


def by_day(resolved: ResolvedReport) -> tuple[date, datetime, str, int]:
    """Return the sort key of a report: its day, then its publication."""
    return (resolved.report.date or date.max, *resolved.article.order, resolved.report.start)


def _fits(report: Report, cluster: list[ResolvedReport]) -> bool:
    if report.type in _REVERSIBLE and _is_other_part(report, cluster):
        return False
    return _in_time(report, cluster) and (_same_amount(report, cluster) or _disputed_amount(report, cluster))


def _is_other_part(report: Report, cluster: list[ResolvedReport]) -> bool:
    """Return whether a report is about another part of a company than the cluster, with another amount."""
    parts = {resolved.report.object_part.casefold() for resolved in cluster if resolved.report.object_part}
    return bool(report.object_part and parts and report.object_part.casefold() not in parts and not _same_amount(report, cluster))


def _in_time(report: Report, cluster: list[ResolvedReport]) -> bool:
    first, last = cluster[0].report, cluster[-1].report
    if not (report.date and first.date and last.date):
        return True
    if report.type in _LONG and report.status in {Status.COMPLETED, Status.DENIED}:
        return (report.date - first.date).days <= _UNTIL_CLOSED
    short = _WINDOWS.get(report.type)
    if short is not None:
        # counted from the first report: a company that launches something every other day launches more than one product
        return (report.date - first.date).days <= short
    return (report.date - last.date).days <= WINDOW and (report.date - first.date).days <= _LONGEST


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
    days = abs((report.date - first.date).days) if report.date and first.date else 0
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
