"""The values of a thing's fields, and one line that tells it from others of its name."""

from __future__ import annotations

from html import unescape
from typing import Any

from newsgraph.core.graph_tables import NODE_TABLES
from newsgraph.server.graph_view import GraphView
from newsgraph.server.node_fields import node_fields

KIND_TABLES = {kind: table for table, kind in NODE_TABLES.items()}
"""The table of each kind of node."""
_TELLING = ("country", "sectors", "employers", "domain", "type", "when", "published", "first")


def field_values(view: GraphView, iri: str, kind: str, field: str) -> list[Any]:
    """Return the values of one field of a thing, none if its kind has no such field."""
    table = KIND_TABLES[kind]
    if field not in node_fields(table):
        return []
    ((value,),) = view.lookup.values(table, {"iri": [iri]}, field)
    values = value if isinstance(value, list) else [value]
    return [unescape(one) if isinstance(one, str) else one for one in values if one is not None]


def field_texts(view: GraphView, iri: str, kind: str, field: str) -> frozenset[str]:
    """Return the values of a field as texts in lower case; of a link to another thing, its identifier and its label."""
    values = [str(value) for value in field_values(view, iri, kind, field)]
    return frozenset(text.casefold() for value in values for text in (value, view.names.labels.get(value, value)))


def summary_of(view: GraphView, iri: str, kind: str) -> str:
    """Return one line about a thing: what tells it from others, and how many articles name it."""
    row = view.lookup.rows(KIND_TABLES[kind], {"iri": [iri]}).row(0, named=True)
    parts = [_text(row[column]) for column in _TELLING if row.get(column)]
    count = row.get("articles", row.get("size"))
    return ", ".join([*parts, *([f"{count:,} article{'' if count == 1 else 's'}"] if count is not None else [])])


def _text(value: Any) -> str:  # noqa: ANN401 - any value of a table
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:%Y-%m-%d}" if hasattr(value, "strftime") else str(value)
