"""Facts of companies that the page writes as sentences: of one thing or of several."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import polars as pl
import pytest

from newsgraph.explorer.node_details import node_details
from newsgraph.explorer.node_numbers import node_numbers
from sample import sample_graph


@pytest.mark.parametrize(
    ("column", "value", "fact"),
    [
        ("tickers", ["ACM"], ["Its ticker is", "ACM", "words"]),
        ("tickers", ["ACM", "ACM.L", "ACN"], ["Its tickers are", "ACM, ACM.L and ACN", "words"]),
        ("places", ["NO", "FR"], ["Articles place it in", "NO, FR", "country"]),
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
