"""Consolidate the candidates of an article into reports: check parties, read money, day and status, and merge what is stated twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from newsgraph.core.model import Money, Status, Total
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.deal_totals import Deal, DealPart, find_deal, says_parts
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence
from newsgraph.extract.events.event_amounts import with_amounts
from newsgraph.extract.events.event_candidates import EventCandidate, EventContext
from newsgraph.extract.events.event_clause import clause_of, words_of
from newsgraph.extract.events.event_status import status_of
from newsgraph.extract.events.event_time import time_of
from newsgraph.extract.events.merged_reports import MergedReports, excludes_report
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.events.report_rules import load_report_rules

_SUM = re.compile(r"\$(\d+)")
_TOTAL, _PART = 0.8, 0.65  # confidence of a total, and of a part that no rule found


def consolidate_reports(
    candidates: list[EventCandidate], sentences: list[DelexicalizedSentence], context: EventContext
) -> tuple[list[PairReport], list[Total]]:
    """Return the reports and totals of an article's candidates, in text order."""
    split = _is_headline_split(sentences)
    reports = _merged_reports(candidates, context, with_totals=not split)
    reports, totals = _with_headline_total(reports, sentences, context) if split else (reports, [])
    if not totals and (deal := find_deal(sentences, context)):
        reports, totals = _with_deal(_merged_reports(candidates, context, with_totals=False), deal, context)
    reports = _with_denials(reports)
    if not totals:
        reports = with_amounts(reports, sentences, context)
    return sorted(reports, key=lambda one: (one.start, one.end, one.type, one.subject or "", one.object or "")), totals


def _merged_reports(candidates: Sequence[EventCandidate], context: EventContext, *, with_totals: bool) -> list[PairReport]:
    """Return the reports of an article, one for each event; `with_totals` includes rules whose sum may be over several events."""
    statements = _Statements(context)
    reports = [report for item in candidates if (with_totals or not item.rule.total) and (report := _report(item, statements)) is not None]
    merged = MergedReports()
    for report in sorted(reports, key=lambda one: (-one.confidence, one.money is None, one.start, one.end, one.type)):
        merged.add(report)
    return merged.reports


class _Statement(NamedTuple):
    """What a match says of its event whoever its parties are: its span in the text, the words of its clause, and its time."""

    span: tuple[int, int]
    words: str
    time: tuple[str, str, bool]


class _Statements:
    """The statements of an article's matches, each read once: the match of a list of parties has a candidate for each pair of them."""

    def __init__(self, context: EventContext) -> None:
        self.context = context
        self._known: dict[tuple[int, int, int], _Statement] = {}

    def of(self, candidate: EventCandidate) -> _Statement:
        sentence, place = candidate.sentence, (candidate.start, candidate.end)
        key = (sentence.sentence.first, *place)
        if key not in self._known:
            clause = clause_of(sentence.line, *place)
            span, time = self.context.text.span(*sentence.tokens(*place)), time_of(sentence, clause, place, self.context)
            self._known[key] = _Statement(span, words_of(sentence.line, clause), time)
        return self._known[key]


def _report(candidate: EventCandidate, statements: _Statements) -> PairReport | None:
    """Return the report of a candidate, or None if its parties cannot take part in such an event."""
    context = statements.context
    subject = context.parties[candidate.subject] if candidate.subject is not None else None
    target = context.parties[candidate.object] if candidate.object is not None else None
    sides = [side for side in (subject, target) if side]
    rules, kind = load_report_rules(), candidate.type
    if not any(side.company for side in sides) and kind not in rules.without_company:
        return None
    if subject and target and subject.name == target.name:
        return None
    if target and not target.company and kind in rules.company_object:
        target = None  # an army or agency as customer, a regulator: the event has one party
    if kind in rules.defendant_alone and subject and target and not subject.company:
        subject = None  # if the plaintiff is not a company, the report is about the defendant alone
    if (subject is None and kind not in rules.defendant_alone) or (subject and not subject.company and kind in rules.company_subject):
        return None
    if kind in rules.organisation_object and target and target.company:
        return None  # companies approve nothing: a licence between two is a contract or a partnership
    names = [side.name if side else None for side in (subject, target)]
    if EVENT_TYPES[kind].symmetric and None not in names:
        names = sorted(names, key=str)
    # Both parties were accepted already, so that doubt about them counts half.
    confidence = round(candidate.rule.confidence * (1 + min(side.confidence for side in sides)) / 2, 2)
    money = context.sum(candidate.money) if candidate.money is not None else None
    (start, end), words, (when, source, background) = statements.of(candidate)
    return PairReport(
        kind, names[0], names[1], start, end, candidate.rule.id, confidence, _status(candidate, words), money, when, source,
        candidate.part or None, background,
    )  # fmt: skip


