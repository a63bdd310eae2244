"""Turtle: graph.ttl, all statements in one readable file."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.rdf_layout import TurtlePen, header
from newsgraph.export.rdf_text import write_text
from newsgraph.export.statements import dataset


def write_turtle(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `graph.ttl` and give its path."""
    base = dataset(graph)["base"]
    path = folder / "graph.ttl"
    write_text(graph, TurtlePen(base), path, header(base), workers)
    return (path,)
