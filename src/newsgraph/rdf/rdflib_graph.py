"""The graph as an rdflib graph, for further work in Python."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import PREFIXES, expand
from newsgraph.rdf.graph_statements import blocks
from newsgraph.rdf.terms import Iri, Term


def to_rdflib(graph: GraphTables) -> Graph:
    """Return all statements as one rdflib graph with newsgraph's prefixes bound; named graphs are merged."""
    return rdflib_graph((block.subject, expand(predicate), value) for block in blocks(graph) for predicate, value in block.pairs)


def rdflib_graph(triples: Iterable[tuple[str, str, Term]]) -> Graph:
    """Return an rdflib graph of triples: a subject, a property (both full IRIs) and an object."""
    result = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        result.bind(prefix, space)
    for subject, prop, value in triples:
        result.add((URIRef(subject), URIRef(prop), _node(value)))
    return result


def _node(value: Term) -> URIRef | Literal:
    if isinstance(value, Iri):
        return URIRef(value.value)
    if value.language:
        return Literal(value.text, lang=value.language)
    return Literal(value.text, datatype=URIRef(expand(value.datatype)) if value.datatype else None)
