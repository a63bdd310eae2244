"""The lists that users write: a table of companies, checked row by row, and plain lines."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from newsgraph.core import check_digits
from newsgraph.core.close_names import close_names
from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file

USER_COLUMNS = ("name", "aliases", "ticker", "lei", "wikidata", "domain")
"""Columns of a user's company list; only the first is required."""
_QUOTE = 'Close it, or write "" for a quotation mark inside a cell that has quotation marks around it.'
_COLUMNS_HINT = f"Columns of a company list are: {', '.join(USER_COLUMNS)}. Only name is required."
_CHECKS: dict[str, tuple[Callable[[str], str], str, str]] = {
    "lei": (check_digits.lei, "is no legal entity identifier", "Copy its 20 letters and digits anew: the last two check the others."),
    "wikidata": (check_digits.wikidata, "is no item of Wikidata", "Write its id, such as Q42."),
    "domain": (check_digits.domain, "is no host name", "Write the host alone, such as acme.example."),
}
"""Columns with the normal form of a value (empty for a wrong one), what is wrong, and what to do."""
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")  # control and non-characters: no name has them, and not every format allows them
_LONGEST_CELL = 131_072  # characters; that of csv where nobody has set another
_SHOWN = 60  # characters of a cell in a message


def read_user_companies(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a company list, each with all of `USER_COLUMNS` and identifiers in their normal forms.

    Raises InputError with the line if a row cannot be read, has no name or that of another row, has a value that its column cannot have, or
    has a cell that goes on in the next line: a quotation mark that is not closed makes one cell of all rows behind it.
    """
    rows = _rows(path)
    line, header = next(rows, (1, ["name"]))
    columns = _columns(f"{path}: line {line}", header)
    lines: dict[str, int] = {}  # name -> its line
    for line, cells in rows:
        where = f"{path}: line {line}"
        row = _row(where, columns, cells)
        first = lines.setdefault(" ".join(row["name"].split()).casefold(), line)
        if first != line:
            place, problem = f"{where}: name", f"{_quoted(row['name'])} is the company of line {first} already"
            raise InputError(place, problem, "Write one row for it, with other names under aliases: HP|HQ.")
        yield row


def _columns(where: str, header: Sequence[str]) -> list[str]:
    """Return the columns that a first line names, in whatever case; a column without a name is empty."""
    columns = [name.strip().casefold() for name in header]
    if "name" not in columns:
        raise InputError(where, "has no column 'name'", f"Begin the file with a line of column names: {','.join(USER_COLUMNS)}")
    for number, column in enumerate(columns):
        if column and column not in USER_COLUMNS:
            near = close_names(column, USER_COLUMNS)
            hint = f"Did you mean {near[0]}? {_COLUMNS_HINT}" if near else f"Remove it. {_COLUMNS_HINT}"
            raise InputError(where, f"names the column {_quoted(header[number].strip())}, which a company list does not have", hint)
        if column and column in columns[:number]:
            raise InputError(where, f"names the column '{column}' twice", "Use a different name for every column.")
    return columns


def _row(where: str, columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """Return the checked cells of a row by column."""
    named = dict(zip(columns, cells, strict=False))
    row = {column: _cell(f"{where}: {column}", column, named.get(column, "").strip()) for column in USER_COLUMNS}
    if not row["name"]:
        raise InputError(where, "has no name", "Write a name for every company, or remove the line.")
    if any(cell.strip() for cell in cells[len(columns) :]):
        problem = f"has {len(cells)} cells, but the first line has {len(columns)}"
        raise InputError(where, problem, 'Put quotation marks around a cell with a comma: "Acme, Inc."')
    if any(cell.strip() for column, cell in zip(columns, cells, strict=False) if not column):
        raise InputError(where, "has a cell in a column without a name", f"Name the column, or empty the cell. {_COLUMNS_HINT}")
    return row


def _cell(where: str, column: str, text: str) -> str:
    """Return the normal form of a cell."""
    if unfit := _UNFIT.search(text):
        raise InputError(where, f"contains the unprintable character U+{ord(unfit[0]):04X}", "Remove it, or write a blank.")
    if column not in _CHECKS or not text:
        return text
    check, problem, hint = _CHECKS[column]
    normal = check(text)
    if not normal:
        raise InputError(where, f"{_quoted(text)} {problem}", hint)
    return normal


def _quoted(text: str) -> str:
    """Return a text for a message: in quotation marks, short, and without characters that no terminal shows."""
    return repr(text[:_SHOWN] + "..." if len(text) > _SHOWN else text)


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
            # A cell that is too long and goes on in the next line is one whose quotation mark is not closed.
            if "field limit" in str(error) and reader.line_num == line:
                raise _too_long(where) from error
            problem = "has a quotation mark that is not closed, or a cell that does not end with it"
            raise InputError(where, f"{problem} ({error})", _QUOTE) from error
        if any("\n" in cell or "\r" in cell for cell in cells):
            raise InputError(where, "has a cell that goes on in the next line, as after a quotation mark that is not closed", _QUOTE)
        if any(len(cell) > _LONGEST_CELL for cell in cells):  # the limit of csv is the whole process's: others may have raised it
            raise _too_long(where)
        if cells:
            yield line, cells


def _too_long(where: str) -> InputError:
    return InputError(
        where, f"has a cell of more than {_LONGEST_CELL:,} characters", "Shorten it: a name or an identifier is never as long."
    )


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
