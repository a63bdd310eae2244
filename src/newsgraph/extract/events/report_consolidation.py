"""Turn what the rules gave into reports: check parties, read money, day and status, and settle what an article says twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from newsgraph.core.model import Money, Report, Status, Total
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract.events.deal_totals import Deal, DealPart, find_deal, says_parts
from newsgraph.extract.events.delexicalized_sentences import DelexicalizedSentence
from newsgraph.extract.events.event_amounts import with_amounts
from newsgraph.extract.events.event_candidates import EventCandidate, EventContext
from newsgraph.extract.events.event_status import status_of
from newsgraph.extract.events.report_rules import load_report_rules

_SUM = re.compile(r"\$(\d+)")
_TOTAL, _PART = 0.8, 0.65  # confidence of a total, and of a part that no rule found
_LATEST, _OLDEST = 1, 60  # days from the article's day within which a named day is the event's day


def consolidate_reports(
    drafts: list[EventCandidate], lines: list[DelexicalizedSentence], scene: EventContext
) -> tuple[list[Report], list[Total]]:
    """Give the reports and totals that an article's drafts come to, in text order."""
    split = _is_split(lines)
    kept = _merged_reports(drafts, scene, totals=not split)
    kept, totals = _totals(kept, lines, scene) if split else (kept, [])
    if not totals and (deal := find_deal(lines, scene)):
        kept, totals = _with_parts(_merged_reports(drafts, scene, totals=False), deal, scene)
    kept = _with_verdict(kept)
    if not totals:
        kept = with_amounts(kept, lines, scene)
    return sorted(kept, key=lambda one: (one.start, one.end, one.type, one.subject or "", one.object or "")), totals


def _merged_reports(drafts: Sequence[EventCandidate], scene: EventContext, *, totals: bool) -> list[Report]:
    """Return the reports of an article, each event once; without `totals` none of a rule that may state a sum over several events."""
    reports = [report for draft in drafts if (totals or not draft.rule.total) and (report := _report(draft, scene)) is not None]
    kept: list[Report] = []
    for report in sorted(reports, key=lambda one: (-one.confidence, one.money is None, one.start, one.end, one.type)):
        twin = next((at for at, other in enumerate(kept) if _same(report, other)), None)
        if twin is not None:
            kept[twin] = _merged(kept[twin], report)
        elif not any(_excludes(other, report) for other in kept):
            kept.append(report)
    return kept


def _with_parts(reports: Sequence[Report], deal: Deal, scene: EventContext) -> tuple[list[Report], list[Total]]:
    """Return the reports with each part of a deal as one of them, and the deal's total; no other report of its companies has its sum."""
    names = {party.name for party in deal.parties}
    rest = list(reports)
    for part in deal.parts:
        same = next((one for one in rest if one.type == part.type and {one.subject, one.object} - {None} <= names), None)
        if same is not None:
            rest.remove(same)
        rest.append(_part_report(part, same, scene))
    parts = rest[-len(deal.parts) :]
    others = [one for one in rest[: -len(parts)] if one.money != deal.money or not {one.subject, one.object} - {None} <= names]
    rest = [*(one for one in others if not any(_excludes(part, one) for part in parts)), *parts]
    first, last = deal.marked.tokens(0, len(deal.marked.line))
    rule = "headline_total" if deal.marked.sentence.region == "title" else "stated_total"
    total = Total(tuple(sorted(names)), deal.money, *scene.text.span(first, last), rule, _TOTAL, status_of(deal.marked.line))
    return rest, [total]


def _part_report(part: DealPart, same: Report | None, scene: EventContext) -> Report:
    subject, other = part.subject, part.object
    if same is not None:
        whole = same.subject and same.object and not part.directed
        return replace(same, money=part.money) if whole else replace(same, subject=subject.name, object=other.name, money=part.money)
    day = _day(part.marked, scene)
    return Report(
        part.type, subject.name, other.name, *scene.text.span(*part.marked.tokens(part.start, part.end)), "deal_part",
        round(_PART * (1 + min(subject.confidence, other.confidence)) / 2, 2), status_of(part.marked.line), part.money,
        day or scene.published, "text" if day else "article" if scene.published else "",
    )  # fmt: skip


def _report(draft: EventCandidate, scene: EventContext) -> Report | None:
    subject = scene.parties[draft.subject] if draft.subject is not None else None
    other = scene.parties[draft.object] if draft.object is not None else None
    sides = [side for side in (subject, other) if side]
    rules = load_report_rules()
    if not any(side.company for side in sides) and draft.type not in rules.without_company:
        return None
    if subject and other and subject.name == other.name:
        return None
    if other and not other.company and draft.type in rules.company_object:
        other = None  # an army or an agency as customer, a regulator: the event has one party
    if draft.type in rules.defendant_alone and subject and other and not subject.company:
        subject, other = other, None  # where the plaintiff is no company, the event is the sued one's
    if subject is None or (not subject.company and draft.type in rules.company_subject):
        return None
    if draft.type in rules.organisation_object and other and other.company:
        return None  # companies approve nothing: a licence between two is a contract or a partnership
    symmetric = EVENT_TYPES[draft.type].symmetric
    names = [side.name if side else None for side in (subject, other)]
    if symmetric and None not in names:
        names = sorted(names, key=str)
    first, last = draft.marked.tokens(draft.start, draft.end)
    start, end = scene.text.span(first, last)
    # Both parties were accepted before: doubt about them counts half.
    confidence = round(draft.rule.confidence * (1 + min(side.confidence for side in sides)) / 2, 2)
    day = _day(draft.marked, scene)
    status = _status(draft)
    return Report(
        draft.type, names[0], names[1], start, end, draft.rule.id, confidence, status, _money(draft, scene),
        day or scene.published, "text" if day else "article" if scene.published else "", draft.part or None,
    )  # fmt: skip


