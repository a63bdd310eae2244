"""What each table and column of a graph means, in plain words: the data dictionary, read from two data files."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """One column: its unit or form (empty for plain text), when it is null (empty if never), and its meaning."""

    table: str
    column: str
    unit: str
    null: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TableDescription:
    """One table: what its rows are, and what they become in RDF."""

    table: str
    rows: str
    rdf: str


@cache
def table_descriptions() -> Mapping[str, TableDescription]:
    """All tables by name."""
    return MappingProxyType({row["table"]: TableDescription(**row) for row in _rows("tables.csv")})


@cache
def column_descriptions() -> Mapping[tuple[str, str], ColumnDescription]:
    """All columns by table and name."""
    return MappingProxyType({(row["table"], row["column"]): ColumnDescription(**row) for row in _rows("columns.csv")})


def _rows(name: str) -> list[dict[str, str]]:
    # In a separate folder, because the digest of the lists, which every graph holds, covers all files of `data`.
    text = (files("newsgraph") / "data" / "descriptions" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
