"""Check the sums and numbers of a report by the words beside them: sales are no price, and 420 people are no sites."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from newsgraph.core.model import EventAmount, Kind, Mention, Report
from newsgraph.extract.events.event_effect import things_counted
from newsgraph.extract.events.report_evidence import ReportEvidence, check_pattern
from newsgraph.extract.text.counts import places_of
from newsgraph.extract.text.word_lists import read_yaml

_FIGURES = frozenset({"financial_result", "guidance"})
_OF_SHARES = _FIGURES | {"acquisition", "merger", "investment", "ipo", "funding_round", "dividend", "rating"}
_SMALL, _SYMBOLIC = 1000, 1  # less is paid for a share, but a firm may be sold for a euro
_LARGE = frozenset({"contract", "award"})  # whose sums are no price of a share
_SUED = frozenset({"regulatory_action", "lawsuit", "settlement"})
_SENTENCE_END, _SENTENCE = re.compile(r"[.!?][\"”’]?\s|\n"), 400  # and characters that a sentence has at most
_COUNTED = {"closure": ("sites", "people_or_things"), "layoff": ("jobs", "")}
_CUT_BEFORE = re.compile(
    r"(?:cut|cuts|cutting|shed|sheds|shedding|axe[sd]?|axing|lay(?:s|ing)? off|laid off|fire[sd]?|dismiss\w*|let go|lose|losing|lost|go|by|of)(?: (?:of|about|around|some|over|nearly|almost|more than|up to|another|a further))* $",
    re.IGNORECASE,
)
_WHOLE_STAFF = re.compile(
    r"\b(?:has|have|had|employ(?:s|ed|ing)?|of (?:its|their|the|a)|(?:workforce|staff|headcount) of)(?: (?:about|around|some|over|nearly|almost|more than|roughly))* $",
    re.IGNORECASE,
)
_REACH = 40  # characters before and after a sum
_NEAR = re.compile(r"^[\s-]*")
_INSIDE = re.compile(r"\d\s?(?:-|–|to)\s?(?:US\$|[$€£₹¥])?\d")  # "$29-34 billion"
_RANGE_BEFORE, _RANGE_AFTER = (
    re.compile(r"(?:\d|million|billion|bn|m)\s?(?:-|–|to)\s?$"),
    re.compile(r"^\s?(?:-|–|to)\s?(?:US\$|[$€£₹¥])?\d"),
)
_CHANGED_FROM = re.compile(r"\bfrom (?:[^\s\d]{1,3}\s?)?\d[\d.,]*(?:\s?[a-z]+)? to\s?$")  # "rose from 31 to 38 million": no range
_PAID = re.compile(r"\bfor\s?$", re.IGNORECASE)  # "sells the unit for $550 million": a price, and no figure of a result
_TAIL = re.compile(
    r"(?:\s(?:of|about|around|some|over|nearly|almost|more than|up to|just|roughly|totalling|totaling|at|to|by|were|was|is|are|a|an|the|estimated|rose|fell|an? estimated|reached|hit))*\s?$",
    re.IGNORECASE,
)


@cache
def _own(type_name: str) -> re.Pattern[str]:
    words = read_yaml("check_cues.yaml")["beside_own"].get(type_name, "")
    return re.compile(str(words).strip() or r"(?!)", re.IGNORECASE)


def with_own_amounts(report: Report, evidence: ReportEvidence, text: str) -> Report:
    """Return a report with those of its amounts that the words beside them leave to it, and with what they are of."""
    if not report.amounts:
        return report
    kept = []
    for amount in report.amounts:
        place = place_of_sum(amount, evidence)
        checked = amount if place is None else _checked(report, amount, place, evidence, text)
        if checked is not None and not (report.type in _LARGE and _is_small(checked)):
            kept.append(replace(checked, of="per_share") if report.type in _OF_SHARES and _is_small(checked) else checked)
    return report if tuple(kept) == report.amounts else replace(report, amounts=tuple(kept))


def _is_small(amount: EventAmount) -> bool:
    return amount.money.amount < _SMALL and amount.money.amount != _SYMBOLIC


def place_of_sum(amount: EventAmount, evidence: ReportEvidence) -> Mention | None:
    """Return the mention of a sum that is nearest to the evidence."""
    found = evidence.article.sums.get(_name(amount), ())
    return min(found, key=lambda one: (abs(one.start - evidence.start), one.start), default=None)


def _checked(report: Report, amount: EventAmount, mention: Mention, evidence: ReportEvidence, text: str) -> EventAmount | None:
    before, after = text[max(0, mention.start - _REACH) : mention.start], text[mention.end : mention.end + _REACH]
    beside = _beside(before, after)
    if _is_of_another(report, mention, evidence, text) or (amount.of != "per_share" and check_pattern("per_unit").match(after)):
        return None
    if report.type in _FIGURES:
        if not _is_in_clause(report, mention, evidence):
            return None
        return _figure(amount, mention, beside, before, after)
    if (beside and not _own(report.type).search(beside)) or _INSIDE.search(mention.text):
        return None
    if report.type in _SUED and not _is_in_clause(report, mention, evidence):
        return None
    is_no_debt = amount.of == "debt" and report.type != "bankruptcy" and not _debt().search(f"{before} {after}")
    return replace(amount, of="other") if is_no_debt else amount  # "the rest, $350 million, over five years"


@cache
def _debt() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:{str(read_yaml('detail_cues.yaml')['debt']).strip()}|borrow\w*|lend\w*|lent|ow(?:e[sd]?|ing))(?![\w-])",
        re.IGNORECASE,
    )


def _beside(before: str, after: str) -> str:
    """Return the word right before or behind a sum that says what it is of, empty if there is none."""
    if found := check_pattern("beside_after").match(_NEAR.sub("", after)):
        return found.group()
    stem = _TAIL.sub("", before)
    words = list(check_pattern("beside_before").finditer(stem))
    return words[-1].group() if words and words[-1].end() == len(stem) else ""


def _figure(amount: EventAmount, mention: Mention, beside: str, before: str, after: str) -> EventAmount | None:
    """Return the amount of a result or an outlook with the figure that it is of."""
    if check_pattern("people_or_things").match(_NEAR.sub("", after)) or _is_range(mention, before, after) or _PAID.search(before):
        return None
    if beside:
        kind = next((name for name in ("revenue", "loss", "profit") if check_pattern("figures", name).search(beside)), "")
        return replace(amount, of=kind) if kind else None if not _own("financial_result").search(beside) else amount
    return amount


def _is_range(mention: Mention, before: str, after: str) -> bool:
    return bool(
        _INSIDE.search(mention.text) or _RANGE_AFTER.match(after) or (_RANGE_BEFORE.search(before) and not _CHANGED_FROM.search(before))
    )


def _is_in_clause(report: Report, mention: Mention, evidence: ReportEvidence) -> bool:
    """Return whether the clause of a sum names a party of the report or nobody at all, so that the sum may be theirs."""
    if not evidence.start <= mention.start < evidence.start + len(evidence.words):
        return True
    place = mention.start - evidence.start, mention.end - evidence.start
    begin, end = evidence.clause(place)
    inside = {
        one.name for one in evidence.mentions if begin <= one.start - evidence.start < end and one.kind in {Kind.COMPANY, Kind.PERSON}
    }
    return not inside or bool(inside & {filler.name for filler in report.roles if filler.role != "authority"})


def _is_of_another(report: Report, mention: Mention, evidence: ReportEvidence, text: str) -> bool:
    """Return whether a sum outside the evidence is in a sentence that names companies, and none of the report's.

    Those before the sum count, all others only if there are none; a sentence that begins with "The group" goes on about the report's company.
    """
    if evidence.start <= mention.start < evidence.start + len(evidence.words):
        return False
    begin = max((match.end() for match in _SENTENCE_END.finditer(text, max(0, mention.start - _SENTENCE), mention.start)), default=0)
    end = match.start() if (match := _SENTENCE_END.search(text, mention.end, mention.end + _SENTENCE)) else mention.end
    if check_pattern("goes_on").match(text, begin, mention.start):
        return False
    named = [one for one in evidence.article.between(begin, end) if one.kind is Kind.COMPANY]
    inside = {one.name for one in named if one.start < mention.start} or {one.name for one in named}
    return bool(inside) and not inside & {filler.name for filler in report.roles}


def without_sums_of_others(reports: Sequence[Report], mentions: Iterable[Mention]) -> list[Report]:
    """Return reports without sums that are told in the sentence of another report, which has the same sum, and not in their own.

    Results and outlooks keep theirs: their figures stand in many sentences.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for one in mentions:
        if one.kind is Kind.MONEY:
            places[one.name].append(one.start)
    owners: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        for amount in report.amounts:
            name = _name(amount)
            if _told_in(report, places[name]):
                owners[name].append(report)
    return [
        report
        if report.type in _FIGURES
        else replace(
            report,
            amounts=tuple(one for one in report.amounts if not (owned := owners[_name(one)]) or any(report is other for other in owned)),
        )
        for report in reports
    ]


