"""Parquet: the folder tables/ with one file for each table, from which newsgraph reads its own output."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_name, check_regular
from newsgraph.core.graph_tables import SCHEMAS, GraphTables, make_tables
from newsgraph.export import FILES
from newsgraph.storage.atomic_swap import is_unsettled, recover
from newsgraph.storage.file_digests import MANIFEST, damages, write_manifest

T = TypeVar("T")
_TRIES = 5
_NO_GRAPH = "contains no newsgraph graph (no tables/dataset.parquet)"
_HINT = "Give the output folder of 'newsgraph build', or build it again"


def write_parquet(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write one Parquet file for each table of the graph, with the types of `graph_tables.SCHEMAS`, and the manifest of all; return their paths."""
    tables = folder / "tables"
    tables.mkdir(exist_ok=True)
    paths = [_write(graph[name], tables / f"{name}.parquet") for name in SCHEMAS]
    return (*paths, write_manifest(tables, [path.name for path in paths]))


def _write(data: pl.DataFrame, path: Path) -> Path:
    data.rechunk().write_parquet(path)  # in one chunk: the bytes must not depend on how the table was concatenated
    return path


def is_table(name: str) -> bool:
    """Return whether `read_tables` may need a file of this name."""
    return name.endswith((".parquet", MANIFEST))


def read_tables(folder: Path, *, checked: bool = True) -> GraphTables:
    """Read a graph from its output folder; if `checked`, its files must be those that were written.

    What an older version did not write is empty: a table without a file has no rows, a missing column is null.
    If a build was killed while it moved its files into place, this is completed first; if a build ends meanwhile, its graph is read.
    Raises InputError if the folder contains no graph, a table that is missing or damaged, or one that has columns of other types.
    """

    def read() -> GraphTables:
        if checked:
            _check_files(folder)
        return make_tables({name: _read(folder / "tables" / f"{name}.parquet") for name in SCHEMAS})

    return _while_settled(folder, read)


def read_table(folder: Path, name: str) -> pl.DataFrame:
    """Read one table of a graph, without a check of the others. Raises InputError if the folder contains no graph, or the table is damaged."""
    if not (folder / "tables" / "dataset.parquet").is_file():
        raise InputError(str(folder), _NO_GRAPH, _HINT)
    return make_tables({name: _read(folder / "tables" / f"{name}.parquet")})[name]


def read_columns(folder: Path, columns: Mapping[str, Sequence[str]]) -> GraphTables | None:
    """Read some columns of some tables of a folder; all else is null or without rows. None if there is no graph, or none that can be read."""
    try:
        if not (folder / "tables" / "dataset.parquet").is_file() or damages(folder / "tables"):
            return None
        return make_tables({name: _read(folder / "tables" / f"{name}.parquet", tuple(chosen)) for name, chosen in columns.items()})
    except InputError:
        return None


def check_output(folder: Path) -> None:
    """Raise InputError if a folder holds no graph, or if files of its tables are missing or have other sizes; they are not read."""
    _while_settled(folder, lambda: _check_files(folder, by_size=True))


def _while_settled(folder: Path, read: Callable[[], T]) -> T:
    """Return what is read of a folder while no build moves files in it, again if one has; raise InputError if it never settles."""
    check_name(folder)
    for _ in range(_TRIES):
        recover(folder, FILES)
        before = _stamps(folder)
        if "dataset" not in before:
            raise InputError(str(folder), _NO_GRAPH, _HINT)
        try:
            result = read()
        except InputError:
            if _stamps(folder) == before and not is_unsettled(folder):
                raise
            continue  # a build has put other files in their places meanwhile
        if _stamps(folder) == before and not is_unsettled(folder):
            return result
    raise InputError(str(folder), "keeps changing while it is read", "Wait until the build has ended")


def _check_files(folder: Path, *, by_size: bool = False) -> None:
    """Raise InputError if tables are missing or damaged; older versions wrote no manifest by which this is known."""
    found = damages(folder / "tables", by_size=by_size)
    if found:
        more = f", and {len(found) - 1} more files" if len(found) > 1 else ""
        raise InputError(
            str(folder), f"is incomplete or damaged: tables/{found[0]}{more}", "Copy the whole folder again, or build it again"
        )
    if found is None and _read(folder / "tables" / "dataset.parquet")["program_version"].to_list() == [version("newsgraph")]:
        raise InputError(str(folder), f"is incomplete: tables/{MANIFEST} is missing", "Copy the whole folder again, or build it again")


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return the inode and modification time of each table's file, by which a replaced file is recognised."""
    stamps: dict[str, tuple[int, int]] = {}
    for name in SCHEMAS:
        with suppress(OSError):
            stat = (folder / "tables" / f"{name}.parquet").stat()
            stamps[name] = stat.st_ino, stat.st_mtime_ns
    return stamps


def _read(path: Path, columns: tuple[str, ...] | None = None) -> pl.DataFrame:
    schema = pl.Schema(SCHEMAS[path.stem])
    if not path.exists():
        return pl.DataFrame(schema=schema)
    try:
        check_regular(path, path.stat())
        data = pl.read_parquet(path, columns=_present(path, columns) if columns else None)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise InputError(str(path), f"cannot be read as a table of this version of newsgraph ({_first_line(error)})", _HINT) from error
    data = data.with_columns(pl.lit(None, kind).alias(name) for name, kind in schema.items() if name not in data.columns).select(
        schema.names()
    )
    if data.schema != schema:
        raise InputError(str(path), "has columns of other types than this version of newsgraph", _HINT)
    return data


def _present(path: Path, columns: tuple[str, ...]) -> list[str]:
    written = pl.read_parquet_schema(path)
    return [name for name in columns if name in written]


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
