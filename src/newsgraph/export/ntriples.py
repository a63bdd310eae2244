"""N-Triples: graph.nt, one statement a line, without prefixes or graphs."""

from __future__ import annotations

from pathlib import Path

from newsgraph.export.rdf_terms import plain
from newsgraph.export.statements import blocks
from newsgraph.graph import GraphTables
from newsgraph.vocabulary import expand


def write_ntriples(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.nt` and give its path."""
    path = folder / "graph.nt"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for block in blocks(graph):
            file.writelines(f"<{block.subject}> <{expand(predicate)}> {plain(value)} .\n" for predicate, value in block.pairs)
    return (path,)
