"""Check the parties of a report by where its evidence names them: not those of a neighbouring clause, and each in the role that the words say."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from functools import cache

from newsgraph.core.model import Kind, Report, RoleFiller
from newsgraph.core.vocabulary import EVENT_TYPES, ROLES
from newsgraph.extract.events.name_checks import is_adjective, is_name_of_today, narrower_place, with_defendant
from newsgraph.extract.events.report_evidence import Place, ReportEvidence, check_pattern
from newsgraph.extract.events.report_roles import ordered
from newsgraph.extract.text.word_lists import read_yaml

_LIST = re.compile(r"\s*(?:,|and|&|, and)\s*")
_NAME = re.compile(r"(?:[A-Z][\w&'’.-]*|\d+[A-Z][\w-]*)(?: (?:(?:of|the|and|&|for|de) )?[A-Z][\w&'’-]*){0,4}")
_AGENT_KINDS = frozenset({Kind.COMPANY, Kind.ORGANISATION, Kind.PERSON})
_PURCHASE = re.compile(
    rf"(?P<buyer>{_NAME.pattern}) {check_pattern('bought').pattern} (?P<thing>[A-Z][^,;:|()]{{1,40}}?)(?= (?:for|in|from|to|on|as|at)\b|[,;:|(]|\.?$)"
)
_POSTS = frozenset({"appointment", "departure"})
_OF_OWN_WORDS = frozenset({"position", "period", "place"})
_OF_ONE = frozenset("financial_result guidance bankruptcy closure layoff".split())  # an owner may hire, and pay dividends, for its firm
_RESULTS = frozenset({"financial_result", "guidance"})
_OPENING = re.compile(r"[\"“‘'*•–—-]?\s?(?:(?:But|And|Yet|Meanwhile|Separately|Elsewhere|Also),? )?")  # before the subject of a sentence
_STRICT = frozenset({"regulatory_action", "lawsuit", "settlement", "rating", "approval", "funding_round", "contract"})


def with_fitting_parties(report: Report, evidence: ReportEvidence) -> Report | None:
    """Return a report with the parties that its evidence leaves to it, None if it is nobody's or nothing then."""
    fillers = [filler for filler in report.roles if not (_is_the_company(filler, report) or _is_far(filler, evidence))]
    fillers = [filler for filler in fillers if not (is_name_of_today(filler, fillers, evidence) or is_adjective(filler, evidence))]
    fillers = list(dict.fromkeys(narrower_place(filler, evidence) for filler in fillers))
    fillers = _with_subject(report, _without_far_pair(report, fillers, evidence), evidence)
    fillers = _without_neighbours(report, fillers, evidence)
    fillers = _without_bystanders(report, fillers, evidence)
    fillers = _turned(report, fillers, evidence)
    if report.type == "partnership":
        fillers = _with_partner(fillers, evidence)
    if report.type == "lawsuit":
        fillers = with_defendant(fillers, evidence)
    if report.type == "acquisition":
        fillers = _with_other_side(fillers, evidence, part=bool(report.part))
    if report.type in _POSTS:
        fillers = _with_employer(report, fillers, evidence)
    if fillers == list(report.roles):
        return report if _is_whole(report) else None
    changed = replace(report, roles=ordered(dict.fromkeys(fillers)))
    return changed if _is_whole(changed) else None


def _is_the_company(filler: RoleFiller, report: Report) -> bool:
    """Return whether a product or unit is only the company's own name again."""
    if filler.role not in {"product", "unit"}:
        return _is_of_product(filler, report)
    return any(other.name.casefold() == filler.name.casefold() and other.role not in {"product", "unit"} for other in report.roles)


def _is_of_product(filler: RoleFiller, report: Report) -> bool:
    """Return whether a party is only the first word of a product in words: "Pike" of "Pike robots"."""
    return filler.kind is Kind.COMPANY and any(
        other.role == "product"
        and other.kind is None
        and other.name.startswith(f"{filler.name} ")
        and other.name.rpartition(" ")[2].islower()
        for other in report.roles
    )


