"""Read the results of a Wikidata query about companies, as CSV, TSV or JSON; docs/identifiers.md has the query.

SPARQL returns one row for each combination of values, so the rows of one item become one record. Several values in one cell are
separated by "|".
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from newsgraph.core import check_digits
from newsgraph.core.errors import InputError
from newsgraph.identifiers.company_record import Identifiers, check_record, clean
from newsgraph.identifiers.text_file import read_json, read_text

SOURCE = "wikidata"
COLUMNS = ("item", "itemlabel", "aliases", "ticker", "exchangelabel", "isin", "lei", "cik", "website", "country")
_HINT = "Save the results of the query in docs/identifiers.md as CSV, TSV or JSON; its columns begin with item and itemLabel."
# A term as SPARQL writes it in TSV: <address>, "text"@en, "text"^^<type>
_TERM = re.compile(r'<(?P<iri>[^>]*)>|"(?P<text>(?:[^"\\]|\\.)*)"(?:@[\w-]+|\^\^<[^>]*>)?')
_ESCAPED = re.compile(r"\\(.)")
_BLANKS = {"t": "\t", "n": "\n", "r": "\r"}

Row = Mapping[str, str]


def read_wikidata(path: Path, dropped: Counter[str]) -> tuple[int, list[Identifiers]]:
    """Read a file of results; return the number of its rows, and one record per item.

    If an item has several LEIs, CIKs or countries, none is used, and all are counted in `dropped`. Of several labels the first by code
    points is the name and the others are aliases; of several websites the shortest is used. Raises InputError if the file is not a file
    of such results.
    """
    readers = {".csv": _csv_rows, ".tsv": _tsv_rows, ".tab": _tsv_rows, ".json": _json_rows, ".srj": _json_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(str(path), f"ends in none of {', '.join(readers)}", _HINT)
    items: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    count = 0
    for where, row in reader(path):
        count += 1
        item = check_digits.wikidata(row.get("item", "").strip())
        if not item:
            raise InputError(where, "has no Wikidata item in column 'item'", _HINT)
        _gather(items[item], row)
    records = (check_record(_record(item, values, dropped), dropped) for item, values in sorted(items.items()))
    return count, [record for record in records if record]


def _gather(values: dict[str, set[str]], row: Row) -> None:
    cells = {column: {part for cell in row.get(column, "").split("|") if (part := clean(cell))} for column in COLUMNS[1:]}
    tickers = cells.pop("ticker")
    exchanges = cells.pop("exchangelabel")
    if len(exchanges) == 1:  # of several, it is unknown which belongs to a symbol
        exchange = next(iter(exchanges)).replace(":", " ")
        tickers = {ticker if ":" in ticker else f"{exchange}:{ticker}" for ticker in tickers}
    for column, parts in {**cells, "ticker": tickers}.items():
        values[column] |= parts


def _record(item: str, values: Mapping[str, set[str]], dropped: Counter[str]) -> Identifiers:
    single = {column: _only(values[column], column, dropped) for column in ("lei", "cik", "country")}
    labels = sorted(values["itemlabel"] - {item})  # for an item without a label, the query returns its id
    websites = sorted(values["website"], key=lambda text: (not check_digits.website(text), len(text), text))
    return Identifiers(
        name=labels[0] if labels else "",
        aliases=(*labels[1:], *sorted(values["aliases"])),
        tickers=tuple(sorted(values["ticker"])),
        isins=tuple(sorted(values["isin"])),
        wikidata=item,
        website=websites[0] if websites else "",
        source=SOURCE,
        **single,
    )


def _only(values: set[str], column: str, dropped: Counter[str]) -> str:
    if len(values) > 1:
        dropped[column] += len(values)
    return next(iter(values)) if len(values) == 1 else ""


def _csv_rows(path: Path) -> Iterator[tuple[str, Row]]:
    lines = csv.reader(read_text(path).splitlines(keepends=True))
    try:
        yield from _rows_by_name(path, ((lines.line_num, cells) for cells in lines))
    except csv.Error as error:
        where = f"{path}: line {lines.line_num}"
        raise InputError(where, f"cannot be read as CSV ({error})", _HINT) from error


def _tsv_rows(path: Path) -> Iterator[tuple[str, Row]]:
    lines = enumerate(read_text(path).split("\n"), start=1)
    yield from _rows_by_name(
        path, ((number, [_plain(cell) for cell in line.rstrip("\r").split("\t")]) for number, line in lines if line.strip())
    )


def _rows_by_name(path: Path, lines: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[str, Row]]:
    columns: list[str] = []
    for number, cells in lines:
        where = f"{path}: line {number}"
        if not columns:
            columns = [cell.strip().removeprefix("?").casefold() for cell in cells]
            if not {"item", "itemlabel"} <= set(columns):
                raise InputError(where, "has no columns item and itemLabel", _HINT)
        elif len(cells) == len(columns):
            yield where, dict(zip(columns, cells, strict=True))
        elif cells:
            raise InputError(where, f"has {len(cells)} cells, not {len(columns)} like the first line", _HINT)
    if not columns:
        raise InputError(str(path), "is empty", _HINT)


def _plain(cell: str) -> str:
    term = _TERM.fullmatch(cell.strip())
    if term is None:
        return cell
    return term["iri"] if term["iri"] is not None else _ESCAPED.sub(lambda mark: _BLANKS.get(mark[1], mark[1]), term["text"])


def _json_rows(path: Path) -> Iterator[tuple[str, Row]]:
    """Read both structures: the bindings of SPARQL results, and the plain list of rows that the query page offers too."""
    tree = read_json(path)
    if isinstance(tree, dict):
        results = tree.get("results")
        tree = results.get("bindings") if isinstance(results, dict) else None
    if not isinstance(tree, list):
        raise InputError(str(path), "contains no results with bindings", _HINT)
    for number, row in enumerate(tree):
        where = f"{path}: row {number}"
        if not isinstance(row, dict):
            raise InputError(where, "is not an object of values", _HINT)
        values = {name: cell.get("value") if isinstance(cell, dict) else cell for name, cell in row.items()}
        yield where, {name.casefold(): cell for name, cell in values.items() if isinstance(cell, str)}
