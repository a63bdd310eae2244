"""Rows of large tables by their keys, without reading the whole table for each question."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping

import polars as pl

from newsgraph.core.graph_tables import GraphTables

Keys = Mapping[str, Iterable[str]]
"""Keys by column: a row is wanted if it has one of the keys in any of the columns."""


class RowLookup:
    """Finds the rows of a graph's tables by keys in a column; each column is indexed when it is first asked for, once for all threads."""

    def __init__(self, graph: GraphTables) -> None:
        """Index nothing yet."""
        self.graph = graph
        self._columns: dict[tuple[str, str], _ColumnIndex] = {}
        self._guard = threading.Lock()

    def rows(self, table: str, keys: Keys) -> pl.DataFrame:
        """Return the rows with one of the keys in any of the columns, each once, in the order of the table.

        >>> lookup = RowLookup(kg.tables)
        >>> lookup.rows("companies", {"name": ["Owkin"]})["articles"].to_list()
        [7]
        """
        numbers = {number for column, wanted in keys.items() for key in wanted for number in self._column(table, column).rows_of(key)}
        data = self.graph[table]
        return data[pl.Series(sorted(numbers), dtype=pl.UInt32)] if numbers else data.clear()

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


class _ColumnIndex:
    """The row numbers of each value of one column, next to each other in one series."""

    def __init__(self, column: pl.Series) -> None:
        data = pl.DataFrame({"key": column}).with_row_index("row").drop_nulls().sort("key", maintain_order=True)
        counts = data.group_by("key", maintain_order=True).len()
        starts = counts["len"].cum_sum() - counts["len"]
        self._rows = data["row"]
        self._spans = dict(zip(counts["key"], zip(starts, counts["len"], strict=True), strict=True))

    def rows_of(self, key: str) -> list[int]:
        span = self._spans.get(key)
        return [] if span is None else self._rows.slice(*span).to_list()
