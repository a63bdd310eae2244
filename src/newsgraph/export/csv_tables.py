"""CSV: the folder csv/ with nodes.csv, edges.csv and one file for each table."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl

from newsgraph.core.graph_tables import NAMES, SCHEMAS, GraphTables, edges, nodes


def write_csv(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write one CSV file for each table and return their paths.

    Files are UTF-8 with a header line and line feeds; lists are JSON, times are ISO 8601 in UTC; a missing value is an
    empty cell, an empty text is `""`.
    """
    (folder / "csv").mkdir(exist_ok=True)
    tables = {"nodes": nodes(graph), "edges": edges(graph)} | {name: graph[name] for name in SCHEMAS}
    return tuple(_write(data, folder / "csv" / f"{name}.csv") for name, data in tables.items())


def _write(data: pl.DataFrame, path: Path) -> Path:
    lists = [name for name, kind in data.schema.items() if kind == NAMES]
    cells = data.with_columns(pl.Series(name, [_json(value) for value in data[name].to_list()], pl.String()) for name in lists)
    cells.write_csv(path, datetime_format="%Y-%m-%dT%H:%M:%S%.fZ")
    return path


def _json(value: list[str] | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
