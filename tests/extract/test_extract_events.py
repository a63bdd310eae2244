"""Reports of events: readable cases in `cases/events.md`, and what holds for every report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Facts, Report
from newsgraph.core.vocabulary import EVENT_TYPES
from newsgraph.extract import extract
from reading_cases import Case, article, facts_of, read_cases

CASES = read_cases("events.md")
TYPES_OF_REPORTS = sorted(set(EVENT_TYPES) - {"deal"})  # a deal is made of totals


def sayings(report: Report) -> Iterator[str]:
    """Give everything that a case may say of a report, each as one line."""
    names = [report.subject or "none", report.object or "none"]
    sides = [names, names[::-1]] if EVENT_TYPES[report.type].symmetric else [names]
    amount = f"{report.money.amount:.0f} {report.money.currency}" if report.money else "no amount"
    for one, other in sides:
        head = f"{report.type}: {one} -> {other}"
        yield head
        for more in (amount, report.status.value, str(report.date), f"part: {report.object_part}"):
            yield f"{head}; {more}"


def said(facts: Facts) -> set[str]:
    """Give every line that is true of the facts."""
    lines = {line for report in facts.reports for line in sayings(report)}
    lines |= {f"total {total.money.amount:.0f} {total.money.currency}" for total in facts.totals}
    lines |= {f"no {name}" for name in TYPES_OF_REPORTS} - {f"no {report.type}" for report in facts.reports}
    return lines | ({"nothing"} if not facts.reports else set())


def statements(case: Case) -> set[str]:
    """Cut each expected line into statements about one report: its head, and its head with each detail."""
    lines = set()
    for line in case.expected:
        head, *details = line.split("; ")
        lines |= {head} | {f"{head}; {detail}" for detail in details}
    return lines


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_text_tells_the_events_of_its_case(case: Case) -> None:
    facts = facts_of(case)

    assert statements(case) - said(facts) == set(), facts.reports


@pytest.mark.parametrize("type_name", TYPES_OF_REPORTS)
def test_every_type_has_three_cases(type_name: str) -> None:
    assert sum(line.startswith(f"{type_name}: ") for case in CASES for line in case.expected) >= 3


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_report_names_companies_or_organisations_that_its_article_mentions(case: Case) -> None:
    facts = facts_of(case)

    named = {name for report in facts.reports for name in (report.subject, report.object) if name}

    assert named <= {mention.name for mention in facts.mentions}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_evidence_of_a_report_lies_in_the_text_and_is_more_than_nothing(case: Case) -> None:
    length = len(case.article().text)

    assert all(0 <= report.start < report.end <= length for report in facts_of(case).reports)


def test_an_event_told_in_headline_and_excerpt_is_one_report() -> None:
    told = article("Salesforce buys GitHub", "Salesforce acquired GitHub for $27 billion. Salesforce bought GitHub on Monday.")

    assert len(extract(told, load_lexicon()).reports) == 1


def test_what_two_sentences_tell_of_one_event_is_put_together() -> None:
    told = article("Salesforce buys GitHub", "Salesforce acquired GitHub for $27 billion on Monday.", date(2021, 7, 21))

    (report,) = extract(told, load_lexicon()).reports

    assert report.money is not None
    assert (report.money.amount, report.date, report.date_source) == (27e9, date(2021, 7, 19), "text")


def test_a_day_too_far_from_the_article_is_not_the_day_of_its_event() -> None:
    told = article("Salesforce bought GitHub after a meeting on 3 March 2015", day=date(2021, 7, 21))

    (report,) = extract(told, load_lexicon()).reports

    assert (report.date, report.date_source) == (date(2021, 7, 21), "article")


def test_without_any_date_a_report_has_none() -> None:
    (report,) = extract(article("Salesforce buys GitHub"), load_lexicon()).reports

    assert (report.date, report.date_source) == (None, "")
