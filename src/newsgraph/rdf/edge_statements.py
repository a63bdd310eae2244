"""The RDF statements about edges between the parties of events, and about what each edge is based on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from newsgraph.core.graph_tables import GraphTables, shortcuts
from newsgraph.core.vocabulary import EDGE_KINDS
from newsgraph.rdf.event_statements import event_articles
from newsgraph.rdf.relation_statements import relation_edges
from newsgraph.rdf.terms import Block, Pair, decimal, integer, iri, make_pairs, name

SECTION = "Edges and their evidence"


@dataclass(frozen=True, slots=True)
class ShortcutEdge:
    """An edge between two nodes in one direction, and the events that it follows from, sorted; all but the property are IRIs."""

    source: str
    property: str  # a prefixed name
    target: str
    events: tuple[str, ...]
    confidence: float | None  # the highest of the events


def shortcut_edges(graph: GraphTables) -> list[ShortcutEdge]:
    """Return the edges between parties as in RDF, sorted; a symmetric edge is listed in both directions."""
    edges: dict[tuple[str, str, str], dict[str, float]] = {}
    for source, target, kind_name, event, confidence in (
        shortcuts(graph).select("source", "target", "kind", "event", "confidence").iter_rows()
    ):
        kind = EDGE_KINDS[kind_name]
        ends = [(source, target), (target, source)] if kind.symmetric else [(source, target)]
        for start, end in ends:
            edges.setdefault((start, kind.property, end), {})[event] = confidence or 0.0
    return [ShortcutEdge(*edge, tuple(sorted(events)), max(events.values()) or None) for edge, events in sorted(edges.items())]


EdgesOfNodes = Mapping[str, Sequence[Pair]]
"""Edges as pairs of predicate and object, by the IRI of their source."""


def edges_by_source(graph: GraphTables) -> EdgesOfNodes:
    """Return the edges of events and the relations that last as pairs of predicate and object, by the IRI of their source."""
    pairs: dict[str, dict[Pair, None]] = {}
    for edge in shortcut_edges(graph):
        pairs.setdefault(edge.source, {})[edge.property, iri(edge.target)] = None
    for source, prop, target, _ in relation_edges(graph):
        pairs.setdefault(source, {})[prop, iri(target)] = None
    return {source: list(found) for source, found in pairs.items()}


def edge_evidence(graph: GraphTables, home: str, base: str) -> Iterator[Block]:
    """Describe what each edge is based on: its events, and the articles that report them.

    RDF 1.1 has no statements about statements, so each edge also is a node with subject, predicate and object.
    """
    articles: Mapping[str, list[str]] = dict(event_articles(graph).group_by("event").agg(pl.col("article").sort()).iter_rows())
    for edge in shortcut_edges(graph):
        reporting = sorted({article for event in edge.events for article in articles.get(event, ())})
        pairs = make_pairs(
            ("rdf:type", (name("ng:Evidence"), name("rdf:Statement"))),
            ("rdf:subject", iri(edge.source)),
            ("rdf:predicate", name(edge.property)),
            ("rdf:object", iri(edge.target)),
            ("ng:confidence", decimal(edge.confidence)),
            ("ng:articleCount", integer(len(reporting)) if reporting else None),
            ("prov:wasDerivedFrom", [iri(value) for value in (*edge.events, *reporting)]),
        )
        yield Block(SECTION, home, _address(edge, base), pairs)


def _address(edge: ShortcutEdge, base: str) -> str:
    """Return the IRI of the evidence of an edge: `company/acme#acquired=company/bolt` below the base."""
    return iri(f"{edge.source}#{edge.property.removeprefix('ng:')}={edge.target.removeprefix(base)}").value
