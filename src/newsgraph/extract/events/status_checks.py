"""Check the status of a report by the words of its evidence: an offer is no purchase, who declines to comment denies nothing.

What only sources without a name say, or a headline passes on from another paper, is a rumour.
"""

from __future__ import annotations

import re
from dataclasses import replace

from newsgraph.core.model import Kind, Report, Status
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.report_evidence import ReportEvidence, check_names, check_pattern

_AGENTS = frozenset({Kind.COMPANY, Kind.ORGANISATION})
_FACTS = frozenset({Status.ANNOUNCED, Status.COMPLETED})
_STATED = _FACTS | {Status.PLANNED}
_UNFINISHED = frozenset({Status.ANNOUNCED, Status.PLANNED, Status.RUMOURED})
_OFF = frozenset({Status.ENDED, Status.DENIED})
_NEAR = 40  # characters before words in which they may be put under a condition
_DEALS = frozenset({"acquisition", "merger", "investment"})
_DONE_AT_ONCE = frozenset({"product_launch", "expansion"})
_DAY_TO_COME = re.compile(
    r"\b(?:next|later|by|soon|tomorrow|on (?:[A-Z]\w*|the)|in (?:(?:the )?(?:spring|summer|autumn|fall|winter|first|second|third|fourth)|20\d\d|"
    r"January|February|March|April|May|June|July|August|September|October|November|December))\b"
)
_PAID = re.compile(r"\bpaid\b")
_AGREEMENTS = frozenset({"partnership", "contract"})


def with_fitting_status(report: Report, evidence: ReportEvidence) -> Report:
    """Return a report with the status that its words bear out."""
    status = _status(report, evidence)
    return report if status is report.status else replace(report, status=status)


def _status(report: Report, evidence: ReportEvidence) -> Status:
    words = _own_words(report, evidence)
    if report.status is Status.DENIED and not check_pattern("denial").search(evidence.words):
        return Status.RUMOURED
    if report.status not in _OFF and (off := _off(report, words, evidence)) is not None:
        return off
    if report.type in _DEALS | _AGREEMENTS and report.status in _UNFINISHED and _are_talks_over(report, evidence):
        return Status.ENDED
    if report.status in _STATED and not report.background and check_pattern("unnamed_source").search(evidence.words):
        return Status.RUMOURED
    if report.status in _FACTS:
        return _of_fact(report, words)
    return _done(report, words, evidence) or report.status


def _done(report: Report, words: str, evidence: ReportEvidence) -> Status | None:
    """Return the status of what was read as planned or ended and is done by its words; None if they do not say so."""
    if report.status is Status.PLANNED and report.type in _DONE_AT_ONCE and _does_now(report, evidence):
        return Status.ANNOUNCED
    is_unpaid = report.type == "dividend" and report.status is Status.ENDED
    return Status.COMPLETED if is_unpaid and _PAID.search(words) and not check_pattern("suspended_payment").search(words) else None


def _off(report: Report, words: str, evidence: ReportEvidence) -> Status | None:
    """Return the status of what was given up, is ruled out or was never planned; None for any other."""
    if report.type in check_names("given_up"):
        is_fine = report.type == "regulatory_action" and bool(report.amounts)  # "ends the probe, fining Acme $5 million"
        return Status.ENDED if not is_fine and _is_said_of(report, evidence, "given_up", report.type) else None
    if report.type == "layoff" and report.status is not Status.COMPLETED and _is_said_of(report, evidence, "no_plan"):
        return Status.DENIED
    if report.type not in _DEALS:
        return None
    is_completed = report.status is Status.COMPLETED
    if not (is_completed and check_pattern("was_bought").search(words)) and _is_said_of(report, evidence, "abandoned"):
        return Status.ENDED
    return Status.DENIED if not is_completed and _is_said_of(report, evidence, "ruled_out") else None