def _status(draft: EventCandidate) -> Status:
    """Read the status off the sentence, unless the rule's own words tell it; a denial goes before all."""
    status = status_of(draft.marked.line)
    if status is Status.DENIED:
        return status
    return Status(draft.rule.status) if draft.rule.status else status


def _money(draft: EventCandidate, scene: EventContext) -> Money | None:
    if draft.money is None:
        return None
    amount = scene.money[draft.money]
    return Money(amount.amount, amount.currency)


def _day(marked: DelexicalizedSentence, scene: EventContext) -> date | None:
    begin, end = scene.text.starts[marked.sentence.first], scene.text.ends[marked.sentence.last - 1]
    for named in scene.days:
        near = named.day and scene.published and -_LATEST <= (scene.published - named.day).days <= _OLDEST
        if near and begin <= named.start < end:
            return named.day
    return None


def _same(report: Report, other: Report) -> bool:
    if report.type != other.type:
        return False
    if report.object is None and report.type in load_report_rules().object_as_subject and report.subject == other.object:
        return True  # the sued or supplied side of an event that is told in full elsewhere
    if (report.subject, report.object) == (other.subject, other.object):
        return True
    # An event told once with one party and once with two is the fuller one.
    return (
        report.subject == other.subject
        and (report.object is None or other.object is None)
        and report.type not in load_report_rules().several_objects
    )


def _merged(kept: Report, other: Report) -> Report:
    dated = other if other.date_source == "text" and kept.date_source != "text" else kept
    status = kept.status if kept.status is not Status.ANNOUNCED or other.status is Status.PLANNED else other.status
    told = (
        kept.object or other.object,
        kept.money or other.money,
        dated.date,
        dated.date_source,
        status,
        kept.object_part or other.object_part,
    )
    if told == (kept.object, kept.money, kept.date, kept.date_source, kept.status, kept.object_part):
        return kept  # most often the other says nothing new
    obj, money, day, source, status, part = told
    return replace(kept, object=obj, money=money, date=day, date_source=source, status=status, object_part=part)


def _excludes(kept: Report, report: Report) -> bool:
    pair, other = {kept.subject, kept.object} - {None}, {report.subject, report.object} - {None}
    if kept.type == report.type:
        # "A buys B" and "B buys A" of one article: the surer direction stands.
        return pair == other and len(pair) > 1
    overlapping = kept.start < report.end and report.start < kept.end
    return pair == other and load_report_rules().excludes(kept.type, report.type) and (overlapping or len(pair) > 1)


def _with_verdict(reports: list[Report]) -> list[Report]:
    """Let a denial of one sentence hold for what others of the article tell of the same parties."""
    denied = {frozenset((report.subject, report.object)) for report in reports if report.status is Status.DENIED and report.object}
    if not denied:
        return reports
    return [
        replace(report, status=Status.DENIED)
        if frozenset((report.subject, report.object)) in denied and report.status is Status.ANNOUNCED
        else report
        for report in reports
    ]


def _is_split(lines: Sequence[DelexicalizedSentence]) -> bool:
    """Tell whether the text below a headline with a sum says that the sum has parts."""
    body = (marked.line for marked in lines if marked.sentence.region != "title")
    return _headline_money(lines)[0] is not None and any(map(says_parts, body))


def _headline_money(lines: Sequence[DelexicalizedSentence]) -> tuple[DelexicalizedSentence | None, int]:
    for marked in lines:
        found = _SUM.search(marked.line) if "$" in marked.line and marked.sentence.region == "title" else None
        if found:
            return marked, int(found[1])
    return None, 0


def _totals(reports: list[Report], lines: list[DelexicalizedSentence], scene: EventContext) -> tuple[list[Report], list[Total]]:
    """Take a headline sum over several events for what it is: "inks $270M deal ... includes $180M ... alongside $90M"."""
    title, number = _headline_money(lines)
    if title is None:
        return reports, []
    amount = scene.money[number]
    money = Money(amount.amount, amount.currency)
    title_end = scene.text.offsets(0, amount.end)[1]
    parts = [report for report in reports if report.start >= title_end and report.subject and report.object]
    pairs = {frozenset((report.subject, report.object)) for report in parts}
    if len(parts) < 2 or len(pairs) != 1:  # noqa: PLR2004 - a total is over two events or more
        return reports, []
    first, last = title.tokens(0, len(title.line))
    start, end = scene.text.span(first, last)
    rest = [
        replace(report, money=None) if report.money == money else report
        for report in reports
        if report not in parts and report.start >= title_end
    ]
    kept = [replace(report, money=None) if report.money == money else report for report in parts]
    parties = tuple(sorted(name for name in next(iter(pairs)) if name))
    return [*kept, *rest], [Total(parties, money, start, end, "headline_total", _TOTAL, status_of(title.line))]
