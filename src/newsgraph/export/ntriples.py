"""N-Triples: graph.nt, one statement a line, without prefixes or graphs."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.rdf_lines import LinesPen
from newsgraph.export.rdf_text import write_text


def write_ntriples(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `graph.nt` and give its path."""
    path = folder / "graph.nt"
    write_text(graph, LinesPen(quads=False), path, workers=workers)
    return (path,)
