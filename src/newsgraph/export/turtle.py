"""Turtle: graph.ttl, all statements in one readable file."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.shared_work import TURTLE, SharedWork


def write_turtle(graph: GraphTables, folder: Path, workers: int = 1, shared: SharedWork | None = None) -> tuple[Path, ...]:
    """Write `graph.ttl` and return its path."""
    path = folder / TURTLE
    (shared or SharedWork()).write_turtle(graph, path, workers)
    return (path,)
