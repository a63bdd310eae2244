"""SQLite: newsgraph.sqlite, all tables with keys, indexes and full-text search, for queries in SQL and for Datasette."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

import polars as pl

from newsgraph.core.graph_tables import BOOL, INT, NUM, SCHEMAS, GraphTables, edges, nodes
from newsgraph.core.table_keys import FOREIGN_KEYS, PRIMARY_KEYS

_TYPES: dict[pl.DataType, str] = {INT: "INTEGER", NUM: "REAL", BOOL: "INTEGER"}
# Columns that people filter by, besides those that name rows of other tables.
_FILTERED = ("kind", "type")
# What is searched by its words: table -> columns. The index of a table is called TABLE_fts and has its rowids.
_SEARCHED = {
    "articles": ("title", "excerpt", "text"), "companies": ("name", "aliases"), "organisations": ("name", "aliases"), "people": ("name", "aliases"),
    "events": ("label",), "stories": ("name",), "topics": ("name",), "mentions": ("text",),
}  # fmt: skip


def write_sqlite(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `newsgraph.sqlite` and return its path; lists are JSON texts, times are ISO 8601 texts in UTC, truth values 0 or 1.

    Tables have the primary and foreign keys of `core.table_keys`; `articles_fts`, `companies_fts` and the like are FTS5 indexes.
    """
    path = folder / "newsgraph.sqlite"
    path.unlink(missing_ok=True)
    tables = {"nodes": nodes(graph), "edges": edges(graph)} | {name: graph[name] for name in SCHEMAS}
    with closing(sqlite3.connect(path, isolation_level=None)) as store:
        store.execute("PRAGMA page_size = 4096")
        store.execute("PRAGMA journal_mode = OFF")
        store.execute("BEGIN")
        for name, data in tables.items():
            _fill(store, name, data)
        for name, columns in _SEARCHED.items():
            _index_words(store, name, columns)
        store.execute("COMMIT")
    return (path,)


def _fill(store: sqlite3.Connection, name: str, data: pl.DataFrame) -> None:
    parts = [f'"{column}" {_TYPES.get(kind, "TEXT")}' for column, kind in data.schema.items()]
    if key := PRIMARY_KEYS.get(name):
        parts.append(f"PRIMARY KEY ({_quoted(key)})")
    links = FOREIGN_KEYS.get(name, {})
    parts += [f'FOREIGN KEY ("{column}") REFERENCES "{target}" ({_quoted(PRIMARY_KEYS[target])})' for column, target in links.items()]
    store.execute(f'CREATE TABLE "{name}" ({", ".join(parts)})')
    marks = ", ".join("?" * data.width)
    store.executemany(f'INSERT INTO "{name}" VALUES ({marks})', _cells(data))  # noqa: S608 - table names are our own
    for column in data.columns:
        if (column in links or column in _FILTERED) and (key or ())[:1] != (column,):
            store.execute(f'CREATE INDEX "{name}_{column}" ON "{name}" ("{column}")')


def _index_words(store: sqlite3.Connection, name: str, columns: tuple[str, ...]) -> None:
    index = f"{name}_fts"
    # the table's name in double quotes: by them Datasette knows which table the index belongs to
    store.execute(
        f'CREATE VIRTUAL TABLE "{index}" USING fts5({_quoted(columns)}, content="{name}", tokenize=\'unicode61 remove_diacritics 2\')'
    )
    store.execute(f'INSERT INTO "{index}" ("{index}") VALUES (\'rebuild\')')  # noqa: S608 - as above


def _quoted(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _cells(data: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    return (tuple(_cell(value) for value in row) for row in data.iter_rows())


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
