"""TriG: graph.trig, readable like Turtle, with one named graph for each source document."""

from __future__ import annotations

from pathlib import Path

from newsgraph.export.rdf_layout import TurtlePen, address, header, paragraphs
from newsgraph.export.rdf_pen import Piece
from newsgraph.export.statements import dataset, pieces
from newsgraph.graph import GraphTables


def write_trig(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.trig` and give its path."""
    base = dataset(graph)["base"]
    graphs: dict[str, list[Piece[str]]] = {}
    for piece in pieces(graph, TurtlePen(base, "  ")):
        graphs.setdefault(piece.graph, []).append(piece)
    path = folder / "graph.trig"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header(base))
        for graph_name, held in sorted(graphs.items()):
            file.write(f"\n{address(graph_name, base)} {{\n")
            file.writelines(paragraphs(held, "  "))
            file.write("}\n")
    return (path,)
