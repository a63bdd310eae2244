"""Turtle: graph.ttl, all statements in one readable file."""

from __future__ import annotations

from pathlib import Path

from newsgraph.export.rdf_layout import TurtlePen, header, paragraphs
from newsgraph.export.statements import dataset, pieces
from newsgraph.graph import GraphTables


def write_turtle(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.ttl` and give its path."""
    base = dataset(graph)["base"]
    path = folder / "graph.ttl"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header(base))
        file.writelines(paragraphs(pieces(graph, TurtlePen(base))))
    return (path,)
