"""Parquet: the folder tables/ with one file for each table; newsgraph reads its own output from here."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables, make_tables
from newsgraph.export import FILES
from newsgraph.storage.atomic_swap import is_unsettled, recover

_TRIES = 5
_HINT = "Give the output folder of 'newsgraph build', or build it anew"


def write_parquet(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write one Parquet file for each table of the graph, with the types of `graph.SCHEMAS`, and give their paths."""
    (folder / "tables").mkdir(exist_ok=True)
    return tuple(_write(graph[name], folder / "tables" / f"{name}.parquet") for name in SCHEMAS)


def _write(data: pl.DataFrame, path: Path) -> Path:
    data.rechunk().write_parquet(path)  # in one piece: the bytes must not tell how the table was put together
    return path


def is_table(name: str) -> bool:
    """Tell by the name of a file whether `read_tables` may need it."""
    return name.endswith(".parquet")


def read_tables(folder: Path) -> GraphTables:
    """Read a graph back; `folder` is the output folder.

    What an older version did not write yet is empty: a table without its file has no rows, a column without values is null.
    What a killed build had only half put in place is put in place first, and where a build ends meanwhile its graph is read whole.
    Raises InputError where the folder holds no graph, or a table that cannot be read or has columns of other types.
    """
    for _ in range(_TRIES):
        recover(folder, FILES)
        before = _stamps(folder)
        if "dataset" not in before:
            raise InputError(str(folder), "holds no newsgraph graph (no tables/dataset.parquet)", _HINT)
        tables = make_tables({name: _read(folder / "tables" / f"{name}.parquet") for name in SCHEMAS})
        if _stamps(folder) == before and not is_unsettled(folder):
            return tables
    raise InputError(str(folder), "is built again and again while it is read", "Wait until the build has ended")


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Tell the files of the tables from others that were put in their place."""
    found: dict[str, tuple[int, int]] = {}
    for name in SCHEMAS:
        with suppress(OSError):
            stat = (folder / "tables" / f"{name}.parquet").stat()
            found[name] = stat.st_ino, stat.st_mtime_ns
    return found


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
