"""GraphML: graph.graphml, for yEd, Gephi, Cytoscape and igraph."""

from __future__ import annotations

from pathlib import Path

import networkx as nx

from newsgraph.core.graph_tables import GraphTables
from newsgraph.export.network import to_networkx


def write_graphml(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.graphml` and return its path; lists are JSON texts, times are ISO texts."""
    path = folder / "graph.graphml"
    # not write_graphml: it uses lxml if that is installed, which writes other bytes
    nx.write_graphml_xml(to_networkx(graph), path)
    return (path,)
