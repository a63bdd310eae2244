"""Days between the times of reports, of which some are months or years."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import lru_cache


def days_between(one: str, other: str) -> int:
    """Return the days between two ISO days, months or years at least: none if they can be one day.

    >>> days_between("2024-05-01", "2024-05-04"), days_between("2024", "2024-07-01"), days_between("2024-05", "2024-07-01")
    (3, 0, 31)
    """
    (first, last), (other_first, other_last) = _range(one), _range(other)
    return max((other_first - last).days, (first - other_last).days, 0)


@lru_cache(maxsize=4096)  # the same days come again and again
def _range(when: str) -> tuple[date, date]:
    """Return the first and the last day of an ISO day, month or year."""
    year, month, day = (int(when[:4]), int(when[5:7] or 0), int(when[8:10] or 0))
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, 1, 1), date(year, 12, 31)
