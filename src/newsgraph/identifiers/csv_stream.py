"""Read a large CSV file, plain or as the only one in a ZIP file, in pieces: memory does not grow with its length."""

from __future__ import annotations

import csv
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import polars as pl

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file
from newsgraph.identifiers.arrow_library import arrow_csv, pa

_PIECE = 8 << 20  # bytes that are read at a time, and so the longest line
_LONGEST_HEADER = 1 << 20  # bytes
_WRONG_ROW = re.compile(r"Row #(\d+)")
_HINT = "Get the file again, or open it and save it as CSV: UTF-8, separated by commas."


def read_header(path: Path) -> tuple[str, ...]:
    """Return the column names of a CSV file. Raises InputError if the first line cannot be read as such."""
    with _open_csv(path) as file:
        line = file.readline(_LONGEST_HEADER)
    if b"\x00" in line:
        raise InputError(str(path), "contains NUL bytes, so it is not UTF-8 text", _HINT)
    if len(line) == _LONGEST_HEADER:
        where = f"{path}: line 1"
        raise InputError(where, f"is longer than {_LONGEST_HEADER:,} bytes", _HINT)
    try:
        names = [name.strip() for name in next(csv.reader([line.decode("utf-8-sig")]), [])]
    except (UnicodeDecodeError, csv.Error) as error:
        where = f"{path}: line 1"
        raise InputError(where, "cannot be read as column names in UTF-8", _HINT) from error
    twice = next((name for name in names if name and names.count(name) > 1), None)
    if twice:
        where = f"{path}: line 1"
        raise InputError(where, f"names the column '{twice}' twice", "Use a different name for every column.")
    return tuple(names)


def read_pieces(path: Path, columns: Sequence[str]) -> Iterator[pl.DataFrame]:
    """Yield some columns of a CSV file as text, piece by piece; a missing column is null.

    Raises InputError if a row has more or fewer cells than the first line, or if the file is not UTF-8 or contains NUL bytes.
    """
    reading = arrow_csv.ReadOptions(block_size=_PIECE, use_threads=False, column_names=read_header(path), skip_rows=1)
    conversion = arrow_csv.ConvertOptions(
        include_columns=list(columns),
        include_missing_columns=True,
        column_types=dict.fromkeys(columns, pa.string()),
        strings_can_be_null=False,
    )
    with _open_csv(path) as file:
        try:
            reader = arrow_csv.open_csv(file, reading, arrow_csv.ParseOptions(newlines_in_values=True), conversion)
            row = 2  # after the column names
            for batch in reader:
                piece = pl.DataFrame(pl.from_arrow(batch))
                _refuse_nul(path, piece, row)
                row += piece.height
                yield piece
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):
                return  # only column names
            raise InputError(*_explain(path, str(error)), _HINT) from error


def _refuse_nul(path: Path, piece: pl.DataFrame, row: int) -> None:
    """Refuse a piece with a NUL byte, which means a damaged or a binary file."""
    for column in piece.columns:
        rows = piece[column].str.contains("\x00", literal=True).arg_true()
        if rows.len():
            where = f"{path}: row {row + rows[0]}: {column}"
            raise InputError(where, "contains a NUL byte", _HINT)


def _explain(path: Path, message: str) -> tuple[str, str]:
    """Return place and problem of an error message of Arrow."""
    row = _WRONG_ROW.search(message)
    where = f"{path}: row {row[1]}" if row else str(path)
    if "Expected" in message:
        expected, _, got = message.partition("Expected ")[2].partition(", got ")
        return where, f"has {got.partition(':')[0]} cells, not {expected.removesuffix(' columns')} like the first line"
    if "UTF8" in message:
        return where, "is not UTF-8"
    if "straddl" in message:
        return where, f"contains a line longer than {_PIECE >> 20} MiB, or a quote that is never closed"
    return where, f"cannot be read as CSV ({message.splitlines()[0][:100]})"


@contextmanager
def _open_csv(path: Path) -> Iterator[IO[bytes]]:
    """Open a CSV file, or the only CSV file in a ZIP file."""
    check_given_file(path)
    try:
        if not zipfile.is_zipfile(path):
            with path.open("rb") as file:
                yield file
            return
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.lower().endswith(".csv")]
            if len(names) != 1:
                raise InputError(str(path), f"contains {len(names)} CSV files, not one", "Unpack it and use the CSV file itself.")
            with archive.open(names[0]) as member:
                yield member
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror or error})", "Check the path and its permissions.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(str(path), f"is a damaged or locked ZIP file ({error})", "Get the file again.") from error
