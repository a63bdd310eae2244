"""N-Quads: graph.nq, one statement a line with the graph that says it."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.rdf_lines import LinesPen
from newsgraph.export.rdf_text import write_text


def write_nquads(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `graph.nq` and give its path."""
    path = folder / "graph.nq"
    write_text(graph, LinesPen(quads=True), path, workers=workers)
    return (path,)
