"""TriG: graph.trig, readable like Turtle, with one named graph for each source document."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.trig_file import write_trig_file


def write_trig(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.trig` and return its path."""
    path = folder / "graph.trig"
    write_trig_file(graph, path)
    return (path,)
