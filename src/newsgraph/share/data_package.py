"""The tables of a pack as a Data Package (datapackage.org): `datapackage.json`, with the type of each column and the keys of each table."""

from __future__ import annotations

import polars as pl

from newsgraph.core.column_descriptions import column_descriptions, table_descriptions
from newsgraph.core.graph_tables import BOOL, DAY, INT, NAMES, NUM, SCHEMAS, TIME, GraphTables, edges, nodes
from newsgraph.core.table_keys import FOREIGN_KEYS, PRIMARY_KEYS
from newsgraph.share.pack_card import PackCard

_TYPES: dict[pl.DataType, str] = {INT: "integer", NUM: "number", BOOL: "boolean", DAY: "date", NAMES: "array"}
_NAME = "csv/{}.csv"


def data_package(graph: GraphTables, card: PackCard) -> dict[str, object]:
    """Return the description of the CSV files of a pack."""
    stated, files = card.publication, {file.path: file for file in card.files}
    tables = {"nodes": nodes(graph), "edges": edges(graph)} | {name: graph[name] for name in SCHEMAS}
    resources = []
    for name, data in tables.items():
        file = files[_NAME.format(name)]
        resources.append({
            "name": name, "path": file.path, "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
            "bytes": file.size, "hash": f"sha256:{file.sha256}", "description": _rows(name), "schema": _schema(name, data),
        })  # fmt: skip
    return {
        "name": "newsgraph", "profile": "tabular-data-package", "id": card.iri, "title": stated.title, "description": card.description,
        "version": card.version, "licenses": [{"path": stated.license}],
        "contributors": [{"title": stated.publisher, "role": "publisher"} | ({"path": stated.publisher_iri} if stated.publisher_iri else {})],
        "sources": [{"title": name, "path": f"https://{domain}/"} for _, name, domain, _ in card.providers], "resources": resources,
    }  # fmt: skip


def _rows(table: str) -> str:
    described = table_descriptions().get(table)
    return described.rows if described else {"nodes": "One row for each node.", "edges": "One row for each edge."}[table]


def _schema(table: str, data: pl.DataFrame) -> dict[str, object]:
    keys: dict[str, object] = {}
    if key := PRIMARY_KEYS.get(table):
        keys["primaryKey"] = list(key)
    if links := FOREIGN_KEYS.get(table):
        keys["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": "" if target == table else target, "fields": list(PRIMARY_KEYS[target])}}
            for column, target in links.items()
        ]
    return {"fields": [_field(table, column, kind) for column, kind in data.schema.items()], "missingValues": [""], **keys}


def _field(table: str, column: str, kind: pl.DataType) -> dict[str, object]:
    described = column_descriptions().get((table, column))
    text = {"description": described.meaning} if described else {}
    if kind == TIME:
        return {"name": column, "type": "datetime", "format": "any", **text}
    return {"name": column, "type": _TYPES.get(kind, "string"), **text}
