"""How sure a report must be to make an event."""

from __future__ import annotations

from newsgraph.core.model import ACCEPTED_EVENT, Report
from newsgraph.core.vocabulary import EVENT_TYPES, TWO_PARTIES


def is_accepted(report: Report, least: float = ACCEPTED_EVENT) -> bool:
    """Return whether a report is sure enough to make an event; `least` is the confidence, 0 to 1, that a whole one needs.

    A report that names one of the two parties of a takeover says half of what happened. It is worth half as much, so it needs twice the
    odds: 2/3 where a whole one needs 1/2.

    >>> from newsgraph.core.model import RoleFiller
    >>> half = Report("partnership", (RoleFiller("party", "Owkin"),), 0, 9, "partners", 0.6)
    >>> whole = Report("partnership", (RoleFiller("party", "Owkin"), RoleFiller("party", "Sanofi")), 0, 9, "partners", 0.6)
    >>> is_accepted(half), is_accepted(whole), is_accepted(half, 0.4)
    (False, True, True)
    """
    return report.confidence >= (2 * least / (1 + least) if _is_half(report) else least)


def _is_half(report: Report) -> bool:
    if report.type not in TWO_PARTIES:
        return False
    kind = EVENT_TYPES[report.type]
    sides = {filler.name for filler in report.roles if filler.role in {kind.first, kind.second, "seller"}}
    return len(sides) + bool(report.part) < len((kind.first, kind.second))
