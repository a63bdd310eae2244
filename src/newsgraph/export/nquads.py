"""N-Quads: graph.nq, one statement a line with the graph that says it."""

from __future__ import annotations

from pathlib import Path

from newsgraph.export.rdf_lines import LinesPen
from newsgraph.export.statements import pieces
from newsgraph.graph import GraphTables


def write_nquads(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.nq` and give its path."""
    path = folder / "graph.nq"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in pieces(graph, LinesPen(quads=True)):
            file.writelines(piece.blocks)
    return (path,)
