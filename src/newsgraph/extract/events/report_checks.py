"""Check what was read against its words: a report is corrected, told more plainly, or left out where its evidence says something else.

Rules and the learned reader both take words for an event that speak of something else, and fields of a neighbour for its own. The checks
look at the evidence of each report alone, by the word lists of `data/check_cues.yaml`; they never add an event.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from newsgraph.core.model import Kind, Mention, Report, RoleFiller
from newsgraph.core.profit_measures import leading_measure, profit_measure
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.amount_checks import place_of_sum, with_own_amounts, with_own_count
from newsgraph.extract.events.event_effect import COUNTED, counted_effect, effect_of, has_effect
from newsgraph.extract.events.party_checks import with_fitting_parties
from newsgraph.extract.events.report_evidence import ArticleMentions, ReportEvidence, check_names, check_pattern, evidence_of
from newsgraph.extract.events.report_roles import ordered
from newsgraph.extract.events.share_checks import with_bought_share
from newsgraph.extract.events.status_checks import with_fitting_status
from newsgraph.extract.events.type_checks import with_fitting_type
from newsgraph.extract.events.wording_checks import with_full_wordings

_EFFECT, _OTHER = "effect", "other"
_LOSS = re.compile(r"(?:\w+ )?loss\b")
_FIGURES = frozenset({"financial_result", "guidance"})
_SHORT = 20  # words of a clause that is told as it is
_NEEDED = {  # one of these must be known
    "other": frozenset({_EFFECT}),
    "approval": frozenset({"company", "product"}),
    "appointment": frozenset({"person", "position"}),
    "departure": frozenset({"person", "position"}),
    "rating": frozenset({"rater", _EFFECT}),
}


def checked_reports(reports: Sequence[Report], text: str, title: str, mentions: Sequence[Mention]) -> list[Report]:
    """Return the reports that their evidence bears out, corrected; `mentions` are all of the article, in text order."""
    checked, article = [], ArticleMentions(mentions)
    for report in reports:
        evidence = evidence_of(report, text, title, article)
        if _is_of_something_else(report, evidence):
            continue
        corrected: Report | None = with_fitting_type(report, evidence)
        if corrected is None:
            continue
        corrected = with_fitting_parties(corrected, evidence)
        if corrected is None:
            continue
        corrected = with_own_count(with_own_amounts(corrected, evidence, text), evidence)
        corrected = with_bought_share(with_fitting_status(corrected, evidence), evidence)
        corrected = with_effect(with_full_wordings(corrected, evidence), evidence)
        if _says_nothing(corrected, evidence):
            continue
        checked.append(corrected)
    return _each_once(checked)


def _each_once(reports: Sequence[Report]) -> list[Report]:
    """Return reports without those that corrections made the same as a surer one: all but the confidence is equal."""
    best: dict[Report, Report] = {}
    for report in reports:
        same = replace(report, confidence=0.0)
        if same not in best or report.confidence > best[same].confidence:
            best[same] = report
    kept = set(map(id, best.values()))
    return [report for report in reports if id(report) in kept]


def _says_nothing(report: Report, evidence: ReportEvidence) -> bool:
    """Return whether the label of a report would not say what happened: of an appointment neither who nor as what."""
    named = {filler.role for filler in report.roles}
    if report.type == "product_launch" and "product" not in named and check_pattern("itself_launched").search(evidence.words):
        return True
    return report.type in _NEEDED and not named & _NEEDED[report.type]


def _is_of_something_else(report: Report, evidence: ReportEvidence) -> bool:
    if report.type in check_names("not_the_event") and check_pattern("not_the_event", report.type).search(evidence.words):
        return True
    if report.type in check_names("not_the_event_alone") and check_pattern("not_the_event_alone", report.type).search(evidence.words):
        return check_pattern("unless_also", report.type).search(evidence.words) is None
    if report.type not in check_names("must_say"):
        return False
    spoken = check_pattern("must_say", report.type)
    return not (spoken.search(evidence.words) or spoken.search(evidence.title))


def with_effect(report: Report, evidence: ReportEvidence) -> Report:
    """Return a report with what its event came to, where its type has an effect and the words say it of its company."""
    if not has_effect(report.type):
        return report
    if report.type in COUNTED:
        effect = counted_effect(report.type, report.count, evidence.words) if report.count else ""
    else:
        effect = next(filter(None, (effect_of(report.type, clause) for clause in _clauses(report, evidence))), "")
    effect = effect or (_own_words(report, evidence) if report.type == _OTHER else "")
    effect = _of_measure(report, effect, evidence)
    if report.type == "closure" and report.part:
        effect, report = effect or report.part, replace(report, part=None)  # a part is what changes hands
    if not effect:
        return report
    if _LOSS.match(effect) and len(report.amounts) == 1 and report.amounts[0].of == "profit":
        report = replace(report, amounts=(replace(report.amounts[0], of="loss"),))  # "loss widens to $149 million"
    return replace(report, roles=ordered(dict.fromkeys((*report.roles, RoleFiller(_EFFECT, effect, None)))))


def _of_measure(report: Report, effect: str, evidence: ReportEvidence) -> str:
    """Return the effect of a result whose first sum is a profit, with the measure of that profit, and without that of another one."""
    main = report.amounts[0] if report.amounts and report.type in _FIGURES else None
    if main is None or main.of != "profit":
        return effect
    mention = place_of_sum(main, evidence)
    at = mention.start - evidence.start if mention else -1
    measure = profit_measure(evidence.words[:at]) if 0 <= at <= len(evidence.words) else ""
    return effect if leading_measure(effect) == measure else measure


def _own_words(report: Report, evidence: ReportEvidence) -> str:
    """Return the short clause that names the first party of an event of no known type: it says itself what happened."""
    places = evidence.places({filler.name for filler in report.roles})
    if not places:
        return ""
    clause = evidence.clause_words(places[0]).rstrip(".,!")
    begin, _ = evidence.clause(places[0])
    name = evidence.words[places[0][0] : places[0][1]]
    alone = len({filler.name for filler in report.roles}) == 1 and not evidence.words[begin : places[0][0]].strip()
    clause = clause.removeprefix(name).strip() if alone else clause
    return clause if 1 < len(clause.split()) <= _SHORT else ""


def _clauses(report: Report, evidence: ReportEvidence) -> list[str]:
    """Return the clauses that speak of the main party, then all words where they speak of nobody else."""
    kind = EVENT_TYPES[report.type]
    own = {filler.name for filler in report.roles if filler.role in {kind.first, kind.second}}
    about = "company" if "company" in kind.roles else kind.first
    company = {filler.name for filler in report.roles if filler.role == about and filler.kind is not None}
    places = evidence.places(company)
    if report.type == "rating":  # of several raters in a sentence, each speaks in a clause of its own
        places += evidence.places({filler.name for filler in report.roles if filler.role == "rater"})
    clauses = dict.fromkeys(evidence.clause_words(place) for place in places)
    others = [one for one in evidence.mentions if one.kind is Kind.COMPANY and one.name not in own]
    return list(clauses) if others else [*clauses, evidence.words]
