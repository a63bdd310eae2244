"""The RDF statements about relations that last: a direct edge, and a node with its share, times, counts and articles."""

from __future__ import annotations

from collections.abc import Iterator

from newsgraph.core.graph_tables import GraphTables, holding_relations
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.rdf.sorted_rows import Row, Rows
from newsgraph.rdf.terms import Block, Pair, decimal, integer, iri, iso_time, make_pairs, name, text


def relation_edges(graph: GraphTables) -> list[tuple[str, str, str, str]]:
    """Return the edges of the relations that still hold: source, property, target and the relation's IRI, sorted.

    A relation without direction is listed both ways.
    """
    edges: set[tuple[str, str, str, str]] = set()
    for node, kind, subject, target in holding_relations(graph).select("iri", "kind", "subject", "object").iter_rows():
        edge = EDGE_KINDS[kind]
        edges.add((subject, edge.property, target, node))
        if edge.symmetric:
            edges.add((target, edge.property, subject, node))
    return sorted(edges)


def relations(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe the relations; each is also an `rdf:Statement`, so that its evidence is one step away from its edge."""
    stated = Rows(graph["lasting_relations"].select("relation", "article").unique().sort("relation", "article"), "relation", "article")
    for row in graph["merged_relations"].iter_rows(named=True):
        articles = [article for _, article in stated.take(row["iri"])]
        yield Block("Relations that last", home, iri(row["iri"]).value, _relation(row, articles))


def _relation(row: Row, articles: list[str]) -> tuple[Pair, ...]:
    return make_pairs(
        ("rdf:type", (name("ng:LastingRelation"), name("rdf:Statement"))),
        ("rdf:subject", iri(row["subject"])),
        ("rdf:predicate", name(EDGE_KINDS[row["kind"]].property)),
        ("rdf:object", iri(row["object"])),
        ("ng:share", decimal(row["percent"])),
        ("ng:since", iso_time(row["since"])),
        ("ng:until", iso_time(row["until"])),
        ("ng:articleCount", integer(row["articles"])),
        ("ng:outletCount", integer(row["outlets"])),
        ("ng:originCount", integer(row["origins"])),
        ("ng:rule", text(row["rule"])),
        ("ng:confidence", decimal(row["confidence"])),
        ("prov:wasDerivedFrom", [iri(article) for article in articles]),
    )
