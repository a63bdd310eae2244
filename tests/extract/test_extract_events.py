"""Reports of events and totals of deals: readable cases in `cases/events.md`, `totals.md` and `totals_aside.md`, and what holds for all."""

from __future__ import annotations

from datetime import date

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.extract import extract
from newsgraph.extract.events.event_rules import load_event_rules
from newsgraph.extract.text.money import find_money
from reading_cases import Case, article, facts_of, read_cases
from report_lines import TYPES, is_said, unknown_words

CASES = [case for name in ("events.md", "totals.md", "totals_aside.md") for case in read_cases(name)]
RULED = sorted({rule.type for rule in load_event_rules().rules})


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_text_tells_the_events_of_its_case(case: Case) -> None:
    facts = facts_of(case)

    assert [line for line in case.expected if not is_said(line, facts)] == [], facts.reports


def test_every_line_of_a_case_says_what_a_report_can_say() -> None:
    assert [(case.title, words) for case in CASES for line in case.expected for words in unknown_words(line)] == []


def test_rules_find_events_of_known_types() -> None:
    assert set(RULED) <= set(TYPES)


@pytest.mark.parametrize("type_name", RULED)
def test_every_type_that_rules_find_has_three_cases(type_name: str) -> None:
    assert sum(line.startswith(f"{type_name}: ") for case in CASES for line in case.expected) >= 3


@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_takes_part_in_an_event_is_mentioned_in_the_article(case: Case) -> None:
    facts = facts_of(case)

    fillers = {(filler.kind, filler.name) for report in facts.reports for filler in report.roles if filler.kind}

    assert fillers <= {(mention.kind, mention.name) for mention in facts.mentions}


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
    assert (report.money.amount, report.date, report.when_source) == (27e9, date(2021, 7, 19), "text")


def test_a_day_of_another_clause_is_not_the_day_of_the_event() -> None:
    told = article("Salesforce bought GitHub after a meeting on 3 March 2015", day=date(2021, 7, 21))

    (report,) = extract(told, load_lexicon()).reports

    assert (report.date, report.when_source) == (date(2021, 7, 21), "article")


def test_without_any_date_a_report_has_none() -> None:
    (report,) = extract(article("Salesforce buys GitHub"), load_lexicon()).reports

    assert (report.date, report.when_source) == (None, "")


def test_cases_hold_totals_and_sums_that_are_none() -> None:
    for name, found, none in (("totals.md", 40, 30), ("totals_aside.md", 13, 12)):
        cases = read_cases(name)
        assert sum(any(line.startswith("total ") for line in case.expected) for case in cases) >= found
        assert sum("no total" in case.expected for case in cases) >= none


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_evidence_of_a_total_states_its_sum(case: Case) -> None:
    text = case.article().text
    for total in facts_of(case).totals:
        words = text[total.start : total.end]
        sums = [amount for amount in find_money(words) if (amount.amount, amount.currency) == (total.money.amount, total.money.currency)]
        assert sums, words
        assert list(total.parties) == sorted(total.parties)


def test_a_part_that_no_rule_finds_is_a_report_of_its_own_words() -> None:
    told = article(
        "Airbus to pay Rolls-Royce €640m",
        "The transaction comprises a €420m supply contract and a €220m partnership with Rolls-Royce.",
        date(2021, 7, 21),
    )

    contract, *_ = [report for report in extract(told, load_lexicon()).reports if report.type == "contract"]

    assert told.text[contract.start : contract.end] == "a €420m supply contract"
    assert (contract.first("supplier"), contract.first("customer"), contract.rule) == ("Rolls-Royce", "Airbus", "deal_part")
    assert (contract.date, contract.when_source, contract.status.value) == (date(2021, 7, 21), "article", "announced")
    assert 0.5 < contract.confidence < 0.8


def test_who_the_words_of_a_part_name_as_investor_invests() -> None:
    told = article(
        "Microsoft signs €300 million deal with Intel", "It comprises a €200 million investment by Intel and a €100 million joint venture."
    )

    facts = extract(told, load_lexicon())

    assert [total.money.amount for total in facts.totals] == [3e8]
    assert [(report.first("investor"), report.first("target")) for report in facts.reports if report.type == "investment"] == [
        ("Intel", "Microsoft")
    ]
