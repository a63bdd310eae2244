"""Neo4j: the folder neo4j/ with CSV files for the bulk import, whose headers name ids, labels and types."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import polars as pl

from newsgraph.core.graph_tables import BOOL, DAY, INT, NAMES, NODE_TABLES, NUM, TIME, GraphTables, edges, nodes
from newsgraph.core.vocabulary import NODE_KINDS

_TYPES: dict[pl.DataType, str] = {INT: "long", NUM: "double", BOOL: "boolean", TIME: "datetime", DAY: "date", NAMES: "string[]"}
LIST_MARK = "\x1f"
"""What separates the values of a list: U+001F, which no text needs. The import is told by `--array-delimiter=U+001F`."""
RELATIONSHIPS = "relationships"


def write_neo4j(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `neo4j/KIND.csv` for each kind of node and `neo4j/relationships.csv`, and return their paths.

    Ids are IRIs. A node has its kind as label (`Company`) and the columns of its table as properties, and `label` as `name` if its table has
    no such column. A relationship has its kind in capitals as type (`INVESTED_IN`). The files are for `neo4j-admin database import full`.
    """
    (folder / "neo4j").mkdir(exist_ok=True)
    labels = dict(nodes(graph).select("iri", "label").iter_rows())
    paths = [_write_nodes(graph[table], labels, kind, folder / "neo4j" / f"{kind}.csv") for table, kind in NODE_TABLES.items()]
    return (*paths, _write_edges(edges(graph), labels, folder / "neo4j" / f"{RELATIONSHIPS}.csv"))


def _write_nodes(data: pl.DataFrame, labels: dict[str, str | None], kind: str, path: Path) -> Path:
    names = "name" in data.columns
    properties = [column for column in data.columns if column != "iri"]
    header = ["iri:ID", *([] if names else ["name:string"]), *(_typed(column, data.schema[column]) for column in properties), ":LABEL"]
    label = NODE_KINDS[kind].label
    rows = ((iri, *([] if names else [labels[iri]]), *values, label) for iri, *values in data.select("iri", *properties).iter_rows())
    return _write(path, header, rows)


def _write_edges(data: pl.DataFrame, known: dict[str, str | None], path: Path) -> Path:
    properties = ("role", "weight", "confidence", "event")
    header = [":START_ID", ":END_ID", ":TYPE", *(_typed(column, data.schema[column]) for column in properties)]
    rows = data.select("source", "target", pl.col("kind").str.to_uppercase(), *properties).iter_rows()
    return _write(path, header, (row for row in rows if row[0] in known and row[1] in known))


def _typed(column: str, kind: pl.DataType) -> str:
    return f"{column}:{_TYPES.get(kind, 'string')}"


def _write(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(list(_cells(row)) for row in rows)
    return path


def _cells(row: Sequence[object]) -> Iterator[str | None]:
    for value in row:
        if isinstance(value, list):
            yield LIST_MARK.join(_plain(str(part)) for part in value) or None
        elif isinstance(value, bool):
            yield str(value).lower()
        elif isinstance(value, datetime):
            yield value.isoformat().replace("+00:00", "Z")
        elif isinstance(value, date):
            yield value.isoformat()
        else:
            yield None if value is None else _plain(str(value))


def _plain(text: str) -> str:
    """Return a text without the mark that separates the values of a list, and without NUL, which the import takes for an end."""
    return text.replace(LIST_MARK, " ").replace("\0", "\ufffd")
