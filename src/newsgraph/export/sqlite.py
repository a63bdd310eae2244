"""SQLite: newsgraph.sqlite, all tables with indexes, for queries in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import polars as pl

from newsgraph.core.graph_tables import BOOL, INT, NUM, SCHEMAS, GraphTables, edges, nodes

_TYPES: dict[pl.DataType, str] = {INT: "INTEGER", NUM: "REAL", BOOL: "INTEGER"}
# Columns that people join and filter by; not every table has them.
_INDEXED = ("iri", "article", "company", "entity", "event", "story", "source", "target", "provider", "topic", "party", "kind", "type")


def write_sqlite(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `newsgraph.sqlite` and return its path; lists are JSON texts, times are ISO 8601 texts in UTC, truth values 0 or 1."""
    path = folder / "newsgraph.sqlite"
    path.unlink(missing_ok=True)
    tables = {"nodes": nodes(graph), "edges": edges(graph)} | {name: graph[name] for name in SCHEMAS}
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("PRAGMA page_size = 4096")
        store.execute("PRAGMA journal_mode = OFF")
        store.execute("BEGIN")
        for name, data in tables.items():
            _fill(store, name, data)
        store.execute("COMMIT")
    return (path,)


def _fill(store: sqlite3.Connection, name: str, data: pl.DataFrame) -> None:
    columns = ", ".join(f'"{column}" {_TYPES.get(kind, "TEXT")}' for column, kind in data.schema.items())
    store.execute(f'CREATE TABLE "{name}" ({columns})')
    marks = ", ".join("?" * data.width)
    store.executemany(f'INSERT INTO "{name}" VALUES ({marks})', _cells(data))  # noqa: S608 - table names are our own
    for column in _INDEXED:
        if column in data.columns:
            store.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')


def _cells(data: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    return (tuple(_cell(value) for value in row) for row in data.iter_rows())


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
