"""Events with any number of parties as pairs, which is how gold records annotate them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

from newsgraph.core.model import Report, Status
from newsgraph.core.vocabulary import EVENT_TYPES

P = TypeVar("P")

OFF = frozenset({Status.RUMOURED.value, Status.DENIED.value, Status.ENDED.value})
"""Statuses of events that gold records annotate as `other`."""

# Types of which gold records know one party only; the rest of their types have a second one, and all other types are not annotated.
_ONE_PARTY = frozenset({"product_launch", "appointment", "expansion", "financial_result", "layoff", "funding_round", "ipo"})
_TWO_PARTIES = frozenset({"investment", "acquisition", "merger", "partnership", "lawsuit", "contract", "approval", "award", "deal"})


class EventPair(NamedTuple):
    """Two parties of an event, or one, as the fillers have them; the event's amount is theirs if `with_amount`."""

    type: str
    subject: object | None
    object: object | None
    with_amount: bool = True


def pairs_of(type_name: str, fillers: Iterable[tuple[str, P]]) -> list[EventPair]:
    """Return the pairs that gold records have for an event; `fillers` are its companies and organisations by role.

    Three partners are three pairs; a round is the company's round and an investment of each investor.
    """
    by_role: dict[str, list[P]] = {}
    for role, party in fillers:
        by_role.setdefault(role, []).append(party)
    kind = EVENT_TYPES[type_name]
    firsts = by_role.get(kind.first, [])
    if type_name == "funding_round":
        return _round(firsts, [*by_role.get("lead", []), *by_role.get("investor", [])])
    if type_name not in _ONE_PARTY | _TWO_PARTIES:
        return []
    if kind.symmetric and len(firsts) > 1:
        return [EventPair(type_name, *pair) for pair in combinations(firsts, 2)]
    if type_name in _ONE_PARTY or kind.symmetric:
        return [EventPair(type_name, party, None) for party in firsts]
    seconds = by_role.get(kind.second, []) or (by_role.get("seller", []) if type_name == "acquisition" else [])
    if not firsts or not seconds:  # an event of the sued, or of the customer, is annotated as theirs
        return [EventPair(type_name, party, None) for party in firsts or seconds]
    return [EventPair(type_name, first, second) for first in firsts for second in seconds]


def _round(companies: Sequence[P], investors: Sequence[P]) -> list[EventPair]:
    rounds = [EventPair("funding_round", company, None) for company in companies]
    if not companies:
        return [EventPair("investment", investor, None) for investor in investors]
    return rounds + [EventPair("investment", investor, company, with_amount=False) for investor in investors for company in companies]


def party_names(report: Report) -> list[tuple[str, str]]:
    """Return the names in a report that are mentions of companies or organisations, with their roles."""
    return [(filler.role, filler.name) for filler in report.roles if filler.kind in {"company", "organisation"}]


def of_rows(rows: Iterable[Mapping[str, str | None]]) -> list[tuple[str, tuple[str, str | None]]]:
    """Return the companies and organisations of rows of the table `report_roles`: role, then name and IRI."""
    kinds = {"company", "organisation"}
    return [(str(row["role"]).partition(":")[2], (str(row["name"]), row["party"])) for row in rows if row["kind"] in kinds]
