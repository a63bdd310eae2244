"""GEXF: graph.gexf, for Gephi."""

from __future__ import annotations

from pathlib import Path

from networkx.readwrite.gexf import GEXFWriter

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.network import flat, to_networkx


def write_gexf(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.gexf` and return its path; lists are JSON texts, times are ISO texts."""
    network = flat(to_networkx(graph))
    for _, _, attributes in network.edges(data=True):
        attributes["label"] = attributes["kind"]
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network)
    for meta in [child for child in writer.xml if child.tag.endswith("meta")]:
        writer.xml.remove(meta)  # it contains today's date, but equal graphs must give equal files
    path = folder / "graph.gexf"
    with path.open("wb") as file:
        writer.write(file)
    return (path,)
