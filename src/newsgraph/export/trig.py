"""TriG: graph.trig, readable like Turtle, with one named graph for each source document."""

from __future__ import annotations

from pathlib import Path

from newsgraph.export.rdf_layout import address, header, paragraphs
from newsgraph.export.rdf_terms import Block
from newsgraph.export.statements import blocks, dataset
from newsgraph.graph import GraphTables


def write_trig(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.trig` and give its path."""
    base = dataset(graph)["base"]
    graphs: dict[str, list[Block]] = {}
    for block in blocks(graph):
        graphs.setdefault(block.graph, []).append(block)
    path = folder / "graph.trig"
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(header(base))
        for graph_name, held in sorted(graphs.items()):
            file.write(f"\n{address(graph_name, base)} {{\n")
            file.writelines(paragraphs(iter(held), base, "  "))
            file.write("}\n")
    return (path,)
