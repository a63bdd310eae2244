"""Turtle: graph.ttl, all statements in one readable file."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.graph_statements import dataset
from newsgraph.rdf.statement_file import write_text
from newsgraph.rdf.turtle_layout import TurtleSerializer, header


def write_turtle(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `graph.ttl` and return its path."""
    base = dataset(graph)["base"]
    path = folder / "graph.ttl"
    write_text(graph, TurtleSerializer(base), path, header(base), workers)
    return (path,)
