"""The reports of one article, each event once: a report of an event that is there already adds what it knows to it."""

from __future__ import annotations

from bisect import insort
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from newsgraph.core.model import Status
from newsgraph.extract.events.pair_report import PairReport
from newsgraph.extract.events.report_rules import load_report_rules

_Key = tuple[str, str, object]
"""What reports are looked up by: `pair`, `subject`, `object`, one of the two `alone`, or their `names`; the type; the names."""


class MergedReports:
    """Reports in the order of their first statement. They are looked up by their parties, so that adding many costs no more for each.

    >>> merged = MergedReports()
    >>> merged.add(PairReport("acquisition", "Sanofi", "Owkin", 0, 20, "buys", 0.9))
    >>> merged.add(PairReport("acquisition", "Sanofi", "Owkin", 40, 60, "buys", 0.8, Status.COMPLETED))
    >>> [(report.start, report.status.value) for report in merged.reports]
    [(0, 'completed')]
    """

    def __init__(self) -> None:
        """Begin without reports."""
        self.reports: list[PairReport] = []
        self._places: dict[_Key, list[int]] = defaultdict(list)  # in `reports`, ascending

    def add(self, report: PairReport) -> None:
        """Add a report that is no surer than those before it: to the first that is of the same event, else as a new one.

        A report that a surer one rules out is left out.
        """
        twin = min((self._places[key][0] for key in _twins(report) if self._places.get(key)), default=None)
        if twin is not None:
            self._replace(twin, _merge(self.reports[twin], report))
        elif not any(excludes_report(self.reports[at], report) for at in self._places.get(_names(report), ())):
            self.reports.append(report)
            self._enter(len(self.reports) - 1)

    def _replace(self, at: int, report: PairReport) -> None:
        before, self.reports[at] = self.reports[at], report
        if (before.subject, before.object) != (report.subject, report.object):
            for key in _keys(before):
                self._places[key].remove(at)
            self._enter(at)

    def _enter(self, at: int) -> None:
        for key in _keys(self.reports[at]):
            insort(self._places[key], at)


def _keys(report: PairReport) -> Iterator[_Key]:
    """Yield what a report can be found by."""
    kind, subject, obj = report.type, report.subject, report.object
    yield "pair", kind, (subject, obj)
    yield "subject" if obj else "subject alone", kind, subject
    yield "object" if subject else "object alone", kind, obj
    yield _names(report)


def _names(report: PairReport) -> _Key:
    return "names", "", frozenset((report.subject, report.object))


def _twins(report: PairReport) -> Iterator[_Key]:
    """Yield what reports of the same event can be found by."""
    rules, kind, subject, obj = load_report_rules(), report.type, report.subject, report.object
    yield "pair", kind, (subject, obj)
    if obj is None and kind in rules.object_as_subject:  # the defendant or customer of an event that is stated in full elsewhere
        yield "object", kind, subject
        yield "object alone", kind, subject
    if kind in rules.defendant_alone and obj is not None:  # one of them does not say who sues
        yield "object alone", kind, obj
        if subject is None:
            yield "object", kind, obj
    if kind not in rules.several_objects and subject is not None:
        # Of an event that is stated with one party and with two, the second statement is the complete one.
        yield "subject alone", kind, subject
        if obj is None:
            yield "subject", kind, subject


def _merge(report: PairReport, other: PairReport) -> PairReport:
    """Return a report with what another of the same event adds."""
    dated = report if report.when_source == "text" or (other.when_source != "text" and report.when) else other
    status = report.status if report.status is not Status.ANNOUNCED or other.status is Status.PLANNED else other.status
    merged = (
        report.subject or other.subject,
        report.object or other.object,
        report.money or other.money,
        dated.when,
        dated.when_source,
        status,
        report.object_part or other.object_part,
        report.background and other.background,
    )
    if merged == (
        report.subject,
        report.object,
        report.money,
        report.when,
        report.when_source,
        report.status,
        report.object_part,
        report.background,
    ):
        return report  # usually the other adds nothing
    subject, obj, money, when, source, status, part, background = merged
    return replace(
        report,
        subject=subject,
        object=obj,
        money=money,
        when=when,
        when_source=source,
        status=status,
        object_part=part,
        background=background,
    )


def excludes_report(report: PairReport, other: PairReport) -> bool:
    """Return whether a report rules out a less certain one of the same article."""
    pair, other_pair = {report.subject, report.object} - {None}, {other.subject, other.object} - {None}
    if report.type == other.type:
        # "A buys B" and "B buys A" in one article: the surer direction is right.
        return pair == other_pair and len(pair) > 1
    overlapping = report.start < other.end and other.start < report.end
    return pair == other_pair and load_report_rules().excludes(report.type, other.type) and (overlapping or len(pair) > 1)