def _name(amount: EventAmount) -> str:
    """Return the name of the mentions of a sum."""
    return f"{amount.money.amount:.2f}".removesuffix(".00") + f" {amount.money.currency}"


def _told_in(report: Report, places: Sequence[int]) -> bool:
    return any(report.start <= place < report.end for place in places)


def with_own_count(report: Report, evidence: ReportEvidence) -> Report:
    """Return a report whose number counts what such events count: a closure's sites are no people, and "Channel 41" no jobs."""
    if report.count == 0:
        return replace(report, count=None)
    if report.type == "expansion" and report.count is not None:
        return report if things_counted(report.count, evidence.words) else replace(report, count=None)
    if report.count is None or report.type not in _COUNTED:
        return report
    counted, other = _COUNTED[report.type]
    places = places_of(report.count, evidence.words)
    for place in places:
        after, before = evidence.words[place.end : place.end + _REACH], evidence.words[: place.start]
        if report.type == "layoff" and _WHOLE_STAFF.search(before):
            continue
        if other and re.match(rf"[\s-]+(?:[\w'-]+ )?(?:{_counted(other)})\b", after, re.IGNORECASE):
            continue
        if re.match(rf"[\s-]+(?:[\w'-]+ ){{0,3}}?(?:{_counted(counted)})\b", after, re.IGNORECASE):
            return report
        if report.type == "layoff" and _CUT_BEFORE.search(before):
            return report
    return report if report.type == "layoff" and not places else replace(report, count=None)


@cache
def _counted(name: str) -> str:
    return str(read_yaml("check_cues.yaml")[name] if name == "people_or_things" else read_yaml("detail_cues.yaml")[name]).strip()
