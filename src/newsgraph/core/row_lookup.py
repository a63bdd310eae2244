"""Rows of large tables by their keys, without reading the whole table for each question."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables

Row = dict[str, Any]
Keys = Mapping[str, Iterable[str]]
"""Keys by column: a row is wanted if it has one of the keys in any of the columns."""


class RowLookup:
    """Finds the rows of a graph's tables by keys in a column; each column is indexed when it is first asked for, once for all threads."""

    def __init__(self, graph: GraphTables) -> None:
        """Index nothing yet."""
        self.graph = graph
        self._columns: dict[tuple[str, str], _ColumnIndex] = {}
        self._whole: dict[str, list[Row]] = {}
        self._guard = threading.Lock()

    def rows(self, table: str, keys: Keys) -> pl.DataFrame:
        """Return the rows with one of the keys in any of the columns, each once, in the order of the table.

        >>> lookup = RowLookup(kg.tables)
        >>> lookup.rows("companies", {"name": ["Owkin"]})["articles"].to_list()
        [7]
        """
        numbers: set[int] = set()
        for column, wanted in keys.items():
            index = self._column(table, column)
            for key in wanted:
                numbers.update(index.rows_of(key))
        data = self.graph[table]
        return data[pl.Series(sorted(numbers), dtype=pl.UInt32)] if numbers else data.clear()

    def records(self, table: str, keys: Keys) -> list[Row]:
        """Return what `rows` returns as maps from column to value: for a few rows, that is many times faster to work with than a frame."""
        data = self.rows(table, keys)
        return data.to_dicts() if data.height else []

    def all_records(self, table: str) -> list[Row]:
        """Return all rows of a small table as maps, which are made once."""
        if table not in self._whole:
            self._whole[table] = self.graph[table].to_dicts()
        return self._whole[table]

    def count(self, table: str, column: str, key: str) -> int:
        """Return how many rows have a key in a column."""
        return len(self._column(table, column).rows_of(key))

    def _column(self, table: str, column: str) -> _ColumnIndex:
        key = table, column
        if key not in self._columns:
            with self._guard:
                if key not in self._columns:
                    self._columns[key] = _ColumnIndex(self.graph[table][column])
        return self._columns[key]


class RowScan(RowLookup):
    """Finds the same rows by reading a column each time: faster for a single question, because nothing is indexed."""

    def rows(self, table: str, keys: Keys) -> pl.DataFrame:
        """Return what `RowLookup.rows` returns."""
        wanted = {column: list(of_column) for column, of_column in keys.items()}
        conditions = [pl.col(column).is_in(of_column) for column, of_column in wanted.items() if of_column]
        data = self.graph[table]
        return data.filter(pl.any_horizontal(conditions)) if conditions else data.clear()

    def count(self, table: str, column: str, key: str) -> int:
        """Return what `RowLookup.count` returns."""
        return self.rows(table, {column: [key]}).height


class _ColumnIndex:
    """The row numbers of each value of one column, next to each other in one array."""

    def __init__(self, column: pl.Series) -> None:
        data = pl.DataFrame({"key": column}).with_row_index("row").drop_nulls().sort("key", maintain_order=True)
        counts = data.group_by("key", maintain_order=True).len()
        ends = counts["len"].cum_sum()
        self._rows = array("L", data["row"])
        self._spans = dict(zip(counts["key"], zip(ends - counts["len"], ends, strict=True), strict=True))

    def rows_of(self, key: str) -> array[int]:
        start, end = self._spans.get(key, (0, 0))
        return self._rows[start:end]
