"""The graph as networkx graphs, for algorithms such as centrality, communities and paths."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from itertools import combinations

import networkx as nx
import polars as pl

from newsgraph.core.article_roles import MAIN_WEIGHTS
from newsgraph.core.graph_tables import NODE_TABLES, GraphTables, edges, nodes
from newsgraph.core.xml_characters import text_for_xml


def to_networkx(graph: GraphTables, *, typed: bool = False) -> nx.MultiDiGraph[str]:
    """Return all nodes and edges as a directed multigraph.

    A node's key is its IRI; its attributes are `kind`, `label` and the non-empty columns of its table. An edge's attributes are `kind`,
    `weight` and, if present, `role`, `confidence` and `event`; its key consists of kind, role and event, so that parallel edges stay
    apart. Attributes are texts and numbers, which every writer of networkx takes: lists are JSON, times ISO 8601, and what XML cannot
    hold is U+FFFD. If `typed`, they are as in the tables: lists stay lists, times are datetimes.
    """
    network = _typed_network(graph)
    return network if typed else _flat_network(network)


def _typed_network(graph: GraphTables) -> nx.MultiDiGraph[str]:
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, kind, label in nodes(graph).select("iri", "kind", "label").iter_rows():
        result.add_node(iri, kind=kind, label=label or iri)
    for table in NODE_TABLES:
        for row in graph[table].iter_rows(named=True):
            key = row.pop("iri")
            result.nodes[key].update({column: value for column, value in row.items() if value not in (None, [])})
    for row in edges(graph).iter_rows(named=True):
        key = " ".join(row[part] for part in ("kind", "role", "event") if row[part])
        attributes = {column: row[column] for column in ("kind", "role", "weight", "confidence", "event") if row[column] is not None}
        # an end without a row (a related article that no document contains) is not a node: leave the edge out
        if row["source"] in result and row["target"] in result:
            result.add_edge(row["source"], row["target"], key=key, **attributes)
    return result


def company_network(graph: GraphTables) -> nx.Graph[str]:
    """Return the companies as an undirected graph, linked if an article mentions both or an event has both as parties.

    Edge attributes: `articles` and `events`, the number of these, `weight`, the sum, and `main_articles`, the number of articles in which
    both are subject or party and not, say, an adviser or a rival. A node's `main_articles` counts those in which it is one of these.
    """
    result: nx.Graph[str] = nx.Graph()
    for iri, name, count in graph["companies"].select("iri", "name", "articles").iter_rows():
        result.add_node(iri, kind="company", label=name, articles=count or 0)
    _link(result, "articles", graph["mentions"].group_by("article", maintain_order=True).agg("company")["company"])
    main = graph["mentions"].filter(pl.col("weight").is_in([weight.value for weight in MAIN_WEIGHTS])).select("article", "company").unique()
    main = main.sort("article", "company")
    _link(result, "main_articles", main.group_by("article", maintain_order=True).agg("company")["company"])
    counts = dict(main["company"].value_counts().iter_rows())
    for iri, attributes in result.nodes(data=True):
        attributes["main_articles"] = counts.get(iri, 0)
    _link(result, "events", graph["event_roles"].group_by("event", maintain_order=True).agg("party")["party"])
    for _, _, attributes in result.edges(data=True):
        attributes["weight"] = attributes["articles"] + attributes["events"]
    return result


def _link(network: nx.Graph[str], attribute: str, groups: pl.Series) -> None:
    for group in groups:
        for one, other in _pairs(party for party in group if party in network):
            if not network.has_edge(one, other):
                network.add_edge(one, other, articles=0, events=0, main_articles=0)
            network.edges[one, other][attribute] += 1


def _pairs(names: Iterable[str]) -> Iterable[tuple[str, str]]:
    return combinations(sorted(set(names)), 2)


def _flat_network(network: nx.MultiDiGraph[str]) -> nx.MultiDiGraph[str]:
    """Return a copy whose attributes are text and numbers only: lists as JSON, times in ISO 8601.

    XML has neither lists nor most control characters; the latter become U+FFFD.
    """
    result: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    result.add_nodes_from((text_for_xml(key), _flat(attributes)) for key, attributes in network.nodes(data=True))
    for source, target, key, attributes in network.edges(keys=True, data=True):
        result.add_edge(text_for_xml(source), text_for_xml(target), key=text_for_xml(key), **_flat(attributes))
    return result


def _flat(attributes: dict[str, object]) -> dict[str, str | int | float]:
    return {name: _simple(value) for name, value in attributes.items()}


def _simple(value: object) -> str | int | float:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return text_for_xml(json.dumps(value, ensure_ascii=False))
    return value if isinstance(value, int | float) else text_for_xml(str(value))
