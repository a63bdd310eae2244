"""The part of a graph that a small picture shows: companies, events, providers and topics, those that are linked to most others.

Articles are too many to draw; what they connect is linked instead.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.core.vocabulary import EDGE_KINDS, FACT_STATUSES
from newsgraph.explorer.display_text import display_text
from newsgraph.explorer.event_payload import role_label
from newsgraph.explorer.node_numbers import NodeNumbers

KINDS = ("company", "event", "provider", "topic")
_DIRECT = (
    "acquired", "actor", "bought_part_of", "broader", "invested_in", "merged_with", "parent", "part_event", "partnered_with", "sued",
    "supplies",
)  # fmt: skip
_UNDIRECTED = ("actor", "merged_with", "partnered_with")


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A node of the picture: its number on the map, its label, a note on it, and the number of nodes that it is linked to."""

    number: int
    iri: str
    kind: str
    label: str
    note: str
    degree: int


@dataclass(frozen=True, slots=True)
class DrawnEdge:
    """A link between two nodes of the picture, by their places in `Sample.nodes`.

    `firm` is false for what is planned, rumoured, denied or has ended.
    """

    source: int
    target: int
    note: str
    weight: int
    directed: bool
    firm: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """The chosen part of a graph, the nodes with most links first.

    `total` counts the nodes of these kinds, `linked` those of them that have a link, or all where nothing is linked: only they are drawn.
    """

    nodes: tuple[DrawnNode, ...]
    edges: tuple[DrawnEdge, ...]
    total: int
    linked: int


def sample(graph: GraphTables, numbering: NodeNumbers, edges: pl.DataFrame, limit: int) -> Sample:
    """Choose at most `limit` nodes of the map, those that are linked to most others, and the links between them.

    `edges` are those of `graph_tables.edges`.
    """
    known = {iri: (kind, label, count) for iri, kind, label, count in nodes(graph, *KINDS).iter_rows()}
    links = [link for link in _links(edges) if link[0] in known and link[1] in known and link[0] != link[1]]
    degrees = Counter(end for pair in {frozenset(link[:2]) for link in links} for end in pair)
    # where anything is linked at all, nodes without a link would only be dust round the picture
    linked = [iri for iri in known if degrees[iri] or not degrees]
    chosen = sorted((iri for iri in linked if iri in numbering.numbers), key=lambda iri: (-degrees[iri], iri))[:limit]
    places = {iri: place for place, iri in enumerate(chosen)}
    events = graph["events"].select("iri", "status", "when", "background")
    details = {iri: (status, when, "known from before" if background else "") for iri, status, when, background in events.iter_rows()}
    unsure = {iri for iri, (status, *_) in details.items() if status not in FACT_STATUSES}
    drawn = []
    for iri in chosen:
        kind, label, count = known[iri]
        note = ", ".join(str(part) for part in (*details.get(iri, ()), _articles(count)) if part)
        drawn.append(DrawnNode(numbering.numbers[iri], iri, kind, display_text(label) or iri, note, degrees[iri]))
    between = tuple(
        DrawnEdge(places[source], places[target], note, weight, directed, firm=not {source, target} & unsure)
        for source, target, note, weight, directed in links
        if source in places and target in places
    )
    return Sample(tuple(drawn), between, len(known), len(linked))


def _links(edges: pl.DataFrame) -> list[tuple[str, str, str, int, bool]]:
    """List what may be drawn as a link: source, target, note, weight, whether it has a direction.

    Providers and topics are linked to the events that their articles report, and to the companies in articles that report none.
    """
    links = []
    for source, target, kind, role, weight in edges.filter(pl.col("kind").is_in(_DIRECT)).select(edges.columns[:5]).iter_rows():
        note = role_label(role) if role else EDGE_KINDS[kind].label
        links.append((source, target, note, weight, kind not in _UNDIRECTED))
    by_kind = {kind: edges.filter(pl.col("kind") == kind).select("source", "target") for kind in ("tells", "mentions")}
    reported = pl.concat([by_kind["tells"], by_kind["mentions"].join(by_kind["tells"], on="source", how="anti")])
    holders = edges.filter(pl.col("kind").is_in(["published_by", "has_topic"])).select("source", pl.col("target").alias("holder"))
    counts = holders.join(reported, on="source").group_by("holder", "target").agg(pl.len())
    links += [(holder, target, f"in {_articles(count)}", count, False) for holder, target, count in counts.iter_rows()]
    return sorted(set(links))


def _articles(count: int | None) -> str:
    return "" if count is None else f"{count} article{'' if count == 1 else 's'}"
