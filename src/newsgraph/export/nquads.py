"""N-Quads: graph.nq, one statement a line with the graph that says it."""

from __future__ import annotations

from pathlib import Path

from newsgraph.export.rdf_terms import plain
from newsgraph.export.statements import blocks
from newsgraph.graph import GraphTables
from newsgraph.vocabulary import expand


def write_nquads(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.nq` and give its path."""
    path = folder / "graph.nq"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for block in blocks(graph):
            file.writelines(
                f"<{block.subject}> <{expand(predicate)}> {plain(value)} <{block.graph}> .\n" for predicate, value in block.pairs
            )
    return (path,)
