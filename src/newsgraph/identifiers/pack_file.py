r"""Write packs: tables of company identifiers in CSV or Parquet, one row per company, sorted.

The columns are those of `company_record.COLUMNS`; in CSV the values of a list are joined by "|" (a bar and a backslash in a name are
written "\|" and "\\"). One more column has the keys of all names of a row, so that a large pack is searched without running Python for
each row. The name of that column ends in a digest of how names are normalised, so that keys of another version are not used.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import IO

import polars as pl

from newsgraph.core.company_names import legal_forms, name_key
from newsgraph.core.errors import InputError
from newsgraph.identifiers.arrow_library import pa, parquet
from newsgraph.identifiers.company_record import COLUMNS, LISTS, Identifiers, check_record

SUFFIXES = (".parquet", ".csv")
PIECE_ROWS = 65_536  # rows in memory at a time, and of a row group
TEXT, LIST = pl.String(), pl.List(pl.String())
_PROBES = ("The Nestlé & Söhne’s Co-Op (Asia) S.A.", "A.B. and C/D_E Holdings, Inc.", "Inc.", "ﬁ Ⅷ K.K.", "삼성전자 주식회사")


@cache
def keys_column() -> str:
    """Return the name of the column of name keys, which depends on how this version normalises names."""
    knowledge = "\n".join([*sorted(legal_forms()), *map(name_key, _PROBES)])
    return f"name_keys_{hashlib.sha256(knowledge.encode()).hexdigest()[:8]}"


def frame_of(records: Iterable[Identifiers]) -> pl.DataFrame:
    """Return records as a table with name keys; empty texts become null, empty lists stay."""
    rows = list(records)
    columns = {column: [getattr(row, column) or None for row in rows] for column in COLUMNS if column not in LISTS}
    lists = {column: [list(getattr(row, column)) for row in rows] for column in LISTS}
    keys = {keys_column(): [keys_of(row.names) for row in rows]}
    return pl.DataFrame(columns | lists | keys, schema=schema()).select(schema().names())


def write_pack(rows: Iterable[Identifiers], path: Path) -> None:
    """Write records as a pack, CSV or Parquet by suffix; the same records in any order give the same bytes.

    Invalid values are left out. Raises InputError if the file cannot be written or its suffix is unknown.
    """
    valid = (record for row in rows if (record := check_record(row, Counter())))
    write_table(frame_of(valid).lazy(), path)


def write_table(table: pl.LazyFrame, path: Path) -> None:
    """Write a table with the columns of `frame_of`, sorted by name, with only a piece of it in memory at a time."""
    check_suffix(path)
    partial = path.with_name(f".partial-{path.name}")
    try:
        with partial.open("wb") as file:
            _write_csv(table, file) if path.suffix.lower() == ".csv" else _write_parquet(table, file)
        partial.replace(path)
    except OSError as error:
        raise InputError(str(path), f"cannot be written ({error.strerror})", "Check the folder, its permissions and its space.") from error
    finally:
        partial.unlink(missing_ok=True)


def check_suffix(path: Path) -> None:
    """Raise InputError unless the name of a file ends in `.csv` or `.parquet`."""
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(str(path), f"ends in none of {', '.join(SUFFIXES)}", "Name the pack companies.parquet or companies.csv.")


def schema() -> pl.Schema:
    """Return the columns of a pack and their types."""
    return pl.Schema({column: LIST if column in LISTS else TEXT for column in (*COLUMNS, keys_column())} | {keys_column(): LIST})


def keys_of(names: Iterable[str]) -> list[str]:
    """Return the keys of some names, sorted, each once."""
    return sorted({key for name in names if (key := name_key(name))})


def _join_list(column: str) -> pl.Expr:
    part = pl.element().str.replace_all("\\", "\\\\", literal=True).str.replace_all("|", "\\|", literal=True)
    return pl.col(column).list.eval(part).list.join("|").alias(column)


def _write_csv(table: pl.LazyFrame, file: IO[bytes]) -> None:
    names = schema().names()
    file.write((",".join(names) + "\n").encode())
    for piece in _sorted_pieces(table):
        cells = (_join_list(column).replace("", None) for column in (*LISTS, keys_column()))
        piece.with_columns(cells).write_csv(file, include_header=False)


def _write_parquet(table: pl.LazyFrame, file: IO[bytes]) -> None:
    arrow = pa.schema([(name, pa.list_(pa.string()) if kind == LIST else pa.string()) for name, kind in schema().items()])
    with parquet.ParquetWriter(file, arrow, compression="zstd") as writer:
        for piece in _sorted_pieces(table):
            writer.write_table(piece.to_arrow().cast(arrow))


def _sorted_pieces(table: pl.LazyFrame) -> Iterator[pl.DataFrame]:
    """Yield the table in order, one range of names at a time."""
    names = table.select("name").collect()["name"].sort()
    starts = names.gather_every(PIECE_ROWS).unique(maintain_order=True).to_list()
    del names
    scalars = [column for column in COLUMNS if column not in LISTS]
    for start, end in zip_longest(starts, starts[1:]):
        inside = pl.col("name") >= start
        piece = table.filter(inside & (pl.col("name") < end) if end is not None else inside).collect()
        yield piece.sort(
            [*map(pl.col, scalars), *map(_join_list, LISTS)]
        ).rechunk()  # so that the bytes do not depend on how the table was put together
