"""The nodes of a page and their numbers, kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.core.limits import PAGE_NODES

KINDS = ("company", "event", "story", "topic", "organisation", "person", "product", "place", "provider", "article")
REDUCED_NODES = 20_000  # nodes of a larger graph that are shown: as many as a map can show distinctly


@dataclass(frozen=True)
class NodeNumbers:
    """The nodes of a page in order, with kind, label and number of articles; `total` is the number of nodes in the graph."""

    frame: pl.DataFrame
    total: int

    @property
    def complete(self) -> bool:
        """Whether the page contains every node of the graph."""
        return self.frame.height == self.total

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The number of each IRI."""
        return {iri: number for number, iri in enumerate(self.frame["iri"])}

    def range(self, kind: str) -> tuple[int, int]:
        """Return the first number of a kind and one past the last."""
        rows = self.frame["kind"] == kind
        first = int(rows.arg_max() or 0) if rows.any() else 0
        return first, first + int(rows.sum())

    def counts(self) -> dict[str, int]:
        """Return the number of nodes of each kind that occurs, in order."""
        counted = dict(self.frame.group_by("kind").len().iter_rows())
        return {kind: counted[kind] for kind in KINDS if kind in counted}


def node_numbers(graph: GraphTables) -> NodeNumbers:
    """Assign numbers to the nodes: articles by time (those without a time last), others by decreasing number of articles.

    Of a graph with more than 100,000 nodes, only the 20,000 nodes with most articles are included, and no articles.
    """
    published = graph["articles"].select("iri", "published")
    all_nodes = nodes(graph).join(published, on="iri", how="left")
    ordered = all_nodes.with_columns(pl.col("kind").cast(pl.Enum(KINDS)).to_physical().alias("place")).sort(
        "place", "published", pl.col("articles").fill_null(0), "iri", descending=[False, False, True, False], nulls_last=True
    )
    if all_nodes.height > PAGE_NODES:
        chosen = (
            all_nodes.filter(pl.col("kind") != "article")
            .sort(pl.col("articles").fill_null(0), "iri", descending=[True, False])
            .head(REDUCED_NODES)
        )
        ordered = ordered.join(chosen.select("iri"), on="iri", how="semi", maintain_order="left")
    return NodeNumbers(ordered.select("iri", "kind", "label", "articles"), all_nodes.height)
