"""Companies, products and tickers: readable cases in `cases/companies.md`, and what user files change."""

from __future__ import annotations

import pytest

from newsgraph.model import Kind
from reading_cases import Case, facts_of, mentions, read_cases


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
