"""N-Triples: graph.nt, one statement a line, without prefixes or graphs."""

from __future__ import annotations

from pathlib import Path

from newsgraph.export.rdf_lines import LinesPen
from newsgraph.export.statements import pieces
from newsgraph.graph import GraphTables


def write_ntriples(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.nt` and give its path."""
    path = folder / "graph.nt"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for piece in pieces(graph, LinesPen(quads=False)):
            file.writelines(piece.blocks)
    return (path,)
