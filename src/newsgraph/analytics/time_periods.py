"""Days, weeks, months, quarters and years that things are counted by, as texts that sort in order of time."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import polars as pl

from newsgraph.core.errors import InputError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables

_FORMS = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
PERIODS = ("day", "week", "month", "quarter", "year")


def period_of(time: pl.Expr, by: str | None) -> pl.Expr:
    """Return the period of a time or day: `2021-11-18`, `2021-W46`, `2021-11`, `2021-Q4` or `2021`; `all` for everything without `by`.

    What has no time has no period. Raises UnknownNameError for an unknown period.
    """
    if by is None:
        return pl.lit("all")
    _check(by)
    if by == "quarter":
        return pl.format("{}-Q{}", time.dt.year(), time.dt.quarter())
    return time.dt.strftime(_FORMS[by])


def period_of_text(when: pl.Expr, by: str | None) -> pl.Expr:
    """Return the period of an ISO day, month or year, null where the text is not exact enough for it."""
    if by is None:
        return pl.lit("all")
    _check(by)
    day = when.str.to_date("%Y-%m-%d", strict=False)
    if by in {"day", "week"}:
        return period_of(day, by)
    exact = pl.when(when.str.len_chars() >= len("2021-11")).then(when.str.slice(0, 7))
    month = (exact + "-01").str.to_date("%Y-%m-%d", strict=False)
    return when.str.slice(0, 4) if by == "year" else period_of(month, by)


def last_day(graph: GraphTables, until: date | None) -> date:
    """Return `until`, or the day of the latest article; there is no other clock. Without any date it is 1970-01-01."""
    if until is not None:
        return until
    latest = graph["articles"]["published"].max()
    return latest.date() if isinstance(latest, datetime) else date(1970, 1, 1)


def days_before(day: date, days: int) -> date:
    """Return the day so many days earlier. Raises InputError where that is not possible."""
    if days <= 0:
        where, hint = f"{days} days", "Use a number of days above 0"
        problem = "cannot be counted"
        raise InputError(where, problem, hint)
    return day - timedelta(days=min(days, (day - date.min).days))


def _check(by: str) -> None:
    what = "period"
    if by not in PERIODS:
        raise UnknownNameError(what, by, PERIODS, "")