def _status(candidate: EventCandidate, clause: str) -> Status:
    """Return the status that the clause states, unless the rule has one; a denial or an end overrides both."""
    status = status_of(clause)
    if status in {Status.DENIED, Status.ENDED}:
        return status
    return Status(candidate.rule.status) if candidate.rule.status else status


def _with_denials(reports: list[PairReport]) -> list[PairReport]:
    """Return the reports with a denial in one sentence applied to all others of the same two parties."""
    denied = {frozenset((report.subject, report.object)) for report in reports if report.status is Status.DENIED and report.object}
    if not denied:
        return reports
    return [
        replace(report, status=Status.DENIED)
        if frozenset((report.subject, report.object)) in denied and report.status is Status.ANNOUNCED
        else report
        for report in reports
    ]


def _is_headline_split(sentences: Sequence[DelexicalizedSentence]) -> bool:
    """Return whether the text below a headline with a sum says that the sum has parts."""
    body = (sentence.line for sentence in sentences if sentence.sentence.region != "title")
    return _headline_sum(sentences)[0] is not None and any(map(says_parts, body))


def _headline_sum(sentences: Sequence[DelexicalizedSentence]) -> tuple[DelexicalizedSentence | None, int]:
    for sentence in sentences:
        match = _SUM.search(sentence.line) if "$" in sentence.line and sentence.sentence.region == "title" else None
        if match:
            return sentence, int(match[1])
    return None, 0


def _with_headline_total(
    reports: list[PairReport], sentences: list[DelexicalizedSentence], context: EventContext
) -> tuple[list[PairReport], list[Total]]:
    """Take the sum of the headline for that of all events below it: "inks $270M deal ... includes $180M ... alongside $90M"."""
    title, number = _headline_sum(sentences)
    if title is None:
        return reports, []
    money = context.sum(number)
    title_end = context.text.offsets(0, context.money[number].end)[1]
    parts = [report for report in reports if report.start >= title_end and report.subject and report.object]
    pairs = {frozenset((report.subject, report.object)) for report in parts}
    if len(parts) < 2 or len(pairs) != 1:  # noqa: PLR2004 - a total is over two events or more
        return reports, []
    below = [*parts, *(report for report in reports if report not in parts and report.start >= title_end)]
    parties = tuple(sorted(name for name in next(iter(pairs)) if name))
    return [replace(report, money=None) if report.money == money else report for report in below], [_total(parties, money, title, context)]


def _with_deal(reports: Sequence[PairReport], deal: Deal, context: EventContext) -> tuple[list[PairReport], list[Total]]:
    """Return the reports with one for each part of a deal and none for the whole, and the deal's total."""
    names = {party.name for party in deal.parties}
    rest, parts = list(reports), []
    for part in deal.parts:
        same = next((one for one in rest if one.type == part.type and {one.subject, one.object} - {None} <= names), None)
        if same is not None:
            rest.remove(same)
        parts.append(_part_report(part, same, context))
    others = [one for one in rest if one.money != deal.money or not {one.subject, one.object} - {None} <= names]
    others = [one for one in others if not any(excludes_report(part, one) for part in parts)]
    return [*others, *parts], [_total(tuple(sorted(names)), deal.money, deal.sentence, context)]


def _part_report(part: DealPart, same: PairReport | None, context: EventContext) -> PairReport:
    """Return the report of a part of a deal: the one that rules found, with the part's sum, or a new one."""
    subject, target = part.subject, part.object
    if same is not None:
        whole = same.subject and same.object and not part.directed
        return replace(same, money=part.money) if whole else replace(same, subject=subject.name, object=target.name, money=part.money)
    confidence = round(_PART * (1 + min(subject.confidence, target.confidence)) / 2, 2)
    start, end = context.text.span(*part.sentence.tokens(part.start, part.end))
    return PairReport(
        part.type, subject.name, target.name, start, end, "deal_part", confidence, status_of(part.sentence.line), part.money,
        *time_of(part.sentence, [(0, len(part.sentence.line))], (part.start, part.end), context)[:2],
    )  # fmt: skip


def _total(parties: tuple[str, ...], money: Money, sentence: DelexicalizedSentence, context: EventContext) -> Total:
    start, end = context.text.span(*sentence.tokens(0, len(sentence.line)))
    rule = "headline_total" if sentence.sentence.region == "title" else "stated_total"
    return Total(parties, money, start, end, rule, _TOTAL, status_of(sentence.line))
