"""Reports as the lines of `cases/events.md`, `totals.md` and `totals_aside.md`, and which lines are true of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsgraph.core.model import Facts, Report
from newsgraph.core.vocabulary import AMOUNT_KINDS, EVENT_TYPES, ROLES

TYPES = sorted(set(EVENT_TYPES) - {"deal"})  # a deal is made of totals
_HEAD = re.compile(r"(?P<type>[a-z_]+): (?P<first>.+?) (?P<arrow>->|<-) (?P<second>.+)")


def head_of(report: Report) -> str:
    """Write type and main parties as a line of a case does, with parties in the order of their names."""
    kind = EVENT_TYPES[report.type]
    parties = names(report, kind.first)
    if kind.symmetric and len(parties) > 1:
        return f"{report.type}: {parties[0]} -> {joined(parties[1:])}"
    if names(report, "seller") and not names(report, "target"):
        return f"{report.type}: {joined(parties)} <- {joined(names(report, 'seller'))}"
    return f"{report.type}: {joined(parties)} -> {joined(names(report, kind.second) if kind.second and not kind.symmetric else [])}"


def details_of(report: Report) -> Iterator[str]:
    """Yield everything besides the head that a line may say of a report."""
    yield report.status.value
    yield "background" if report.background else "news"
    yield report.when or "no date"
    yield f"{report.money.amount:.0f} {report.money.currency}" if report.money else "no amount"
    for amount in report.amounts:
        yield f"{amount.money.amount:.0f} {amount.money.currency} of {amount.of}"
    for name in ROLES:
        yield f"{name}: {joined(names(report, name))}"
    yield f"percent: {report.percent:g}" if report.percent is not None else "no percent"
    yield f"count: {report.count}" if report.count is not None else "no count"
    yield f"part: {report.part}" if report.part else "no part"


def names(report: Report, role: str) -> list[str]:
    """Return the names that fill a role, sorted."""
    return sorted(filler.name for filler in report.roles if filler.role == role)


def joined(parties: list[str]) -> str:
    """Write names with ` + ` between them, or `none`."""
    return " + ".join(parties) or "none"


def is_said(line: str, facts: Facts) -> bool:
    """Return whether a line of a case is true of what was read: one report has all that it says."""
    if line == "nothing":
        return not facts.reports
    if line == "no total":
        return not facts.totals
    if line.startswith("total "):
        return line in {f"total {total.money.amount:.0f} {total.money.currency}" for total in facts.totals}
    if line.startswith("no ") and line[3:] in TYPES:
        return not any(report.type == line[3:] for report in facts.reports)
    head, *details = line.split("; ")
    return any(_sorted(head) == head_of(report) and set(details) <= set(details_of(report)) for report in facts.reports)


def _sorted(head: str) -> str:
    """Return a head with its parties in the order in which `head_of` has them."""
    match = _HEAD.fullmatch(head)
    assert match, head
    first, second = match["first"].split(" + "), match["second"].split(" + ")
    if EVENT_TYPES[match["type"]].symmetric and second != ["none"]:
        first, *rest = sorted(first + second)
        return f"{match['type']}: {first} {match['arrow']} {joined(rest)}"
    return f"{match['type']}: {joined(sorted(first))} {match['arrow']} {joined(sorted(second))}"


def unknown_words(line: str) -> list[str]:
    """Return what a line says that no report could ever say: an unknown role, type, status or kind of amount."""
    if line in {"nothing", "no total"} or line.startswith(("total ", "no ")):
        return [] if not line.startswith("no ") or line[3:] in {"total", *TYPES} else [line]
    head, *details = line.split("; ")
    known = rf"announced|completed|planned|rumoured|denied|ended|background|news|no (?:date|amount|percent|count|part)|\d{{4}}(?:-\d\d(?:-\d\d)?)?|(?:{'|'.join(ROLES)}|percent|count|part): .+|\d+ [A-Z]{{3}}(?: of (?:{'|'.join(AMOUNT_KINDS)}))?"
    match = _HEAD.fullmatch(head)
    return ([] if match and match["type"] in TYPES else [head]) + [detail for detail in details if not re.fullmatch(known, detail)]
