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
    """Put the investors that a phrase names into the round that it reports: one event, and no investment of each besides."""
    rounds = {
        (report.rule, report.start, report.end, report.first("company")): number
        for number, report in enumerate(reports)
        if report.type == "funding_round"
    }
    by_company = {report.first("company"): number for number, report in enumerate(reports) if report.type == "funding_round"}
    whole: list[Report] = []
    further: dict[int, list[RoleFiller]] = defaultdict(list)
    dropped: set[int] = set()
    for number, report in enumerate(reports):
        if report.type != "investment":
            continue
        target = report.first("target")
        home = rounds.get((report.rule, report.start, report.end, target))
        if home is None and not report.amounts and target in by_company:
            home = by_company[target]
        if home is not None:
            role = "lead" if "led" in report.rule or "leads" in report.rule else "investor"
            further[home] += [RoleFiller(role, filler.name, filler.kind) for filler in report.roles if filler.role == "investor"]
            dropped.add(number)
    for number, report in enumerate(reports):
        if number not in dropped:
            more = dict.fromkeys((*report.roles, *_without_twins(report, further[number])))
            whole.append(_replaced(report, more) if further[number] else report)
    return whole


def _without_twins(report: Report, further: Sequence[RoleFiller]) -> list[RoleFiller]:
    leads = {filler.name for filler in (*report.roles, *further) if filler.role == "lead"}
    return [filler for filler in further if filler.role == "lead" or filler.name not in leads]


def _replaced(report: Report, fillers: Mapping[RoleFiller, None]) -> Report:
    return replace(report, roles=ordered(fillers))
