"""The lists that users write: a table of companies, checked row by row, and plain lines."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file

USER_COLUMNS = ("name", "aliases", "ticker", "lei", "wikidata", "domain")
"""Columns of a user's company list; only the first is required."""
_QUOTE = 'Close it, or write "" for a quotation mark inside a cell that has quotation marks around it.'


def read_user_companies(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a company list, each with all of `USER_COLUMNS`.

    Raises InputError with the line if a row cannot be read, has no name, or has a cell that goes on in the next line: a quotation mark that
    is not closed makes one cell of all rows behind it.
    """
    rows = _rows(path)
    _, columns = next(rows, (1, ["name"]))
    if "name" not in columns:
        raise InputError(str(path), "has no column 'name'", f"Begin the file with a line of column names: {','.join(USER_COLUMNS)}")
    for line, cells in rows:
        named = dict(zip(columns, cells, strict=False))
        row = {column: named.get(column, "").strip() for column in USER_COLUMNS}
        where = f"{path}: line {line}"
        if not row["name"]:
            raise InputError(where, "has no name", "Write a name for every company, or remove the line.")
        if any(cell.strip() for cell in cells[len(columns) :]):
            problem = f"has {len(cells)} cells, but the first line has {len(columns)}"
            raise InputError(where, problem, 'Put quotation marks around a cell with a comma: "Acme, Inc."')
        yield row


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not empty, each with the number of its line."""
    reader = csv.reader(io.StringIO(read_user_text(path), newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        where = f"{path}: line {line}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            problem = "has a quotation mark that is not closed, or a cell that does not end with it"
            raise InputError(where, f"{problem} ({error})", _QUOTE) from error
        if any("\n" in cell or "\r" in cell for cell in cells):
            raise InputError(where, "has a cell that goes on in the next line, as after a quotation mark that is not closed", _QUOTE)
        if cells:
            yield line, cells


def read_user_text(path: Path) -> str:
    """Return the text of a list. Raises InputError if it cannot be read or is not UTF-8."""
    check_given_file(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(str(path), f"cannot be read ({error.strerror})", "Check the path and its permissions.") from error
    except UnicodeDecodeError as error:
        raise InputError(str(path), "is not UTF-8", "Save the file as UTF-8.") from error
    if "\0" in text:
        where = f"{path}: line {text.count(chr(10), 0, text.index(chr(0))) + 1}"
        raise InputError(where, "contains a NUL byte", "Save the file as UTF-8.")
    return text
