"""Links between companies: how many happenings both are about."""

from __future__ import annotations

from collections.abc import Iterable

import networkx as nx
import polars as pl

from newsgraph.analytics.appearances import MAIN, appearances, co_mentions, with_names
from newsgraph.core.graph_tables import GraphTables


def company_links(graph: GraphTables, weights: Iterable[str] | None = MAIN) -> pl.DataFrame:
    """Return the links; see `Analytics.links`."""
    counted = co_mentions(appearances(graph, "company", weights))
    ordered = counted.sort(["happenings", "origins", "one", "other"], descending=[True, True, False, False])
    return with_names(graph, ordered, "one", "other")


def linked_companies(links: pl.DataFrame) -> nx.Graph[str]:
    """Return links as a networkx graph: `weight` counts happenings, `distance` is its inverse; nodes in order of their IRIs."""
    network: nx.Graph[str] = nx.Graph()
    network.add_nodes_from(sorted({*links["one"], *links["other"]}))
    for one, other, weight in links.sort("one", "other").select("one", "other", "happenings").iter_rows():
        network.add_edge(one, other, weight=weight, distance=1 / weight)
    return network
