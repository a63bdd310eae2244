"""Companies, products and tickers: readable cases in `cases/companies.md`, and what user files change."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgraph.core.lexicon import load_lexicon
from newsgraph.core.model import Kind
from newsgraph.extract import extract, open_extractor
from newsgraph.extract.article_reader import read_articles
from newsgraph.extract.companies.recognizer_features import RecognizerFeatures
from newsgraph.extract.text.article_text import read_text
from reading_cases import Case, article, facts_of, mentions, read_cases


@pytest.mark.parametrize("case", read_cases("companies.md"), ids=str)
def test_a_text_names_the_companies_of_its_case(case: Case) -> None:
    expected = {line for line in case.expected if ": " not in line} - {"none"}

    assert {mention.name for mention in mentions(facts_of(case), Kind.COMPANY)} == expected


@pytest.mark.parametrize("case", [case for case in read_cases("companies.md") if any(": " in line for line in case.expected)], ids=str)
def test_a_text_names_the_products_tickers_and_organisations_of_its_case(case: Case) -> None:
    expected = {line for line in case.expected if ": " in line}

    found = {
        f"{mention.kind}: {mention.name}" + (f" ({mention.detail})" if mention.detail else "")
        for kind in (Kind.PRODUCT, Kind.TICKER, Kind.ORGANISATION)
        for mention in mentions(facts_of(case), kind)
    }

    assert expected <= found


def test_a_name_is_found_whole_where_its_end_is_surer() -> None:
    for name in ("Daimler-Benz AG", "KKR Asian Fund IV L.P."):
        record = article(
            f"{name} reports results for the quarter", f"The company {name} said on Monday that it would publish its accounts."
        )

        assert {mention.text for mention in mentions(next(open_extractor("names").read([record], load_lexicon())), Kind.COMPANY)} == {name}


def test_a_name_of_the_users_ignore_list_is_no_company_in_any_spelling(tmp_path: Path) -> None:
    ignore = tmp_path / "ignore.txt"
    ignore.write_text("# our own\nSanofi\n")

    facts = extract(article("Sanofi and Pfizer said they grew", "SANOFI S.A. said so. Sanofi's chief did not."), load_lexicon(None, ignore))

    assert {mention.name for mention in facts.mentions} == {"Pfizer"}


def test_a_name_of_the_users_company_list_is_found_where_rules_find_none(tmp_path: Path) -> None:
    companies = tmp_path / "companies.csv"
    companies.write_text("name,aliases\nthe quiet works,quiet works|TQW\n")

    facts = extract(article("a rainy day at the quiet works", "TQW is closed."), load_lexicon(companies))

    assert {(mention.name, mention.text) for mention in facts.mentions} == {
        ("the quiet works", "the quiet works"),
        ("the quiet works", "TQW"),
    }


def test_the_users_company_list_wins_over_the_shipped_products(tmp_path: Path) -> None:
    companies = tmp_path / "companies.csv"
    companies.write_text("name\nChatGPT\n")

    facts = extract(article("Pupils ask ChatGPT for help"), load_lexicon(companies))

    assert [(mention.kind, mention.name) for mention in facts.mentions] == [(Kind.COMPANY, "ChatGPT")]


def test_a_ticker_that_the_user_lists_is_the_companys_in_brackets(tmp_path: Path) -> None:
    companies = tmp_path / "companies.csv"
    companies.write_text("name,ticker\nZorvex,ZVX\n")

    facts = extract(article("Zorvex (ZVX) said it grew"), load_lexicon(companies))

    assert [(mention.name, mention.detail) for mention in mentions(facts, Kind.TICKER)] == [("ZVX", "Zorvex")]


def test_a_mark_that_another_reader_takes_for_a_company_is_none() -> None:
    told = article("Talks . went on")
    hints = RecognizerFeatures(source_spans={(1, 2): "COMPANY"}, has_source=True)

    (facts,) = read_articles([told], [read_text(told)], load_lexicon(), [hints], "rules/1", 0.0)

    assert mentions(facts, Kind.COMPANY) == []


def test_a_mark_that_the_user_lists_as_a_company_is_one_and_stops_nothing(tmp_path: Path) -> None:
    companies = tmp_path / "companies.csv"
    companies.write_text("name\n.\n", encoding="utf-8")

    assert [one.text for one in mentions(extract(article("Talks . went on"), load_lexicon(companies)), Kind.COMPANY)] == ["."]
