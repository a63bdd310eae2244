"""The part of a graph that a SHACL engine needs in order to judge some nodes as in the whole graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from newsgraph.core.vocabulary import expand
from newsgraph.query.statement_columns import StatementColumns, Triple


def subgraph_around(columns: StatementColumns, iris: Iterable[str], properties: Iterable[str] = ()) -> Iterator[Triple]:
    """Yield the statements about some nodes, the classes and `properties` (full IRIs) of all nodes in these, and `rdfs:subClassOf`.

    Statements are about a node if it is their subject or object. Constraints depend on a node, its values, and the values' own terms and classes, and on nothing else.
    """
    nodes = pl.Series([columns.numbers[iri] for iri in iris], dtype=pl.UInt32())
    near = {
        prop: pairs.filter(pl.col("subject").is_in(nodes.implode()) | pl.col("object").is_in(nodes.implode()))
        for prop, pairs in columns.pairs.items()
    }
    neighbours = pl.concat(
        [nodes.alias("node"), *(pairs[side].alias("node") for pairs in near.values() for side in pairs.columns)]
    ).unique()
    for prop in (expand("rdf:type"), *properties):
        near[prop] = columns.of(prop).filter(pl.col("subject").is_in(neighbours.implode()))
    near[expand("rdfs:subClassOf")] = columns.of(expand("rdfs:subClassOf"))
    for prop, pairs in near.items():
        for subject, value in pairs.iter_rows():
            yield columns.terms.item(subject, "text"), prop, columns.term(value)
