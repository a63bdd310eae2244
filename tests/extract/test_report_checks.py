"""What checks leave of a report: readable cases in `cases/report_checks.md`."""

from __future__ import annotations

import re

import pytest

from conftest import ROOT
from newsgraph.extract.events.report_checks import checked_reports
from newsgraph.resolve.events.event_labels import event_label
from newsgraph.resolve.events.event_values import main_amount
from report_marks import read_report, read_text

_CASE = re.compile(r"## (?P<title>.+)\n> (?P<text>.+)\n(?:- evidence: (?P<evidence>.+)\n)?- read: (?P<read>.+)\n- label: (?P<label>.+)")
CASES = list(_CASE.finditer((ROOT / "tests" / "cases" / "report_checks.md").read_text(encoding="utf-8")))


def labels(case: re.Match[str]) -> list[str]:
    text, mentions = read_text(case["text"])
    report = read_report(case["read"], text, case["evidence"] or text, mentions)
    return [
        event_label(left.type, [(filler.role, filler.name) for filler in left.roles], main_amount(left), left.status, left.part, left.percent, left.count)
        for left in checked_reports([report], text, "", mentions)
    ]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_what_is_left_of_a_report_is_what_its_words_say(case: re.Match[str]) -> None:
    assert labels(case) == ([] if case["label"] == "nothing" else [case["label"]])


def test_every_case_is_read() -> None:
    assert len(CASES) == (ROOT / "tests" / "cases" / "report_checks.md").read_text(encoding="utf-8").count("\n## ")


def test_reports_that_corrections_made_the_same_are_told_once() -> None:
    text, mentions = read_text("[Acme] will cut 300 jobs in [l:Zarbo], [l:Quarria], in spring.")
    lines = (
        "layoff: company=Acme, place=Zarbo; count=300",
        "layoff: company=Acme, place=Quarria; count=300",
        "layoff: company=Acme, place=Zarbo",
    )
    reports = [read_report(line, text, text, mentions) for line in lines]

    left = checked_reports(reports, text, "", mentions)

    assert [(report.first("place"), report.count) for report in left] == [("Zarbo", 300), ("Zarbo", None)]
