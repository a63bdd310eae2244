"""Parquet: the folder tables/ with one file for each table, from which newsgraph reads its own output."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables, make_tables
from newsgraph.export import FILES
from newsgraph.storage.atomic_swap import is_unsettled, recover

_TRIES = 5
_HINT = "Give the output folder of 'newsgraph build', or build it again"


def write_parquet(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write one Parquet file for each table of the graph, with the types of `graph_tables.SCHEMAS`, and return their paths."""
    (folder / "tables").mkdir(exist_ok=True)
    return tuple(_write(graph[name], folder / "tables" / f"{name}.parquet") for name in SCHEMAS)


def _write(data: pl.DataFrame, path: Path) -> Path:
    data.rechunk().write_parquet(path)  # in one chunk: the bytes must not depend on how the table was concatenated
    return path


def is_table(name: str) -> bool:
    """Return whether `read_tables` may need a file of this name."""
    return name.endswith(".parquet")


def read_tables(folder: Path) -> GraphTables:
    """Read a graph from its output folder.

    What an older version did not write is empty: a table without a file has no rows, a missing column is null.
    If a build was killed while it moved its files into place, this is completed first; if a build ends meanwhile, its graph is read.
    Raises InputError if the folder contains no graph, or a table that cannot be read or has columns of other types.
    """
    for _ in range(_TRIES):
        recover(folder, FILES)
        before = _stamps(folder)
        if "dataset" not in before:
            raise InputError(str(folder), "contains no newsgraph graph (no tables/dataset.parquet)", _HINT)
        tables = make_tables({name: _read(folder / "tables" / f"{name}.parquet") for name in SCHEMAS})
        if _stamps(folder) == before and not is_unsettled(folder):
            return tables
    raise InputError(str(folder), "keeps changing while it is read", "Wait until the build has ended")


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the inode and modification time of each table's file, by which a replaced file is recognised."""
    stamps: dict[str, tuple[int, int]] = {}
    for name in SCHEMAS:
        with suppress(OSError):
            stat = (folder / "tables" / f"{name}.parquet").stat()
            stamps[name] = stat.st_ino, stat.st_mtime_ns
    return stamps


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
