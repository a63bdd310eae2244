"""Which nodes the page holds, and the number of each: counted kind by kind."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from newsgraph.core.graph_tables import GraphTables, nodes

KINDS = ("company", "event", "story", "topic", "organisation", "person", "product", "place", "provider", "article")
MOST = 100_000  # above, a browser's tab takes too long to open; measured by benchmarks/page.py
KEPT = 20_000  # things of a larger graph that are shown: what a map can still tell apart


@dataclass(frozen=True)
class NodeNumbers:
    """The nodes of a page in order, with kind, label and the number of articles behind each; `total` counts those of the graph."""

    frame: pl.DataFrame
    total: int

    @property
    def complete(self) -> bool:
        """Whether every node of the graph is here."""
        return self.frame.height == self.total

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Give the number of each IRI."""
        return {iri: number for number, iri in enumerate(self.frame["iri"])}

    def range(self, kind: str) -> tuple[int, int]:
        """Give the first number of a kind and one past its last."""
        rows = self.frame["kind"] == kind
        first = int(rows.arg_max() or 0) if rows.any() else 0
        return first, first + int(rows.sum())

    def counts(self) -> dict[str, int]:
        """Count the nodes of each kind that is here, in order."""
        counted = dict(self.frame.group_by("kind").len().iter_rows())
        return {kind: counted[kind] for kind in KINDS if kind in counted}


def node_numbers(graph: GraphTables) -> NodeNumbers:
    """Give the nodes their numbers: articles by time (those without one last), all others the most told first.

    Of a graph with more than 100,000 nodes only the 20,000 most told are taken, and no articles.
    """
    published = graph["articles"].select("iri", "published")
    known = nodes(graph).join(published, on="iri", how="left")
    ordered = known.with_columns(pl.col("kind").cast(pl.Enum(KINDS)).to_physical().alias("place")).sort(
        "place", "published", pl.col("articles").fill_null(0), "iri", descending=[False, False, True, False], nulls_last=True
    )
    if known.height > MOST:
        kept = known.filter(pl.col("kind") != "article").sort(pl.col("articles").fill_null(0), "iri", descending=[True, False]).head(KEPT)
        ordered = ordered.join(kept.select("iri"), on="iri", how="semi", maintain_order="left")
    return NodeNumbers(ordered.select("iri", "kind", "label", "articles"), known.height)
