"""Rows of a sorted table, taken article by article, so that no table is held in memory twice."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import polars as pl

Row = dict[str, Any]
"""One row of a table, by column name."""

Cells = tuple[Any, ...]
"""One row of a table, the columns in order."""


class Rows:
    """Groups of rows that share their first cell, the key, taken in ascending order of the key.

    The frame must be sorted by that column, as `graph.make_tables` does for the first column of every table.
    """

    def __init__(self, data: pl.DataFrame, key: str, *columns: str) -> None:
        """Start before the first group; rows hold the key and the columns, in this order."""
        self._groups = groupby(data.select(key, *columns).iter_rows(), key=itemgetter(0))
        self._key: str | None = None
        self._rows: list[Cells] = []
        self._step()

    def _step(self) -> None:
        key, rows = next(self._groups, (None, iter(())))
        self._key, self._rows = key, list(rows)

    def take(self, key: str) -> list[Cells]:
        """Give the rows of a key, an empty list where there are none; keys must be asked for in ascending order."""
        while self._key is not None and self._key < key:
            self._step()
        return self._rows if self._key == key else []