def _are_talks_over(report: Report, evidence: ReportEvidence) -> bool:
    """Return whether talks came to nothing before which no other party is named than those of the report, in the evidence or the headline."""
    parties = {filler.name for filler in report.roles}
    titled = [one for kind in sorted(_AGENTS) for one in evidence.in_title(kind)]
    places = [(evidence.words, evidence.mentions, evidence.start)]
    if parties & {one.name for one in titled}:
        places.append((evidence.title, titled, 0))
    return any(
        {one.name for one in mentions if one.kind in _AGENTS and one.start - start < match.start()} <= parties
        for words, mentions, start in places
        for match in check_pattern("talks_over").finditer(words)
    )


def _does_now(report: Report, evidence: ReportEvidence) -> bool:
    """Return whether the words begin with the company and what it does: "Acme launches its drones, seeks to certify pilots"."""
    names = "|".join(re.escape(filler.name) for filler in report.roles if filler.role == "company")
    done = re.match(rf"(?:{names}) (?:{check_pattern('does_now').pattern})\b", evidence.words)
    return bool(names) and done is not None and _DAY_TO_COME.search(evidence.words) is None


def _of_fact(report: Report, words: str) -> Status:  # noqa: PLR0911 - one for each kind of event
    if report.type in _DEALS:
        return _of_deal(report.status, words)
    if report.type in _AGREEMENTS:
        return _of_agreement(report.status, words)
    if report.type == "layoff" and check_pattern("jobs_at_risk").search(words):
        return Status.PLANNED
    if report.type == "ipo":
        return _of_listing(report.status, words)
    if report.type == "product_launch" and check_pattern("planned_launch").search(words):
        return Status.PLANNED
    if report.type == "approval" and check_pattern("not_approved").search(words):
        return Status.DENIED
    if report.type == "dividend" and check_pattern("suspended_payment").search(words):
        return Status.ENDED
    return report.status


def _of_deal(status: Status, words: str) -> Status:
    if check_pattern("refused").search(words):
        return Status.ENDED
    if check_pattern("closed_deal").search(words):
        return status
    if check_pattern("speculated").search(words):
        return Status.RUMOURED
    return Status.PLANNED if check_pattern("offered").search(words) else status


def _of_agreement(status: Status, words: str) -> Status:
    if check_pattern("gone").search(words):
        return Status.ENDED
    is_talked_of = check_pattern("in_talks").search(words) and not check_pattern("signed").search(words)
    return Status.RUMOURED if status is Status.ANNOUNCED and is_talked_of else status


def _is_said_of(report: Report, evidence: ReportEvidence, *name: str) -> bool:
    """Return whether words of a list are said of the report's parties as a fact.

    The first names of the clause before them are who does it: in "Acme drops its bid for Bolt, which merges with Cask" that is Acme, so
    that nothing is said of the merger. Of what is no deal it is the last one: "Acme sued Bolt after Cask dropped its suit".
    """
    own = {filler.name for filler in report.roles}
    for match in check_pattern(*name).finditer(evidence.words):
        begin, end = evidence.clause(match.span())
        if check_pattern("supposed").search(evidence.words[max(begin, match.start() - _NEAR) : match.end()]):
            continue
        names = [(one.start - evidence.start, one.name) for one in evidence.mentions if one.kind in _AGENTS]
        before = [one for at, one in names if begin <= at < match.start()][0 if report.type in _DEALS else -1 :]
        said_of = before or [one for at, one in names if match.start() <= at < end]
        if own.intersection(said_of) or not (said_of or report.type in _DEALS):  # "The company withdrew its forecast"
            return True
    return False


def _own_words(report: Report, evidence: ReportEvidence) -> str:
    """Return the clauses that name a party of the report, all words where none does."""
    kind = EVENT_TYPES[report.type]
    parties = {filler.name for filler in report.roles if filler.role in {kind.first, kind.second, "seller"}}
    clauses = dict.fromkeys(evidence.clause(place) for place in evidence.places(parties))
    return " ; ".join(evidence.words[begin:end] for begin, end in clauses) or evidence.words


def _of_listing(status: Status, words: str) -> Status:
    if check_pattern("withdrawn_ipo").search(words):
        return Status.ENDED
    return Status.PLANNED if status is Status.ANNOUNCED and check_pattern("planned_ipo").search(words) else status
