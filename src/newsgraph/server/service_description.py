"""What the SPARQL endpoint says about itself (https://www.w3.org/TR/sparql11-service-description/), and the data set that it holds."""

from __future__ import annotations

from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.rdf.terms import quoted

if TYPE_CHECKING:
    from newsgraph.server.served_graph import ServedGraph

_RDFLIB = {"turtle": "turtle", "ntriples": "nt", "rdfxml": "xml", "jsonld": "json-ld"}


def service_description(endpoint: str, served: ServedGraph, syntax: str) -> bytes:
    """Return the description of an endpoint in a syntax of `media_types.GRAPH_TYPES`."""
    prefixes = "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items())
    text = prefixes + Template(files("newsgraph").joinpath("data/server/service_description.ttl").read_text("utf-8")).substitute(
        endpoint=endpoint, dataset=f"{served.base}dataset", title=quoted(served.title), base=quoted(served.base)
    )
    if syntax == "turtle":
        return text.encode()
    import rdflib  # noqa: PLC0415 - heavy, and few clients ask for another syntax

    graph = rdflib.Graph(bind_namespaces="none")
    graph.parse(data=text, format="turtle")
    return graph.serialize(format=_RDFLIB[syntax], encoding="utf-8")
