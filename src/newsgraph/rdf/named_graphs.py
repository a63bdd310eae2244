"""TriG from the spans of a Turtle file: the same statements, put into their named graphs, without being written a second time."""

from __future__ import annotations

from collections import defaultdict

from newsgraph.rdf.turtle_file import TurtleFile
from newsgraph.rdf.turtle_layout import address, header


def trig_of(turtle: TurtleFile, base: str) -> bytes:
    """Return the statements of a Turtle file as TriG, graph by graph, without headings and not indented.

    Lines of Turtle mean the same in TriG, as both begin with the same prefixes.
    """
    data = turtle.path.read_bytes()
    spans: dict[str, list[bytes]] = defaultdict(list)
    end = 0
    for graph, length in turtle.index.select("graph", "bytes").iter_rows():
        start, end = end, end + length
        if graph:
            spans[graph].append(data[start:end])
    graphs = (b"%s {\n%s}\n" % (address(name, base).encode(), b"".join(texts)) for name, texts in sorted(spans.items()))
    return header(base).encode() + b"".join(graphs)
