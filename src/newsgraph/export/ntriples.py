"""N-Triples: graph.nt, one statement a line, without prefixes or graphs."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.line_syntax import LineSerializer
from newsgraph.rdf.statement_file import write_text


def write_ntriples(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `graph.nt` and return its path."""
    path = folder / "graph.nt"
    write_text(graph, LineSerializer(quads=False), path, workers=workers)
    return (path,)
