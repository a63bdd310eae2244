"""Read the companies that report to the SEC, with their tickers: `company_tickers.json` and `company_tickers_exchange.json`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from newsgraph.core.errors import InputError
from newsgraph.identifiers.company_record import Identifiers, check_record
from newsgraph.identifiers.text_file import read_json

SOURCE = "sec"
_HINT = "Use company_tickers.json or company_tickers_exchange.json as the SEC publishes them."
_STATE = re.compile(r"\s*/[A-Z]{2,4}/?$")  # the state of registration, which the SEC adds to names that occur twice: "/DE/"

Cells = tuple[object, object, object, object]  # CIK, name, ticker, exchange


def read_sec(path: Path, dropped: Counter[str]) -> tuple[int, list[Identifiers]]:
    """Read one of the two files; return the number of its rows, and one record per row.

    Invalid values are left out and counted in `dropped`. Raises InputError, with the entry that is wrong, if the file is not JSON or has
    neither structure.
    """
    tree = read_json(path)
    if not isinstance(tree, dict) or not tree:
        raise InputError(str(path), "is not an object of companies", _HINT)
    rows = list(_exchange_rows(path, tree) if "fields" in tree else _plain_rows(path, tree))
    return len(rows), [record for row in rows if (record := check_record(_record(row), dropped))]


def _plain_rows(path: Path, tree: dict[str, object]) -> Iterator[Cells]:
    for key, entry in tree.items():
        if not isinstance(entry, dict) or not {"cik_str", "title"} <= entry.keys():
            where = f"{path}: {key[:40]}"
            raise InputError(where, "is not an object with cik_str, ticker and title", _HINT)
        yield entry["cik_str"], entry["title"], entry.get("ticker"), None


def _exchange_rows(path: Path, tree: dict[str, object]) -> Iterator[Cells]:
    fields, data = tree["fields"], tree.get("data")
    if not isinstance(fields, list) or not {"cik", "name"} <= {field for field in fields if isinstance(field, str)}:
        where = f"{path}: fields"
        raise InputError(where, "does not list cik, name, ticker and exchange", _HINT)
    if not isinstance(data, list):
        where = f"{path}: data"
        raise InputError(where, "is not a list of rows", _HINT)
    for number, row in enumerate(data):
        if not isinstance(row, list) or len(row) != len(fields):
            where = f"{path}: data[{number}]"
            raise InputError(where, f"is not a list of {len(fields)} values", _HINT)
        cells = dict(zip(map(str, fields), row, strict=True))
        yield cells["cik"], cells["name"], cells.get("ticker"), cells.get("exchange")


def _record(cells: Cells) -> Identifiers:
    cik, name, symbol, exchange = map(_text, cells)
    ticker = f"{exchange}:{symbol}" if exchange and symbol else symbol
    return Identifiers(_STATE.sub("", name), tickers=(ticker,) if ticker else (), cik=cik, source=SOURCE)


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
