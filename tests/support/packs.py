"""Invented companies with ids whose check digits are right, and the files that sources would publish of them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from newsgraph.core import check_digits

GLEIF_COLUMNS = (
    "LEI", "Entity.LegalName", "Entity.LegalName.xmllang", "Entity.OtherEntityNames.OtherEntityName.1",
    "Entity.OtherEntityNames.OtherEntityName.1.type", "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1",
    "Entity.LegalAddress.Country", "Entity.EntityCategory", "Entity.EntityStatus", "Registration.RegistrationStatus",
)  # fmt: skip


def lei(number: int) -> str:
    """Invent a legal entity identifier."""
    return next(text for check in range(1, 99) if check_digits.lei(text := f"5299{number:014d}{check:02d}"))


def isin(number: int) -> str:
    """Invent a number of a security."""
    return next(text for check in range(10) if check_digits.isin(text := f"US{number:09d}{check}"))


def gleif_row(number: int, name: str, **cells: str) -> dict[str, str]:
    """Give a row of the golden copy: active and issued unless told otherwise; cells are named by the ends of their columns."""
    given = {"LEI": lei(number), "LegalName": name, "Country": "US", "EntityCategory": "GENERAL", "EntityStatus": "ACTIVE"}
    given |= {"RegistrationStatus": "ISSUED", **cells}
    ends = {column: column.rpartition(".")[2] for column in GLEIF_COLUMNS}
    row = {column: given.get(end, "") for column, end in ends.items()}
    row["Entity.OtherEntityNames.OtherEntityName.1"] = given.get("Other", "")
    row["Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1"] = given.get("Transliterated", "")
    return row


def gleif_file(path: Path, rows: Iterable[Mapping[str, str]]) -> Path:
    """Write a golden copy with every cell in quotes."""
    return csv_file(path, GLEIF_COLUMNS, [[row[column] for column in GLEIF_COLUMNS] for row in rows])


def csv_file(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """Write a CSV file with every cell in quotes."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows([columns, *rows])
    return path


def sec_file(path: Path, *rows: tuple[int, str, str]) -> Path:
    """Write company_tickers.json: CIK, ticker, title."""
    tree = {str(i): {"cik_str": cik, "ticker": ticker, "title": title} for i, (cik, ticker, title) in enumerate(rows)}
    path.write_text(json.dumps(tree), encoding="utf-8")
    return path


def wikidata_file(path: Path, *rows: Mapping[str, str]) -> Path:
    """Write the answer of a query as CSV; columns that a row does not name are empty."""
    columns = ("item", "itemLabel", "aliases", "ticker", "exchangeLabel", "isin", "lei", "cik", "website", "country")
    full = [{"item": "http://www.wikidata.org/entity/Q1", **row} for row in rows]
    return csv_file(path, columns, [[row.get(column, "") for column in columns] for row in full])
