"""Check of which type an event is by the words of its evidence: who expects a profit has no result, and who buys jets by the piece orders them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from newsgraph.core.model import Kind, Report, RoleFiller
from newsgraph.extract.events.report_evidence import Place, ReportEvidence, check_pattern
from newsgraph.extract.events.report_roles import ordered

_BUYER_AND_MAKER = {"acquirer": "customer", "seller": "supplier", "target": "supplier"}
_SIDES = ("plaintiff", "defendant")
_VERB = 25  # characters between a company and what it expects
_OFFERING = re.compile(r"(?:['’]s?)?\s(?:\S+\s)?(?:IPO|initial public offering|flotation|listing|debut)\b")
_BEFORE_THINGS = r"(?:buy|bought|purchas\w+|order\w*|sell\w*|sold|acquir\w+|sale of|deal for|deliver\w*)"


def with_fitting_type(report: Report, evidence: ReportEvidence) -> Report | None:
    """Return a report as what its words say that it is, None if they say that its company is not the one."""
    if report.type == "financial_result":
        return _as_outlook(report, evidence)
    if report.type == "acquisition":
        return _as_order(_as_debt(_with_company_for_sale(report, evidence)), evidence)
    if report.type == "lawsuit" and report.amounts and check_pattern("settled_for").search(evidence.words):
        return replace(_renamed(report, dict.fromkeys(_SIDES, "party")), type="settlement")
    if report.type == "ipo" and _is_offering_of_another(report, evidence):
        return None
    return report


def _as_outlook(report: Report, evidence: ReportEvidence) -> Report:
    for _, end in evidence.places({filler.name for filler in report.roles if filler.role == "company"}):
        if _expects(evidence, end):
            return replace(report, type="guidance")
    return report


def _expects(evidence: ReportEvidence, end: int) -> bool:
    """Return whether a company that ends at a place expects a figure: the verb comes within a few words, with no other subject between."""
    match = check_pattern("own_outlook").search(evidence.words, end)
    if match is None or match.start() - end > _VERB:
        return False
    return re.search(r"[,;:]|\b(?:as|and|but)\b", evidence.words[end : match.start()]) is None


def _with_company_for_sale(report: Report, evidence: ReportEvidence) -> Report:
    """Return a sale of which only the seller was read as the sale of that company, where it is the company itself that is for sale."""
    agents = [filler.role for filler in report.roles if filler.kind is not None]
    if agents != ["seller"] or report.part is not None or check_pattern("for_sale").search(evidence.words) is None:
        return report
    return _renamed(report, {"seller": "target"})


def _as_debt(report: Report) -> Report:
    """Return a sale of bonds as the money that its seller raises."""
    if report.part is None or report.first("acquirer") or not check_pattern("debt_sold").fullmatch(report.part):
        return report
    return replace(_renamed(report, {"seller": "company"}), type="funding_round", part=None)


def _as_order(report: Report, evidence: ReportEvidence) -> Report:
    buyer, seller, target = (report.first(role) for role in ("acquirer", "seller", "target"))
    things = _things().search(evidence.words)
    is_of_things = report.part is None or check_pattern("ordered").search(report.part) is not None
    if buyer is None or things is None or not is_of_things or (target and not _is_maker(target, things.span(), evidence)):
        return report
    if seller and not target and not any(start < things.end() or _is_source(start, evidence) for start, _ in evidence.places({seller})):
        return report
    product = [RoleFiller("product", things["things"].strip(), None)]
    renamed = _renamed(report, _BUYER_AND_MAKER)
    return replace(renamed, type="contract", part=None, roles=ordered(dict.fromkeys((*renamed.roles, *product))))


@cache
def _things() -> re.Pattern[str]:
    word = r"(?!(?:and|from|to|in|for|of|which|that|who|maker)\b)(?:\d[\d,.]*|[\w’'.-]+) "
    return re.compile(rf"\b{_BEFORE_THINGS} (?P<things>(?:{word}){{0,6}}?(?:{check_pattern('ordered').pattern}))", re.IGNORECASE)


def _is_maker(name: str, things: Place, evidence: ReportEvidence) -> bool:
    """Return whether a company is the maker of things: named within their words or after "from"; "Bolt, which sold ships" is bought itself."""
    return any(things[0] <= start < things[1] or _is_source(start, evidence) for start, _ in evidence.places({name}))


def _is_source(start: int, evidence: ReportEvidence) -> bool:
    return re.search(r"\b(?:from|by)\s(?:\S+\s){0,3}$", evidence.words[:start]) is not None


def _renamed(report: Report, roles: Mapping[str, str]) -> Report:
    fillers = [replace(filler, role=roles.get(filler.role, filler.role)) for filler in report.roles]
    return replace(report, roles=ordered(dict.fromkeys(fillers)))


def _is_offering_of_another(report: Report, evidence: ReportEvidence) -> bool:
    """Return whether another company stands right before the word for the offering, and none of the report's does."""
    own = {filler.name for filler in report.roles if filler.role == "company"}
    before = {
        one.name for one in evidence.mentions if one.kind is Kind.COMPANY and _OFFERING.match(evidence.words[one.end - evidence.start :])
    }
    return bool(before) and not before & own
