"""Amounts of reports that are the total of a deal: "makes $270M bet" is of the whole deal and not of one of its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from newsgraph.core.model import Money
from newsgraph.resolve.events.resolved_reports import WINDOW, ResolvedReport, ResolvedTotal


def without_totals(reports: Sequence[ResolvedReport], totals: Sequence[ResolvedTotal]) -> list[ResolvedReport]:
    """Return the reports without amounts that an article states, within a month, as the total of a deal between their parties."""
    stated: dict[tuple[frozenset[str], Money], list[datetime]] = {}
    for article, total, parties in totals:
        if article.published:
            stated.setdefault((frozenset(parties), total.money), []).append(article.published)
    return (
        [replace(one, report=replace(one.report, amounts=())) if _is_total(one, stated) else one for one in reports]
        if stated
        else list(reports)
    )


def _is_total(resolved: ResolvedReport, stated: Mapping[tuple[frozenset[str], Money], Sequence[datetime]]) -> bool:
    money, published = resolved.report.money, resolved.article.published
    if money is None or published is None:
        return False
    return any(abs((published - time).days) <= WINDOW for time in stated.get((resolved.parties, money), ()))
