"""Read packs, built by the command or by hand, in pieces, and find records by id or name key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file
from newsgraph.identifiers.arrow_library import pa, parquet
from newsgraph.identifiers.company_record import COLUMNS, LISTS, Identifiers, check_record, clean
from newsgraph.identifiers.csv_stream import read_header, read_pieces
from newsgraph.identifiers.pack_file import LIST, PIECE_ROWS, TEXT, check_suffix, keys_column, keys_of, schema

# Characters that no cleaned name contains; they replace an escaped backslash and bar while a cell is split.
_BACKSLASH, _BAR = "\x01", "\x02"
_HINT = f"Columns of a pack are: {', '.join(COLUMNS)}. Only name is required."


def find_records(path: Path, leis: Collection[str], items: Collection[str], keys: Collection[str]) -> list[Identifiers]:
    """Return the records of a pack that have one of some LEIs, Wikidata ids or name keys, in one pass over the file.

    Invalid values are left out, as they are when a pack is built. Raises InputError if the file is not a pack.
    """
    sought_keys = pl.Series(sorted(keys), dtype=TEXT)
    records: list[Identifiers] = []
    for piece in read_pack(path):
        rows = piece.with_row_index("row")
        by_name = rows.select("row", keys_column()).explode(keys_column()).filter(pl.col(keys_column()).is_in(sought_keys))["row"]
        by_id = pl.col("lei").is_in(sorted(leis)) | pl.col("wikidata").is_in(sorted(items))
        records += records_of(rows.filter(by_id.fill_null(value=False) | pl.col("row").is_in(by_name.unique())))
    return records


def records_of(piece: pl.DataFrame, dropped: Counter[str] | None = None) -> list[Identifiers]:
    """Return the rows of a table as checked records; invalid values are counted in `dropped`."""
    counter: Counter[str] = Counter() if dropped is None else dropped
    rows = map(_record, piece.select(COLUMNS).iter_rows(named=True))
    return [record for row in rows if (record := check_record(row, counter))]


def read_pack(path: Path) -> Iterator[pl.DataFrame]:
    """Yield a pack piece by piece with all columns; columns that the file lacks are null, and missing name keys are added.

    Raises InputError if the file is neither CSV nor Parquet, has no column `name`, or has columns of other types.
    """
    check_suffix(path)
    check_given_file(path)
    pieces = _csv_pieces(path) if path.suffix.lower() == ".csv" else _parquet_pieces(path)
    for piece in pieces:
        trimmed = piece.with_columns(pl.col("lei", "wikidata").str.strip_chars().str.to_uppercase())
        yield _with_keys(trimmed)


def _record(cells: Mapping[str, Any]) -> Identifiers:
    row: dict[str, Any] = {column: cells[column] or "" for column in COLUMNS if column not in LISTS}
    row |= {column: tuple(filter(None, cells[column] or ())) for column in LISTS}
    return Identifiers(**row)


def _with_keys(piece: pl.DataFrame) -> pl.DataFrame:
    """Add the name keys to rows that have none, as in a pack built by hand."""
    keys = piece[keys_column()]
    rows = (keys.is_null() | (keys.list.len() == 0)).arg_true().to_list()
    if not rows:
        return piece
    added = [keys_of(record.names) for record in _names_of(piece, rows)]
    added_frame = pl.DataFrame({"row": rows, "added": added}, schema={"row": pl.UInt32, "added": LIST})
    joined = piece.with_row_index("row").join(added_frame, on="row", how="left", maintain_order="left")
    return joined.with_columns(pl.coalesce("added", keys_column()).alias(keys_column())).drop("row", "added")


def _names_of(piece: pl.DataFrame, rows: list[int]) -> Iterator[Identifiers]:
    for name, aliases, legal_name in piece[rows].select("name", "aliases", "legal_name").iter_rows():
        yield Identifiers(clean(name or ""), tuple(map(clean, aliases or ())), clean(legal_name or ""))


def _csv_pieces(path: Path) -> Iterator[pl.DataFrame]:
    if "name" not in read_header(path):
        raise InputError(str(path), "has no column 'name'", _HINT)
    lists = (*LISTS, keys_column())
    for piece in read_pieces(path, schema().names()):
        yield piece.with_columns(_split(pl.col(column)).alias(column) for column in lists)


def _split(cell: pl.Expr) -> pl.Expr:
    marked = cell.str.replace_all("\\\\", _BACKSLASH, literal=True).str.replace_all("\\|", _BAR, literal=True)
    part = pl.element().str.replace_all(_BAR, "|", literal=True).str.replace_all(_BACKSLASH, "\\", literal=True)
    return marked.str.split("|").list.eval(part).list.eval(pl.element().filter(pl.element() != ""))


def _parquet_pieces(path: Path) -> Iterator[pl.DataFrame]:
    try:
        with parquet.ParquetFile(path) as file:
            names = [name for name in schema().names() if name in file.schema_arrow.names]
            if "name" not in names:
                raise InputError(str(path), "has no column 'name'", _HINT)
            for batch in file.iter_batches(PIECE_ROWS, columns=names):
                yield _cast(path, pl.DataFrame(pl.from_arrow(batch)))
    except (OSError, pa.ArrowException) as error:
        raise InputError(str(path), "cannot be read as Parquet", _HINT) from error


def _cast(path: Path, piece: pl.DataFrame) -> pl.DataFrame:
    """Cast columns to the types of a pack: text, or lists of text, which may also be texts joined by "|"."""
    columns: list[pl.Expr] = []
    for name, kind in schema().items():
        if name not in piece.columns:
            columns.append(pl.lit(None, dtype=kind).alias(name))
        elif kind == LIST and piece.schema[name] == TEXT:
            columns.append(_split(pl.col(name)).alias(name))
        elif kind != LIST and not piece.schema[name].is_nested():
            columns.append(pl.col(name).cast(TEXT))
        elif piece.schema[name] in {kind, pl.List(pl.Null)}:
            columns.append(pl.col(name).cast(kind))
        else:
            where = f"{path}: {name}"
            raise InputError(where, f"is of type {piece.schema[name]}, not {kind}", _HINT)
    return piece.select(columns)
