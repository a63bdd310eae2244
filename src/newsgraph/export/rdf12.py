"""RDF 1.2: graph-rdf12.ttl, the Turtle file with the event or relation that each edge between two companies follows from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.rdf.edge_statements import shortcut_edges
from newsgraph.rdf.graph_statements import dataset
from newsgraph.rdf.relation_statements import relation_edges
from newsgraph.rdf.statement_file import write_text
from newsgraph.rdf.terms import iri
from newsgraph.rdf.turtle_layout import TurtleSerializer, address, header


def write_rdf12(graph: GraphTables, folder: Path, workers: int = 1) -> tuple[Path, ...]:
    """Write `graph-rdf12.ttl` and return its path.

    It contains all statements of `graph.ttl` unchanged, so that a reader who ignores the events loses nothing.
    """
    base = dataset(graph)["base"]
    path = folder / "graph-rdf12.ttl"
    write_text(graph, TurtleSerializer(base), path, f'VERSION "1.2"\n{header(base)}', workers)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.writelines(_reifiers(graph, base))
        file.writelines(_relation_reifiers(graph, base))
    return (path,)


def _relation_reifiers(graph: GraphTables, base: str) -> Iterator[str]:
    for values in relation_edges(graph):
        source, target, relation = (address(iri(values[at]).value, base) for at in (0, 2, 3))
        yield f"{source} {values[1]} {target} ~ {relation} .\n"


def _reifiers(graph: GraphTables, base: str) -> Iterator[str]:
    edges = shortcut_edges(graph)
    if edges:
        yield "\n# ---- Edges and the events they were made from ----\n\n"
    for edge in edges:
        source, target = (address(iri(value).value, base) for value in (edge.source, edge.target))
        for event in edge.events:
            yield f"{source} {edge.property} {target} ~ {address(iri(event).value, base)} .\n"
