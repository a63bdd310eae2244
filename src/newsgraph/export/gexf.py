"""GEXF: graph.gexf, for Gephi, with the colour of each kind, a size by articles, and the day from which each node and edge is known."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from pathlib import Path
from typing import Any

import networkx as nx
from networkx.readwrite.gexf import GEXFWriter

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import NODE_KINDS
from newsgraph.export.network import to_networkx

_LEAST, _STEP = 3.0, 2.0  # size of a node without articles, and what grows with the square root of their number
_DAY = len("2024-05-01")
_DATED = {"article": ("published",), "event": ("date", "first"), "story": ("first",)}


def write_gexf(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.gexf` and return its path; lists are JSON texts, times are ISO texts.

    `start` of an article is the day of its publication, of an event its own day or that of its first report, of everything else the day of
    the first article that is linked to it; an edge starts with the later of its ends. What has no day is always there.
    """
    network = to_networkx(graph)
    days = _days(network)
    for iri, attributes in network.nodes(data=True):
        attributes["viz"] = _look(attributes)
        if day := days.get(iri):
            attributes["start"] = day
    for source, target, attributes in network.edges(data=True):
        attributes["label"] = attributes["kind"]
        if day := max(filter(None, (days.get(source), days.get(target))), default=""):
            attributes["start"] = day
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(network)
    for meta in [child for child in writer.xml if child.tag.endswith("meta")]:
        writer.xml.remove(meta)  # it contains today's date, but equal graphs must give equal files
    path = folder / "graph.gexf"
    with path.open("wb") as file:
        writer.write(file)
    return (path,)


def _look(attributes: dict[str, Any]) -> dict[str, Any]:
    """Return the colour and size of a node."""
    colour = NODE_KINDS[attributes["kind"]].colour
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    articles = attributes.get("articles", attributes.get("size", 0))
    return {"color": {"r": red, "g": green, "b": blue, "a": 1.0}, "size": round(_LEAST + _STEP * sqrt(articles), 2)}


def _days(network: nx.MultiDiGraph[str]) -> dict[str, str]:
    """Return the first day of each node that has one."""
    days: dict[str, str] = {}
    for iri, attributes in network.nodes(data=True):
        values = (attributes.get(column) for column in _DATED.get(attributes["kind"], ()))
        if day := next(filter(None, values), None):
            days[iri] = day[:_DAY]
    articles = {iri: day for iri, day in days.items() if network.nodes[iri]["kind"] == "article"}
    for article, other in _links(network.edges(), articles):
        if network.nodes[other]["kind"] not in _DATED:
            days[other] = min(days.get(other, articles[article]), articles[article])
    return days


def _links(edges: Iterable[tuple[str, str]], articles: dict[str, str]) -> Iterable[tuple[str, str]]:
    for source, target in edges:
        if source in articles:
            yield source, target
        elif target in articles:
            yield target, source
