"""Tellings: reports with their articles and parties, and which of them tell of one event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from newsgraph.core.company_names import name_key
from newsgraph.core.model import Money, Report, Status
from newsgraph.resolve.article_nodes import ArticleNode

# Days within which reports of one type and the same parties tell of one event: deals are told for weeks, launches for days.
_WINDOWS = {"product_launch": 3, "financial_result": 10, "appointment": 5, "award": 5, "expansion": 7, "layoff": 14, "lawsuit": 14}
WINDOW = 30
_LONGEST = 120  # days that the telling of one deal may go on without word of its end
_LONG = frozenset({"acquisition", "merger", "ipo"})
_UNTIL_CLOSED = 550  # days from the announcement of a takeover to its end
# Who does what to whom is told both ways now and then; a suit and a countersuit are two events, a deal in both directions is none.
_TURNED = frozenset({"acquisition", "investment"})
# What happens once to a company: two sums of one size are a disagreement, not two happenings.
_ONCE, _ONE_SIZE = frozenset({"acquisition", "merger", "ipo"}), 3.0
_DISPUTED, _DISPUTED_DAYS = 1.35, 3  # sums this near that are told within so many days are one sum that tellers disagree on
_CONVERTED = 2.0
_LARGE = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
_CLOSE = 1.1  # amounts within this ratio are one amount told differently (rounded, converted)


@dataclass(frozen=True, slots=True)
class ResolvedReport:
    """A report with the IRIs of its article and parties; `member` names it in a file of kept IRIs."""

    article: ArticleNode
    report: Report
    subject: str | None
    object: str | None
    member: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Name the report by what stays when names are joined or parted: its article, its type and its parties' own names."""
        sides = sorted(name_key(side) for side in (self.report.subject, self.report.object) if side)
        object.__setattr__(self, "member", "|".join((self.report.type, self.article.iri.rpartition("/")[2], *sides)))


def cluster_reports(tellings: Sequence[ResolvedReport]) -> list[list[ResolvedReport]]:
    """Put the tellings of one event together: same type and parties, close in time, sums that can be one sum."""
    groups: dict[tuple[str, str, str], list[ResolvedReport]] = defaultdict(list)
    for telling in tellings:
        first, second = telling.subject or "", telling.object or ""
        if telling.report.type in _TURNED and first and second:
            first, second = sorted((first, second))
        groups[telling.report.type, first, second].append(telling)
    clusters = []
    for key in sorted(groups):
        open_clusters: list[list[ResolvedReport]] = []
        for telling in sorted(groups[key], key=by_day):
            home = next((cluster for cluster in open_clusters if _joins(telling, cluster)), None)
            if home is None:
                open_clusters.append([telling])
            else:
                home.append(telling)
        clusters += open_clusters
    return clusters


def by_day(one: ResolvedReport) -> tuple[date, datetime, str, int]:
    """Sort tellings by the day they name, then by publication."""
    return (one.report.date or date.max, *one.article.order, one.report.start)


def _joins(telling: ResolvedReport, cluster: list[ResolvedReport]) -> bool:
    report, first = telling.report, cluster[0].report
    if report.type in _TURNED and _parts(report, cluster):
        return False
    return _in_time(report, cluster) and (_same_sum(report, cluster) or _disputed(report, first, cluster))


def _parts(report: Report, cluster: list[ResolvedReport]) -> bool:
    """Tell whether a report is of another part of a company than those told before, with another sum."""
    told = {one.report.object_part.casefold() for one in cluster if one.report.object_part}
    return bool(report.object_part and told and report.object_part.casefold() not in told and not _same_sum(report, cluster))


def _in_time(report: Report, cluster: list[ResolvedReport]) -> bool:
    first, last = cluster[0].report, cluster[-1].report
    if not (report.date and first.date and last.date):
        return True
    if report.type in _LONG and report.status in {Status.COMPLETED, Status.DENIED}:
        return (report.date - first.date).days <= _UNTIL_CLOSED
    short = _WINDOWS.get(report.type)
    if short is not None:
        # counted from the first telling: a firm that launches something every other day launches more than one thing
        return (report.date - first.date).days <= short
    return (report.date - last.date).days <= WINDOW and (report.date - first.date).days <= _LONGEST


def _same_sum(report: Report, cluster: list[ResolvedReport]) -> bool:
    told = {one.report.money for one in cluster if one.report.money}
    if report.money is None or not told:
        return True
    same = [other for other in told if other.currency == report.money.currency]
    return all(alike(report.money, other) for other in same) if same else any(alike(report.money, other) for other in told)


def _disputed(report: Report, first: Report, cluster: list[ResolvedReport]) -> bool:
    """Tell whether sums differ so little, and so soon or of such a happening, that they are one sum on which tellers disagree."""
    days = abs((report.date - first.date).days) if report.date and first.date else 0
    ratio = _ONE_SIZE if report.type in _ONCE else _DISPUTED if days <= _DISPUTED_DAYS else 0.0
    mine = report.money
    return mine is not None and all(
        one.currency == mine.currency and max(one.amount, mine.amount) <= min(one.amount, mine.amount) * ratio
        for telling in cluster
        if (one := telling.report.money)
    )


def alike(one: Money, other: Money) -> bool:
    """Tell whether two sums can be one sum told differently."""
    low, high = sorted((one.amount, other.amount))
    if one.currency == other.currency:
        return high <= low * _CLOSE
    # Without rates: sums in two of the large currencies are the same only if they are of one size; of others nobody knows.
    return high <= low * _CONVERTED if {one.currency, other.currency} <= _LARGE else True
