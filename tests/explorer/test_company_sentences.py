"""Facts of companies that the page writes as sentences: of one thing or of several."""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from importlib.resources import files
from types import MappingProxyType

import polars as pl
import pytest

from newsgraph.explorer.explorer_page import payload
from newsgraph.explorer.node_details import node_details
from newsgraph.explorer.node_numbers import node_numbers
from sample import sample_graph


@pytest.mark.parametrize(
    ("column", "value", "fact"),
    [
        ("tickers", ["ACM"], ["Its ticker is", "ACM", "words"]),
        ("tickers", ["ACM", "ACM.L", "ACN"], ["Its tickers are", "ACM, ACM.L and ACN", "words"]),
        ("places", ["NO", "FR"], ["Articles place it in", "NO, FR", "country"]),
        ("places", ["FR", "US-CA"], ["Articles place it in", "FR, California", "country"]),
        ("places", ["GE", "US-GA"], ["Articles place it in", "GE, the US state of Georgia", "country"]),
        ("sectors", ["mining", "energy"], ["Articles describe its business as", "mining and energy", "words"]),
    ],
)
def test_several_values_are_joined_as_in_a_sentence(column: str, value: list[str], fact: list[str]) -> None:
    graph = sample_graph()
    given = pl.when(pl.col("name") == "Acme").then(pl.lit(value)).otherwise(column)
    tables = {**graph.tables, "companies": graph["companies"].with_columns(given.alias(column))}
    changed = replace(graph, tables=MappingProxyType(tables))
    numbering = node_numbers(changed)
    (acme,) = changed["companies"].filter(pl.col("name") == "Acme")["iri"]
    assert fact in node_details(changed, numbering)[numbering.numbers[acme]]["facts"]


def test_a_name_that_differs_only_in_its_case_is_no_other_name() -> None:
    graph = sample_graph()
    (acme,) = graph["companies"].filter(pl.col("name") == "Acme")["iri"]
    given = pl.when(pl.col("name") == "Acme").then(pl.lit(["ACME", "Acme Works", "ACME WORKS"])).otherwise("aliases")
    merges = pl.DataFrame([{"entity": acme, "name": name, "rule": "declared"} for name in ("ACME", "Acme Works")])
    tables = {
        **graph.tables,
        "companies": graph["companies"].with_columns(given.alias("aliases")),
        "merges": pl.concat([graph["merges"].clear(), merges], how="diagonal_relaxed"),
    }
    changed = replace(graph, tables=MappingProxyType(tables))
    numbering = node_numbers(changed)
    number = numbering.numbers[acme]
    assert [one["name"] for one in node_details(changed, numbering)[number]["names"]] == ["Acme Works"]
    listed = json.loads(gzip.decompress(payload(changed).core))["names"]
    assert "Acme Works" in listed["names"][listed["node"].index(number)].split("|")
    assert not {"ACME", "ACME WORKS"} & set(listed["names"][listed["node"].index(number)].split("|"))


def test_every_state_that_a_place_may_be_in_has_a_name() -> None:
    tables = ((files("newsgraph") / "data" / name).read_text("utf-8").splitlines() for name in ("cities.csv", "nations.csv"))
    codes = {row["country"] for table in tables for row in csv.DictReader(table)}
    names = list(csv.DictReader((files("newsgraph") / "data" / "us_states.csv").read_text("utf-8").splitlines()))
    assert [row["code"] for row in names] == sorted(code for code in codes if "-" in code)
    assert len({row["name"] for row in names}) == len(names)
