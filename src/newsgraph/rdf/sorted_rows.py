"""Rows of a sorted table, read article by article, so that no table is in memory twice."""

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
    """Groups of rows that share their first cell, the key, read in ascending order of the key.

    The frame must be sorted by that column, as `graph_tables.make_tables` sorts the first column of every table.
    """

    def __init__(self, data: pl.DataFrame, key: str, *columns: str) -> None:
        """Start before the first group; a row consists of the key and the columns, in this order."""
        self._groups = groupby(data.select(key, *columns).iter_rows(), key=itemgetter(0))
        self._key: str | None = None
        self._rows: list[Cells] = []
        self._advance()

    def _advance(self) -> None:
        key, rows = next(self._groups, (None, iter(())))
        self._key, self._rows = key, list(rows)

    def take(self, key: str) -> list[Cells]:
        """Return the rows of a key, or an empty list; keys must be requested in ascending order."""
        while self._key is not None and self._key < key:
            self._advance()
        return self._rows if self._key == key else []