def _is_far(filler: RoleFiller, evidence: ReportEvidence) -> bool:
    """Return whether neither the evidence nor the headline has a post, a period or a place: two of three such belong to another event."""
    if filler.role not in _OF_OWN_WORDS or evidence.places({filler.name}):
        return False
    return not any(filler.name.casefold() in words.casefold() for words in (evidence.words, evidence.title))


def _with_subject(report: Report, fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Take the company with which the evidence begins where the read one is not named in it: "Lowden lost $33 million" is Lowden's loss."""
    read = [filler for filler in fillers if filler.role == "company" and filler.kind is Kind.COMPANY]
    if report.type not in _OF_ONE or len(read) != 1 or evidence.places({read[0].name}):
        return fillers
    first = next((one for one in evidence.mentions if one.kind is Kind.COMPANY), None)
    if first is None or not _OPENING.fullmatch(evidence.words[: max(0, first.start - evidence.start)]):
        return fillers
    return [replace(filler, name=first.name) if filler is read[0] else filler for filler in fillers]


def _without_far_pair(report: Report, fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Leave out several companies of one result that the evidence does not name: "Turnover totaled HK$118 billion" is that of a market."""
    companies = [filler for filler in fillers if filler.role == "company"]
    if report.type not in _RESULTS or len(companies) < 2 or evidence.places({filler.name for filler in companies}):  # noqa: PLR2004 - two
        return fillers
    return [filler for filler in fillers if filler not in companies]


def _is_whole(report: Report) -> bool:
    """Return whether a report says of somebody that something happened."""
    named = {filler.role for filler in report.roles}
    if report.type == "rating":
        return "company" in named and not any(_grades().fullmatch(filler.name) for filler in report.roles)
    return any(ROLES[role].agent or role in {"product", "place"} for role in named)


def _without_neighbours(report: Report, fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Leave out parties of another sentence or clause, in a role that somebody of the own one takes."""
    near = _own_clause(report, evidence)
    if near is None:
        return fillers
    own = {filler for filler in fillers if _rank(filler, evidence, near) == 0}
    inside = own | {filler for filler in fillers if _rank(filler, evidence, near) == 1}
    kept = []
    for filler in fillers:
        rivals = [other for other in (own if report.type in _STRICT else inside) if other.role == filler.role and other != filler]
        enough = len(rivals) > 1 or (
            bool(rivals) and not (EVENT_TYPES[report.type].symmetric and filler.role == EVENT_TYPES[report.type].first)
        )
        if filler.kind in _AGENT_KINDS and enough and filler not in (own if report.type in _STRICT else inside):
            continue
        kept.append(filler)
    return kept


def _own_clause(report: Report, evidence: ReportEvidence) -> Place | None:
    """Return the clause of the evidence that names most of a report's parties, the first of equals."""
    names = {filler.name for filler in report.roles if filler.kind in _AGENT_KINDS}
    places = evidence.places(names)
    if not places:
        return None
    clauses = dict.fromkeys(evidence.clause(place) for place in places)

    def named(clause: Place) -> int:
        return len({one.name for one in evidence.mentions if one.name in names and clause[0] <= one.start - evidence.start < clause[1]})

    return max(clauses, key=lambda clause: (named(clause), -clause[0]))


def _rank(filler: RoleFiller, evidence: ReportEvidence, near: Place) -> int:
    """Return 0 for a name of the own clause, 1 for one of the evidence, 2 for one of elsewhere."""
    places = evidence.places({filler.name})
    if any(near[0] <= start < near[1] for start, _ in places):
        return 0
    return 1 if places else 2


def _without_bystanders(report: Report, fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Leave out who complained or judged an appeal, rivals of partners, and of appointments and departures the company at the other end."""
    if report.type == "regulatory_action":
        return [filler for filler in fillers if filler.role != "authority" or not _all(evidence, filler.name, "complained", "complains")]
    if report.type == "appointment":
        return [filler for filler in fillers if filler.role != "company" or not _all(evidence, filler.name, "left_behind")]
    if report.type == "product_launch":
        kept = [filler for filler in fillers if filler.role != "company" or not _all(evidence, filler.name, "hosted")]
        return kept if any(filler.role == "company" for filler in kept) else fillers
    if report.type == "departure":
        return [filler for filler in fillers if filler.role != "company" or not _all(evidence, filler.name, "gone_to")]
    if report.type == "partnership":
        partners = [filler for filler in fillers if not _all(evidence, filler.name, "rivalled")]
        return fillers if partners == fillers else partners if len(partners) > 1 else []
    return fillers


def _all(evidence: ReportEvidence, name: str, before: str, behind: str = "") -> bool:
    """Return whether all mentions of a name have words of one list right before them, or of another right behind them."""
    places = evidence.places({name})
    return bool(places) and all(
        re.search(rf"(?:{check_pattern(before).pattern})\s*$", evidence.words[: place[0]], re.IGNORECASE)
        or (behind and re.match(rf"\s*(?:{check_pattern(behind).pattern})", evidence.words[place[1] :], re.IGNORECASE))
        for place in places
    )


def _with_other_side(fillers: list[RoleFiller], evidence: ReportEvidence, *, part: bool) -> list[RoleFiller]:
    """Name in words who buys or what is bought where only the other one was read: "Harbour Stores to buy J. R. Bank for $5 million"."""
    named = {filler.role for filler in fillers if filler.role in {"acquirer", "target", "seller"}}
    if part or len(fillers) != 1 or named not in ({"acquirer"}, {"target"}):
        return fillers
    known = fillers[0].name.casefold()
    for words in (evidence.words, evidence.title):
        for match in _PURCHASE.finditer(words):
            buyer, thing = match["buyer"], match["thing"].strip()
            sides = {"acquirer": buyer, "target": thing}
            (role,) = named
            (other,) = {"acquirer", "target"} - named
            if _is_near(known, sides[role].casefold()) and not _is_near(known, sides[other].casefold()):
                return [*fillers, RoleFiller(other, sides[other], None)]
    return fillers


def _is_near(one: str, other: str) -> bool:
    return one in other or other in one


def _with_employer(report: Report, fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Name the company of an appointment or a departure where the evidence, or else the headline, names one alone."""
    if any(filler.role == "company" for filler in fillers):
        return fillers
    inside = evidence.parties()
    if len(inside) == 1 and not _all(evidence, inside[0], "left_behind" if report.type == "appointment" else "gone_to"):
        return [*fillers, RoleFiller("company", inside[0], next(one.kind for one in evidence.mentions if one.name == inside[0]))]
    in_title = {(one.name, one.kind) for one in evidence.in_title(Kind.COMPANY)}
    return [*fillers, *(RoleFiller("company", *one) for one in in_title)] if not inside and len(in_title) == 1 else fillers


def _turned(report: Report, fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    if report.type == "contract":
        return _with_turned_contract(fillers, evidence)
    if report.type == "rating":
        return _with_all_raters(fillers, evidence)
    return fillers


def _with_turned_contract(fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Exchange supplier and customer where the words between them say so: who orders is the customer, who will supply is not."""
    sides = {
        role: [filler for filler in fillers if filler.role == role and filler.kind in _AGENT_KINDS] for role in ("supplier", "customer")
    }
    if not all(len(found) == 1 for found in sides.values()):
        return fillers
    supplier, customer = sides["supplier"][0], sides["customer"][0]
    if not (_does(evidence, supplier.name, "buys", customer.name) or _does(evidence, customer.name, "supplies", supplier.name)):
        return fillers
    turned = {supplier: replace(supplier, role="customer"), customer: replace(customer, role="supplier")}
    return [turned.get(filler, filler) for filler in fillers]


def _does(evidence: ReportEvidence, one: str, what: str, other: str) -> bool:
    """Return whether the words say, in the active voice, that one does something, and name the other one behind that."""
    for first in evidence.places({one}):
        for second in evidence.places({other}):
            between = evidence.words[first[1] : second[0]]
            if (
                first[1] <= second[0]
                and (match := check_pattern(what).search(between))
                and not re.search(
                    r"\b(?:by|was|were|been|being|be|is|are|which|who|order from|orders? (?:worth|for|to supply)|contract)\b", between
                )
                and not re.search(r"[;.]", between[: match.start()])
            ):
                return True
    return False


def _with_all_raters(fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Make a second rater of a company that stands in a list with the rater: "Acme falls; Bolt, Cask downgrade"."""
    raters = {filler.name for filler in fillers if filler.role == "rater"}
    for filler in fillers:
        if filler.role == "company" and any(_is_listed(evidence, rater, filler.name) for rater in raters):
            rated = _others(evidence, raters | {filler.name})
            changed = [replace(filler, role="rater") if other == filler else other for other in fillers]
            return changed + ([RoleFiller("company", rated[0], Kind.COMPANY)] if len(rated) == 1 else [])
    return fillers


def _is_listed(evidence: ReportEvidence, one: str, other: str) -> bool:
    for first in evidence.places({one}):
        for second in evidence.places({other}):
            begin, end = sorted((first, second))
            verb = re.match(rf"\s*(?:{check_pattern('rates').pattern})", evidence.words[end[1] :], re.IGNORECASE)
            if verb and begin[1] <= end[0] and _LIST.fullmatch(evidence.words[begin[1] : end[0]]):
                return True
    return False


def _others(evidence: ReportEvidence, names: Collection[str]) -> list[str]:
    return list(dict.fromkeys(one.name for one in evidence.mentions if one.kind is Kind.COMPANY and one.name not in names))


def _with_partner(fillers: list[RoleFiller], evidence: ReportEvidence) -> list[RoleFiller]:
    """Name in words the partner of a company that is alone, where it has a capital: "Eros Now has joined hands with Acme"."""
    if len(fillers) != 1 or not (places := evidence.places({fillers[0].name})):
        return fillers
    start, end = places[0]
    begin, _ = evidence.clause(places[0])
    partner = None
    if re.search(rf"(?:{check_pattern('joined_by').pattern}) (?:the )?$", evidence.words[:start], re.IGNORECASE):
        partner = _NAME.match(evidence.words, begin + len(evidence.words[begin:]) - len(evidence.words[begin:].lstrip()))
    elif behind := re.search(rf"(?:{check_pattern('joined_by').pattern}) (?:the )?(?=[A-Z\d])", evidence.words[end:], re.IGNORECASE):
        partner = _NAME.match(evidence.words, end + behind.end())
    if partner is None or _no_name().fullmatch(partner.group().split()[0]):
        return fillers
    name = re.sub(r"['’]s?$", "", partner.group())
    inside = [one for one in evidence.mentions if one.start - evidence.start < partner.end() and partner.start() < one.end - evidence.start]
    if any(one.name == fillers[0].name or one.kind not in _AGENT_KINDS for one in inside):
        return fillers
    known = next((one for one in inside if one.kind in _AGENT_KINDS), None)
    return [*fillers, RoleFiller("party", known.name, known.kind) if known else RoleFiller("party", name, None)]


@cache
def _grades() -> re.Pattern[str]:
    return re.compile(str(read_yaml("effect_cues.yaml")["grade"]).strip(), re.IGNORECASE)


@cache
def _no_name() -> re.Pattern[str]:
    return re.compile(str(read_yaml("check_cues.yaml")["no_name"]).strip())
