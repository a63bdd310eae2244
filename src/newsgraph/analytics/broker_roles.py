"""Brokers: companies between communities that have little else in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import networkx as nx
import polars as pl

from newsgraph.analytics.appearances import with_names
from newsgraph.analytics.community_detection import divide, engine_for
from newsgraph.analytics.company_links import linked_companies
from newsgraph.core.graph_tables import GraphTables

_WHOLE = 500  # companies up to which betweenness is exact
_SAMPLES = 200  # companies that paths go out from in a larger network
_SEED = 20210301
_SCHEMA = {
    "company": pl.String, "betweenness": pl.Float64, "participation": pl.Float64, "constraint": pl.Float64, "effective_size": pl.Float64,
    "neighbours": pl.Int64, "communities": pl.Int64,
}  # fmt: skip


def brokers(graph: GraphTables, named: pl.DataFrame, links: pl.DataFrame, engine: str) -> pl.DataFrame:
    """Return the companies with neighbours in several communities; see `Analytics.brokers`."""
    group_of = {iri: number for number, members in enumerate(divide(named, engine_for(engine)).communities) for iri in members}
    network = linked_companies(links)
    across = [iri for iri in network if len(_reached(network, iri, group_of)) > 1]
    between = _betweenness(network, engine) if across else {}
    constraint = nx.constraint(network, nodes=across, weight="weight") if across else {}
    effective = nx.effective_size(network, nodes=across, weight="weight") if across else {}
    rows = [
        {
            "company": iri, "betweenness": round(between[iri], 6), "participation": _participation(network, iri, group_of),
            "constraint": round(constraint[iri], 6), "effective_size": round(effective[iri], 4), "neighbours": network.degree(iri),
            "communities": len(_reached(network, iri, group_of)),
        }
        for iri in across
        if between[iri] > 0
    ]  # fmt: skip
    ranked = pl.DataFrame(rows, schema=_SCHEMA).sort(["betweenness", "participation", "company"], descending=[True, True, False])
    return with_names(graph, ranked, "company")


def _reached(network: nx.Graph[str], iri: str, group_of: Mapping[str, int]) -> Counter[int]:
    """Return the weight of the links of a company by the community that they lead to; its own is one of them."""
    weights: Counter[int] = Counter()
    for neighbour in network[iri]:
        if neighbour in group_of:
            weights[group_of[neighbour]] += network.edges[iri, neighbour]["weight"]
    return weights


def _participation(network: nx.Graph[str], iri: str, group_of: Mapping[str, int]) -> float:
    """Return how evenly the links of a company lead to communities: 0 all to one, towards 1 to many (Guimerà and Amaral 2005)."""
    weights = _reached(network, iri, group_of)
    total = sum(weights.values())
    return round(1 - sum((weight / total) ** 2 for weight in weights.values()), 6)


def _betweenness(network: nx.Graph[str], engine: str) -> dict[str, float]:
    if engine == "networkit":
        return _betweenness_by_networkit(network)
    count = None if len(network) <= _WHOLE else _SAMPLES
    values: dict[str, float] = nx.betweenness_centrality(network, k=count, weight="distance", seed=_SEED)
    return values


def _betweenness_by_networkit(network: nx.Graph[str]) -> dict[str, float]:
    import networkit  # noqa: PLC0415 - large and optional; `divide` has found it already

    networkit.setNumberOfThreads(1)
    number = {iri: place for place, iri in enumerate(network)}
    graph = networkit.Graph(len(number), weighted=True)
    for one, other, attributes in network.edges(data=True):
        graph.addEdge(number[one], number[other], attributes["distance"])
    scores = networkit.centrality.Betweenness(graph, normalized=True).run().scores()
    return dict(zip(network, scores, strict=True))
