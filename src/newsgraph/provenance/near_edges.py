"""The single edges at a node or between two, from the rows around them.

These are the edges of `core.graph_tables.edges` but for mentions, and for those that an event or a story states.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from newsgraph.core.row_lookup import Row
from newsgraph.provenance.nearby_rows import NearbyRows

# kind of edge, table, columns of its source and its target
_EDGES = (
    ("published_by", "articles", "iri", "provider"), ("has_topic", "article_topics", "article", "topic"),
    ("related", "relations", "article", "related"), ("tells", "reports", "article", "event"), ("tells", "totals", "article", "event"),
    ("broader", "topics", "iri", "broader"), ("made_by", "products", "iri", "maker"), ("works_for", "posts", "person", "employer"),
    ("parent", "companies", "iri", "parent"), ("part_event", "event_parts", "event", "part"), ("actor", "event_roles", "event", "party"),
    ("", "merged_relations", "subject", "object"),
)  # fmt: skip


class NearEdge(NamedTuple):
    """An edge at a node (IRIs). `role` is that of an actor, as a prefixed name; `confidence` that of the maker of a product."""

    kind: str
    source: str
    target: str
    role: str = ""
    confidence: float | None = None


def near_edges(rows: NearbyRows, first: str, second: str | None) -> list[NearEdge]:
    """Return the edges of a node or between two, sorted; of a party alone, not its roles in events: the events state them."""
    return sorted({
        edge for edge in _all(rows, first, second) if second is None or {edge.source, edge.target} == {first, second}
    }, key=lambda edge: edge[:4])  # fmt: skip


def _all(rows: NearbyRows, first: str, second: str | None) -> Iterator[NearEdge]:
    for kind, table, source, target in _EDGES:
        near = rows.where(table, **{source: first})
        if kind != "actor" or second is not None:
            near = near + rows.where(table, **{target: first})
        yield from (_edge(kind, row, source, target) for row in near if row[source] and row[target] and _holds(table, row))


def _holds(table: str, row: Row) -> bool:
    return table != "merged_relations" or row["until"] is None


def _edge(kind: str, row: Row, source: str, target: str) -> NearEdge:
    role, confidence = row["role"] if kind == "actor" else "", row["confidence"] if kind == "made_by" else None
    return NearEdge(kind or row["kind"], row[source], row[target], role or "", confidence)
