"""The rows around a node explain it as the whole graph does."""

from __future__ import annotations

from itertools import islice

import pytest

from conftest import ROOT
from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.core.name_lookup import NameIndex, name_index
from newsgraph.core.row_lookup import RowLookup
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.provenance.explanation import Statement, statements_between
from newsgraph.provenance.neighbourhood import neighbourhood

MOST = 10_000


def explained(graph: GraphTables, names: NameIndex, one: str, other: str | None) -> list[Statement]:
    """Explain nodes, without the decisions that would remove them: their words depend on all things of like names."""
    return [statement for statement in statements_between(graph, names, one, other, limit=20) if statement.kind != "remedy"]


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    decisions, companies = ROOT / "examples" / "decisions.yaml", ROOT / "examples" / "companies.csv"
    return build([ROOT / "seeds", ROOT / "examples" / "news"], BuildOptions(companies=companies, decisions=decisions))


def test_every_node_is_explained_from_its_neighbourhood_as_from_the_whole_graph(graph: GraphTables) -> None:
    lookup, names = RowLookup(graph), name_index(graph)
    kinds = set()
    for iri, kind in nodes(graph).select("iri", "kind").iter_rows():
        small = neighbourhood(lookup, [iri], MOST)
        assert small.left_out == 0
        assert explained(small.graph, names, iri, None) == explained(graph, names, iri, None), iri
        kinds.add(kind)
    assert len(kinds) == 10


def test_every_second_pair_of_linked_nodes_is_explained_alike(graph: GraphTables) -> None:
    lookup, names = RowLookup(graph), name_index(graph)
    every = nodes(graph)["iri"].to_list()
    pairs = [(one, other) for number, one in enumerate(every) for other in every[number + 1 :: 7]]
    told = 0
    for one, other in islice(pairs, 0, None, 3):
        expected = explained(graph, names, one, other)
        assert explained(neighbourhood(lookup, [one, other], MOST).graph, names, one, other) == expected, (one, other)
        told += bool(expected)
    assert told > 20


def test_only_the_newest_articles_are_taken_and_the_others_counted(graph: GraphTables) -> None:
    company = graph["companies"].sort("articles", descending=True)["iri"][0]
    few = neighbourhood(RowLookup(graph), [company], 2)
    assert few.left_out > 0
    assert few.graph["articles"].height < neighbourhood(RowLookup(graph), [company], MOST).graph["articles"].height


def test_a_lookup_finds_rows_by_any_column_once_and_in_order(graph: GraphTables) -> None:
    lookup = RowLookup(graph)
    event = graph["event_roles"]["event"][0]
    party = graph["event_roles"].filter(event=event)["party"].drop_nulls()[0]
    rows = graph["event_roles"]
    either = rows.filter((rows["event"] == event) | (rows["party"] == party).fill_null(value=False))
    assert lookup.rows("event_roles", {"event": [event], "party": [party]}).equals(either)
    assert lookup.rows("event_roles", {"event": ["no such"]}).is_empty()
    assert lookup.count("event_roles", "event", event) == graph["event_roles"].filter(event=event).height
