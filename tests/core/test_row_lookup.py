"""Rows found by an index are those found by reading a column, however many they are, with the same values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from newsgraph.core.graph_tables import SCHEMAS, GraphTables, make_tables
from newsgraph.core.row_lookup import RowLookup, RowScan

ROWS = 200


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    """Return a graph whose companies have lists and whose articles have times; every fifth thing has no value."""
    times = [datetime(2024, 1, 1, tzinfo=UTC) + timedelta(hours=number, microseconds=number) for number in range(ROWS)]
    articles = [
        {
            "iri": f"a{number}",
            "title": f"Ünited {number}",
            "published": None if number % 5 == 0 else times[number],
            "story": f"s{number % 7}",
        }
        for number in range(ROWS)
    ]
    companies = [
        {"iri": f"c{number}", "name": "Acme", "aliases": None if number % 5 == 0 else [f"A{number}", "Acme"], "articles": number}
        for number in range(ROWS)
    ]
    return make_tables({name: _frame(name, rows) for name, rows in (("articles", articles), ("companies", companies))})


def _frame(table: str, rows: Sequence[Mapping[str, object]]) -> pl.DataFrame:
    schema = SCHEMAS[table]
    return pl.DataFrame([{column: row.get(column) for column in schema} for row in rows], schema)


@pytest.mark.parametrize("count", [0, 1, 2, 29, 30, 31, 150, ROWS])
@pytest.mark.parametrize("table", ["articles", "companies"])
def test_an_index_finds_what_a_scan_finds(count: int, table: str, graph: GraphTables) -> None:
    keys = {"iri": [f"{table[0]}{number}" for number in reversed(range(count))]}
    lookup, scan = RowLookup(graph), RowScan(graph)
    assert lookup.records(table, keys) == scan.records(table, keys)
    assert lookup.values(table, keys, "iri") == scan.values(table, keys, "iri")
    assert lookup.rows(table, keys).equals(scan.rows(table, keys))
    assert len(lookup.values(table, keys, "iri")) == count


def test_a_row_with_keys_in_several_columns_is_found_once(graph: GraphTables) -> None:
    keys = {"iri": ["a1", "a8", "nowhere"], "story": ["s1"]}
    found = RowLookup(graph).values("articles", keys, "iri")
    assert found == RowScan(graph).values("articles", keys, "iri")
    assert len(found) == len(set(found)) == len([number for number in range(ROWS) if number % 7 == 1])
    assert RowLookup(graph).count("articles", "story", "s1") == len(found)
    assert RowLookup(graph).count("articles", "story", "nowhere") == 0


@pytest.mark.parametrize("kind", [RowLookup, RowScan])
def test_rows_of_some_keys_are_narrowed_by_another_column(kind: type[RowLookup], graph: GraphTables) -> None:
    wanted = sorted(f"a{number}" for number in range(40))  # the order of the table
    lookup, keys = kind(graph), {"iri": wanted}
    found = lookup.records_with("articles", keys, "story", {"s1", "s3", "nowhere"})
    assert [row["iri"] for row in found] == [iri for iri in wanted if int(iri[1:]) % 7 in {1, 3}]
    assert lookup.records_with("articles", keys, "provider", {"p1"}) == []  # no article has one
    assert lookup.records_with("articles", {"iri": ["nowhere"]}, "story", {"s1"}) == []
    assert lookup.column("articles", keys, "story") == [f"s{int(iri[1:]) % 7}" for iri in wanted]
    assert lookup.column("articles", {"iri": ["nowhere"]}, "story") == []
