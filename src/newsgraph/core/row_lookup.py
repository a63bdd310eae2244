"""Rows of large tables by their keys, without reading the whole table for each question."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any

import polars as pl

from newsgraph.core.graph_tables import GraphTables

_FEW = 6  # rows for each column that are read faster one by one
Row = dict[str, Any]
Keys = Mapping[str, Iterable[str]]
"""Keys by column: a row is wanted if it has one of the keys in any of the columns."""


class RowLookup:
    """Finds the rows of a graph's tables by keys in a column; each column is indexed when it is first asked for, once for all threads."""

    def __init__(self, graph: GraphTables) -> None:
        """Index nothing yet."""
        self.graph = graph
        self._columns: dict[tuple[str, str], _ColumnIndex] = {}
        self._narrowed: dict[tuple[str, tuple[str, ...]], pl.DataFrame] = {}
        self._whole: dict[str, list[Row]] = {}
        self._guard = threading.Lock()

    def rows(self, table: str, keys: Keys) -> pl.DataFrame:
        """Return the rows with one of the keys in any of the columns, each once, in the order of the table.

        >>> lookup = RowLookup(kg.tables)
        >>> lookup.rows("companies", {"name": ["Owkin"]})["articles"].to_list()
        [7]
        """
        numbers, data = self._numbers(table, keys), self.graph[table]
        return data[pl.Series(numbers, dtype=pl.UInt32)] if numbers else data.clear()

    def values(self, table: str, keys: Keys, *columns: str) -> list[tuple[Any, ...]]:
        """Return some columns of what `rows` returns, as tuples."""
        return _tuples(self._narrow(table, columns), self._numbers(table, keys))

    def column(self, table: str, keys: Keys, column: str) -> list[Any]:
        """Return one column of what `rows` returns."""
        numbers = self._numbers(table, keys)
        return _gathered(self.graph[table][column], numbers) if numbers else []

    def records_with(self, table: str, keys: Keys, column: str, values: Collection[str]) -> list[Row]:
        """Return what `records` returns for some keys, but only the rows that also have one of some values in a column."""
        numbers = self._numbers(table, keys)
        wanted = self._column(table, column).among(numbers, values) if numbers else []
        names = tuple(self.graph[table].columns)
        return [dict(zip(names, row, strict=True)) for row in _tuples(self._narrow(table, names), wanted)]

    def records(self, table: str, keys: Keys, *columns: str) -> list[Row]:
        """Return what `rows` returns as maps from column (of some, or of all) to value: faster to work with than a frame, if rows are few."""
        names = columns or tuple(self.graph[table].columns)
        return [dict(zip(names, row, strict=True)) for row in self.values(table, keys, *names)]

    def all_records(self, table: str) -> list[Row]:
        """Return all rows of a small table as maps, which are made once."""
        if table not in self._whole:
            self._whole[table] = self.graph[table].to_dicts()
        return self._whole[table]

    def _narrow(self, table: str, columns: tuple[str, ...]) -> pl.DataFrame:
        """Return a table with some columns only; the frames of all answers share it."""
        if (table, columns) not in self._narrowed:
            self._narrowed[table, columns] = self.graph[table].select(columns)
        return self._narrowed[table, columns]

    def _numbers(self, table: str, keys: Keys) -> list[int]:
        """Return the numbers of the rows, sorted."""
        if not self.graph[table].height:
            return []
        numbers: set[int] = set()
        for column, wanted in keys.items():
            numbers |= self._column(table, column).rows_of(wanted)
        return sorted(numbers)

    def count(self, table: str, column: str, key: str) -> int:
        """Return how many rows have a key in a column."""
        return len(self._column(table, column).rows_of((key,)))

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

    def values(self, table: str, keys: Keys, *columns: str) -> list[tuple[Any, ...]]:
        """Return what `RowLookup.values` returns."""
        return self.rows(table, keys).select(columns).rows()

    def column(self, table: str, keys: Keys, column: str) -> list[Any]:
        """Return what `RowLookup.column` returns."""
        return self.rows(table, keys)[column].to_list()

    def records_with(self, table: str, keys: Keys, column: str, values: Collection[str]) -> list[Row]:
        """Return what `RowLookup.records_with` returns."""
        return self.rows(table, keys).filter(pl.col(column).is_in(sorted(values))).to_dicts()

    def count(self, table: str, column: str, key: str) -> int:
        """Return what `RowLookup.count` returns."""
        return self.rows(table, {column: [key]}).height


def _tuples(data: pl.DataFrame, numbers: list[int]) -> list[tuple[Any, ...]]:
    """Return rows of a frame by their numbers.

    Few are read one by one, many column by column: a frame that is asked for its rows hands its columns to other threads, and waiting for
    these takes longer than the work wherever processors are busy.
    """
    if len(numbers) <= _FEW * data.width:
        return [data.row(number) for number in numbers]
    wanted = pl.Series(numbers, dtype=pl.UInt32)
    return list(zip(*(column[wanted].to_list() for column in data.get_columns()), strict=True))


def _gathered(column: pl.Series, numbers: list[int]) -> list[Any]:
    """Return the values of a column in some rows."""
    return column[pl.Series(numbers, dtype=pl.UInt32)].to_list()  # `gather` takes three times as long


class _ColumnIndex:
    """The row numbers of each value of one column, next to each other in one array."""

    def __init__(self, column: pl.Series) -> None:
        data = pl.DataFrame({"key": column}).with_row_index("row").drop_nulls().sort("key", maintain_order=True)
        counts = data.group_by("key", maintain_order=True).len()
        ends = counts["len"].cum_sum()
        self._height = column.len()
        self._rows = array("L", data["row"])
        self._spans = dict(zip(counts["key"], zip(ends - counts["len"], ends, strict=True), strict=True))

    def rows_of(self, keys: Iterable[str]) -> set[int]:
        """Return the numbers of the rows that have one of some values."""
        spans = filter(None, map(self._spans.get, keys))
        return set().union(*[self._rows[start:end] for start, end in spans])

    def among(self, numbers: Iterable[int], values: Iterable[str]) -> list[int]:
        """Return those of some rows (numbers) that have one of some values."""
        starts, start_of = {span[0] for value in values if (span := self._spans.get(value))}, self._starts
        return [number for number in numbers if start_of[number] in starts]

    @cached_property
    def _starts(self) -> array[int]:
        """The start of its value's row numbers for each row, which stands for the value; of a row without one, no start of any."""
        starts = array("L", [len(self._rows)]) * self._height
        for start, end in self._spans.values():
            for row in self._rows[start:end]:
                starts[row] = start
        return starts
