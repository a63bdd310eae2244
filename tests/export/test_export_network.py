"""The networkx graphs hold the nodes and edges of the tables, and GraphML and GEXF read back."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx

from newsgraph.core.graph_tables import edges, nodes
from newsgraph.export.gexf import write_gexf
from newsgraph.export.graphml import write_graphml
from newsgraph.export.network import company_network, to_networkx
from sample import ACME, ALPHA, BOLT, CANE, DUNE, GAMMA, HOSTILE, MONEY, sample_graph


def test_networkx_has_every_node_and_edge_of_the_tables() -> None:
    graph = sample_graph()
    network = to_networkx(graph)
    assert set(network) == set(nodes(graph)["iri"])
    assert network.number_of_edges() == edges(graph).height


def test_typed_attributes_have_the_types_of_the_tables() -> None:
    network = to_networkx(sample_graph(), typed=True)
    assert network.nodes[ALPHA]["published"] == datetime(2024, 5, 1, 6, 30, tzinfo=UTC)
    assert network.nodes[ACME]["aliases"] == ["Acme Inc.", "ACME"]
    assert network.nodes[MONEY]["amount"] == 1500000.0


def test_networkx_can_write_the_network_as_it_is(tmp_path: Path) -> None:
    network = to_networkx(sample_graph())
    nx.write_graphml(network, tmp_path / "own.graphml")
    back = nx.read_graphml(tmp_path / "own.graphml", force_multigraph=True)
    assert {iri: back.nodes[iri] for iri in back} == {iri: network.nodes[iri] for iri in network}
    assert network.nodes[ALPHA]["published"] == "2024-05-01T06:30:00Z"


def test_attributes_without_value_are_absent() -> None:
    assert not {"lei", "aliases", "legal_name"} & set(to_networkx(sample_graph()).nodes[CANE])


def test_edges_of_several_kinds_stand_side_by_side() -> None:
    kinds = {held["kind"] for held in to_networkx(sample_graph()).get_edge_data(ACME, BOLT).values()}
    assert kinds == {"invested_in", "partnered_with"}


def test_companies_are_linked_by_shared_articles_and_events() -> None:
    network = company_network(sample_graph())
    assert network.edges[ACME, BOLT] == {"articles": 2, "main_articles": 0, "events": 3, "weight": 5}
    assert network.edges[CANE, DUNE] == {"articles": 1, "main_articles": 0, "events": 1, "weight": 2}


def test_the_company_network_holds_companies_alone() -> None:
    assert set(company_network(sample_graph())) == {ACME, BOLT, CANE, DUNE}


def test_graphml_reads_back_with_its_hostile_title(tmp_path: Path) -> None:
    (path,) = write_graphml(sample_graph(), tmp_path)
    back = nx.read_graphml(path, force_multigraph=True)
    assert back.nodes[GAMMA]["title"] == HOSTILE.replace("\x07", "\ufffd")
    assert back.number_of_edges() == edges(sample_graph()).height


def test_graphml_writes_lists_as_json(tmp_path: Path) -> None:
    (path,) = write_graphml(sample_graph(), tmp_path)
    assert json.loads(nx.read_graphml(path, force_multigraph=True).nodes[ACME]["aliases"]) == ["Acme Inc.", "ACME"]


def test_gexf_reads_back_with_every_edge(tmp_path: Path) -> None:
    (path,) = write_gexf(sample_graph(), tmp_path)
    back = nx.read_gexf(path, version="1.2draft")
    assert back.number_of_edges() == edges(sample_graph()).height
    assert back.nodes[ACME]["label"] == "Acme"


def test_gexf_holds_no_date_of_writing(tmp_path: Path) -> None:
    (path,) = write_gexf(sample_graph(), tmp_path)
    assert "lastmodifieddate" not in path.read_text("utf-8")


def test_gexf_has_colours_sizes_and_days(tmp_path: Path) -> None:
    (path,) = write_gexf(sample_graph(), tmp_path)
    root = ET.parse(path).getroot()  # noqa: S314 - written just now
    spaces = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}
    assert {root.find("g:graph", spaces).get(name) for name in ("mode", "timeformat")} == {"dynamic", "date"}  # type: ignore[union-attr]
    nodes_by_iri = {node.get("id"): node for node in root.iterfind(".//g:node", spaces)}
    colours = {iri: node.find("viz:color", spaces).attrib for iri, node in nodes_by_iri.items()}  # type: ignore[union-attr]
    assert colours[ACME] == {"r": "0", "g": "114", "b": "178", "a": "1.0"}
    sizes = {iri: float(node.find("viz:size", spaces).get("value")) for iri, node in nodes_by_iri.items()}  # type: ignore[union-attr,arg-type]
    assert sizes[ACME] > sizes[DUNE]
    days = {iri: node.get("start") for iri, node in nodes_by_iri.items()}
    assert (days[ALPHA], days[ACME], days[GAMMA]) == ("2024-05-01", "2024-05-01", None)
    starts = [edge.get("start") for edge in root.iterfind(".//g:edge", spaces) if edge.get("source") == ALPHA]
    assert set(starts) == {"2024-05-01"}
