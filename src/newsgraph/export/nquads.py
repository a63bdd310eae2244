"""N-Quads: graph.nq, one statement a line, with its named graph."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.line_syntax import LineSerializer
from newsgraph.rdf.statement_file import write_text


def write_nquads(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `graph.nq` and return its path."""
    path = folder / "graph.nq"
    write_text(graph, LineSerializer(quads=True), path, workers=workers)
    return (path,)
