"""The RDF 1.2 file says what the Turtle file says, and of each edge between two companies which events it comes from."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pytest

from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.export import EXPORTERS
from sample import ACME, BOLT, CANE, DEAL, MONEY, WORK, sample_graph

REIFIES = ox.NamedNode(f"{PREFIXES['rdf']}reifies")
PREFIX = f"PREFIX ng: <{PREFIXES['ng']}> "


def _written(graph: GraphTables, folder: Path, name: str = "rdf12") -> Path:
    (path,) = EXPORTERS[name](graph, folder)
    return path


def _store(graph: GraphTables, folder: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(_written(graph, folder)))
    return store


def _answer(store: ox.Store, question: str) -> list[tuple[str, ...]]:
    found = store.query(PREFIX + question)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(str(value)[1:-1] for value in row) for row in found)


def _renamed(graph: GraphTables, table: str, column: str, values: dict[str, str]) -> GraphTables:
    return make_tables({**graph.tables, table: graph[table].with_columns(pl.col(column).replace(values))})


@pytest.mark.parametrize("which", ["sample", "seed"])
def test_without_its_reifiers_it_holds_the_triples_of_the_turtle_file(which: str, seed_graph: GraphTables, tmp_path: Path) -> None:
    graph = sample_graph() if which == "sample" else seed_graph
    new, plain = (set(ox.parse(path=str(_written(graph, tmp_path, name)))) for name in ("rdf12", "turtle"))
    assert {quad for quad in new if quad.predicate != REIFIES} == plain
    assert new > plain


def test_a_question_gets_the_event_of_an_investment(tmp_path: Path) -> None:
    found = _answer(_store(sample_graph(), tmp_path), "SELECT ?a ?b ?e { ?a ng:investedIn ?b ~ ?e }")
    assert found == [(ACME, BOLT, MONEY)]


def test_the_seed_tells_by_which_event_sanofi_invested_in_owkin(seed_graph: GraphTables, tmp_path: Path) -> None:
    text = _written(seed_graph, tmp_path).read_text("utf-8")
    assert "\n<company/sanofi> ng:investedIn <company/owkin> ~ <event/55c24836116c> .\n" in text


def test_an_edge_without_direction_names_its_event_both_ways(tmp_path: Path) -> None:
    found = _answer(_store(sample_graph(), tmp_path), "SELECT ?a ?b ?e { ?a ng:partneredWith ?b ~ ?e }")
    assert found == [(ACME, BOLT, WORK), (BOLT, ACME, WORK)]


def test_an_edge_that_two_events_give_names_both(tmp_path: Path) -> None:
    graph = _renamed(sample_graph(), "events", "type", {"deal": "partnership"})
    found = _answer(_store(graph, tmp_path), f"SELECT ?e {{ <{ACME}> ng:partneredWith ?b ~ ?e }}")
    assert found == sorted([(DEAL,), (WORK,)])


def test_a_rumour_gives_no_edge_and_so_no_reifier(tmp_path: Path) -> None:
    assert _answer(_store(sample_graph(), tmp_path), f"SELECT ?p ?e {{ <{CANE}> ?p ?b ~ ?e }}") == []


def test_it_says_first_that_it_is_rdf_12(tmp_path: Path) -> None:
    assert _written(sample_graph(), tmp_path).read_text("utf-8").startswith('VERSION "1.2"\n@base ')


def test_a_graph_without_such_edges_is_the_turtle_file_and_its_version(tmp_path: Path) -> None:
    graph = _renamed(sample_graph(), "events", "status", {"announced": "denied"})
    new, plain = (_written(graph, tmp_path, name).read_text("utf-8") for name in ("rdf12", "turtle"))
    assert new == f'VERSION "1.2"\n{plain}'
