"""Which filers of the SEC the listed companies are, by ticker and name."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

pytest.importorskip("pyarrow", reason="needs the extra arrow")

from newsgraph.core.lexicon import CompanyEntry

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))

from make_company_identifiers import ciks_of


def ciks(entries: list[CompanyEntry], *filers: tuple[str, str, str]) -> dict[str, str]:
    return dict(ciks_of(entries, [{"cik": cik, "ticker": ticker, "name": name} for cik, ticker, name in filers]))


def test_a_filer_has_a_ticker_of_the_company_and_begins_with_the_same_word() -> None:
    zorvex = CompanyEntry("Zorvex.com", tickers=("ZRV", "ZRVA"))

    assert ciks([zorvex], ("5", "ZRV", "ZORVEX COM INC"), ("5", "ZRVA", "ZORVEX COM INC")) == {"Zorvex.com": "0000000005"}
    assert ciks([zorvex], ("5", "ZRV", "Bolt Inc")) == {}
    assert ciks([zorvex], ("5", "BLT", "ZORVEX COM INC")) == {}
    assert ciks([zorvex], ("5", "ZRV", "Zorvex Inc"), ("6", "ZRVA", "Zorvex Trust")) == {}


def test_of_two_companies_the_american_one_with_the_name_is_the_filer() -> None:
    german, american = CompanyEntry("Zorvex KGaA", tickers=("ZRV",), country="DE"), CompanyEntry("Zorvex", tickers=("ZRV",), country="US")

    assert ciks([german, american], ("5", "ZRV", "Zorvex Inc.")) == {"Zorvex": "0000000005"}
    assert ciks([german, american], ("5", "ZRV", "Zorvex Metals Inc.")) == {}
