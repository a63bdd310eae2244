"""The identifiers that the shipped list of companies has: well-formed, of one company each, and in the graph without a pack."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import newsgraph as ng
from newsgraph.core import check_digits
from newsgraph.core.lexicon import load_lexicon

ENTRIES = tuple(load_lexicon().companies.values())


def test_every_isin_and_cik_has_the_normal_form() -> None:
    assert [(entry.name, isin) for entry in ENTRIES for isin in entry.isins if check_digits.isin(isin) != isin] == []
    assert [entry.name for entry in ENTRIES if entry.cik and check_digits.cik(entry.cik) != entry.cik] == []
    assert [entry.name for entry in ENTRIES if entry.lei and check_digits.lei(entry.lei) != entry.lei] == []
    assert [entry.name for entry in ENTRIES if entry.wikidata and check_digits.wikidata(entry.wikidata) != entry.wikidata] == []


def test_no_two_companies_have_one_identifier() -> None:
    for values in (
        [isin for entry in ENTRIES for isin in entry.isins],
        [entry.cik for entry in ENTRIES if entry.cik],
        [entry.lei for entry in ENTRIES if entry.lei],
        [entry.wikidata for entry in ENTRIES if entry.wikidata],
    ):
        assert [value for value, count in Counter(values).items() if count > 1] == []


def test_the_list_has_identifiers_of_many_companies() -> None:
    assert sum(bool(entry.isins) for entry in ENTRIES) > 1100
    assert sum(bool(entry.cik) for entry in ENTRIES) > 1600


def test_a_company_of_the_list_has_its_identifiers_in_a_graph_without_a_pack(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        '---\ntitle: "Nvidia opens a laboratory in Taipei"\npublishedDateTime: 2025-03-04\n---\nNvidia said so.\n', "utf-8"
    )

    graph = ng.build(tmp_path, extractor="rules")

    company = next(row for row in graph.companies.to_dicts() if row["name"] == "Nvidia")
    assert (company["cik"], company["isins"]) == ("0001045810", ["US67066G1040"])
    assert (company["id_rule"], company["id_source"]) == (None, None)
