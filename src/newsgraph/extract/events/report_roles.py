"""From what the event rules report, two parties at most, to whole reports: every party in its role, and pairs of one event joined."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from newsgraph.core.model import EventAmount, Kind, Report, RoleFiller
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.extract.events.pair_report import PairReport

_STAKE = re.compile(r"\b(?:stakes?|shares?|shareholding|holding|interest|equity|stock)\b")
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?![\d,.]\d|\d)")
_DETERMINER = re.compile(r"^(?:its|their|the|an?|all of its) ")
_SEVERAL_SECONDS = frozenset({"lawsuit", "contract", "settlement", "regulatory_action"})


def with_roles(pairs: Sequence[PairReport], kinds: Mapping[str, Kind]) -> list[Report]:
    """Return reports with roles for what rules report; `kinds` has the kind of each company and organisation of the article by name.

    Pairs of one event are joined: "A, B and C partner" is one partnership of three, and the investors of a round are in the round.
    """
    joined = _with_rounds([_report(group, kinds) for group in _grouped(pairs)])
    return sorted(
        joined, key=lambda report: (report.start, report.end, report.type, [(filler.role, filler.name) for filler in report.roles])
    )


def _grouped(pairs: Sequence[PairReport]) -> list[list[PairReport]]:
    """Group the pairs that one phrase reports as one event."""
    groups: dict[tuple[object, ...], list[PairReport]] = defaultdict(list)
    for pair in pairs:
        kind = EVENT_TYPES[pair.type]
        shared: object = pair.object
        if kind.symmetric:
            shared = ""
        elif pair.type in _SEVERAL_SECONDS and pair.object:
            shared = "several"
        groups[pair.type, pair.rule, pair.start, pair.end, shared, pair.money].append(pair)
    return list(groups.values())


def _report(group: Sequence[PairReport], kinds: Mapping[str, Kind]) -> Report:
    best, kind = group[0], EVENT_TYPES[group[0].type]
    sold = bool(best.object_part) and best.type == "acquisition" and not _STAKE.search(best.object_part or "")
    second = "seller" if sold else kind.second
    fillers: dict[RoleFiller, None] = {}
    for pair in group:
        if pair.subject:
            fillers[RoleFiller(kind.first, pair.subject, kinds.get(pair.subject, Kind.COMPANY))] = None
        if pair.object and second and second != "person":
            fillers[RoleFiller(second, pair.object, kinds.get(pair.object, Kind.COMPANY))] = None
    part = _DETERMINER.sub("", best.object_part) if best.object_part else None
    goods = part if best.type == "contract" else None
    number = _NUMBER.match(goods) if goods else None
    if goods:
        fillers[RoleFiller("product", goods, None)] = None
    amounts = (EventAmount(best.money, kind.amount),) if best.money else ()
    return Report(
        best.type, ordered(fillers), best.start, best.end, best.rule, max(pair.confidence for pair in group), best.status, amounts,
        best.when, best.when_source, best.background, count=int(number[0].replace(",", "")) if number else None, part=None if goods else part,
    )  # fmt: skip


def ordered(fillers: Mapping[RoleFiller, object]) -> tuple[RoleFiller, ...]:
    """Return the fillers in the order of the roles in `vocabulary.ROLES`; those of one role as they come, in the order of their names."""
    places = {role: place for place, role in enumerate(ROLES)}
    return tuple(sorted(fillers, key=lambda filler: (places[filler.role], filler.name, filler.kind or "")))


def _with_rounds(reports: Sequence[Report]) -> list[Report]:
    """Put the investors that an article names into the round that it reports: one event, and no investment of each besides.

    One investor alone, who does not lead, stays an investor: "Sanofi's investment made Owkin a unicorn" is of the investment that all
    others report.
    """
    rounds = {report.first("company"): number for number, report in enumerate(reports) if report.type == "funding_round"}
    joining: dict[int, list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        target = report.first("target")
        if report.type == "investment" and target in rounds and (not report.amounts or report.rule == reports[rounds[target]].rule):
            joining[rounds[target]].append(number)
    fillers = {home: [filler for number in numbers for filler in _investors(reports[number])] for home, numbers in joining.items()}
    fillers = {home: found for home, found in fillers.items() if len(found) > 1 or any(filler.role == "lead" for filler in found)}
    dropped = {number for home in fillers for number in joining[home]}
    return [
        _replaced(report, dict.fromkeys((*report.roles, *_without_twins(report, fillers[number])))) if number in fillers else report
        for number, report in enumerate(reports)
        if number not in dropped
    ]


def _investors(report: Report) -> list[RoleFiller]:
    role = "lead" if {"led", "leads"} & set(report.rule.split("_")) else "investor"
    return [RoleFiller(role, filler.name, filler.kind) for filler in report.roles if filler.role == "investor"]


def _without_twins(report: Report, further: Sequence[RoleFiller]) -> list[RoleFiller]:
    leads = {filler.name for filler in (*report.roles, *further) if filler.role == "lead"}
    return [filler for filler in further if filler.role == "lead" or filler.name not in leads]


def _replaced(report: Report, fillers: Mapping[RoleFiller, None]) -> Report:
    return replace(report, roles=ordered(fillers))
