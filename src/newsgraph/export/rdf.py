"""The graph as an rdflib graph, for those who go on in Python."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef

from newsgraph.export.rdf_terms import Iri, Term
from newsgraph.export.statements import blocks
from newsgraph.graph import GraphTables
from newsgraph.vocabulary import PREFIXES, expand


def to_rdflib(graph: GraphTables) -> Graph:
    """Give all statements as one rdflib graph, with newsgraph's prefixes bound; named graphs are merged."""
    result = Graph(bind_namespaces="none")
    for prefix, space in PREFIXES.items():
        result.bind(prefix, space)
    for block in blocks(graph):
        subject = URIRef(block.subject)
        for predicate, value in block.pairs:
            result.add((subject, URIRef(expand(predicate)), _node(value)))
    return result


def _node(value: Term) -> URIRef | Literal:
    if isinstance(value, Iri):
        return URIRef(value.value)
    if value.language:
        return Literal(value.text, lang=value.language)
    return Literal(value.text, datatype=URIRef(expand(value.datatype)) if value.datatype else None)
