"""Parquet: the folder tables/ with one file for each table; newsgraph reads its own output from here."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from newsgraph.errors import InputError
from newsgraph.graph import SCHEMAS, GraphTables, make_tables

_HINT = "Give the output folder of 'newsgraph build', or build it anew"


def write_parquet(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write one Parquet file for each table of the graph, with the types of `graph.SCHEMAS`, and give their paths."""
    (folder / "tables").mkdir(exist_ok=True)
    return tuple(_write(graph[name], folder / "tables" / f"{name}.parquet") for name in SCHEMAS)


def _write(data: pl.DataFrame, path: Path) -> Path:
    data.rechunk().write_parquet(path)  # in one piece: the bytes must not tell how the table was put together
    return path


def read_tables(folder: Path) -> GraphTables:
    """Read a graph back; `folder` is the output folder.

    What an older version did not write yet is empty: a table without its file has no rows, a column without values is null.
    Raises InputError where the folder holds no graph, or a table that cannot be read or has columns of other types.
    """
    if not (folder / "tables" / "dataset.parquet").is_file():
        raise InputError(str(folder), "holds no newsgraph graph (no tables/dataset.parquet)", _HINT)
    return make_tables({name: _read(folder / "tables" / f"{name}.parquet") for name in SCHEMAS})


def _read(path: Path) -> pl.DataFrame:
    schema = pl.Schema(SCHEMAS[path.stem])
    if not path.exists():
        return pl.DataFrame(schema=schema)
    try:
        data = pl.read_parquet(path)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(str(path), f"cannot be read as a table of this version of newsgraph ({_first_line(error)})", _HINT) from error
    data = data.with_columns(pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in data.columns).select(
        schema.names()
    )
    if data.schema != schema:
        raise InputError(str(path), "has columns of other types than this version of newsgraph", _HINT)
    return data


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
