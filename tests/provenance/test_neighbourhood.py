"""The rows around a node explain it as the whole graph does."""

from __future__ import annotations

from itertools import islice

import pytest

from conftest import ROOT
from newsgraph.core.graph_tables import GraphTables, edges, nodes
from newsgraph.core.name_lookup import name_index
from newsgraph.core.row_lookup import RowLookup, RowScan
from newsgraph.pipeline.graph_build import BuildOptions, build
from newsgraph.provenance.explanation import explain, explain_from
from newsgraph.provenance.near_edges import near_edges
from newsgraph.provenance.nearby_rows import ArticleTexts, NearbyRows
from newsgraph.provenance.neighbourhood import neighbourhood

MOST = 10_000
# mentions, and what is stated by events or by what makes articles one story
NOT_SINGLE = {
    "mentions",    "invested_in", "acquired", "bought_part_of", "merged_with", "partnered_with", "sued", "supplies", "part_of_story", "near_duplicate",
}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> GraphTables:
    decisions, companies = ROOT / "examples" / "decisions.yaml", ROOT / "examples" / "companies.csv"
    return build([ROOT / "seeds", ROOT / "examples" / "news"], BuildOptions(companies=companies, decisions=decisions))


@pytest.fixture(scope="module")
def whole(graph: GraphTables) -> NearbyRows:
    texts = ArticleTexts(lambda _: graph["articles"].select("iri", "text").rows())
    return NearbyRows({name: table.to_dicts() for name, table in graph.tables.items()}, texts)


def test_every_node_is_explained_from_its_neighbourhood_as_from_the_whole_graph(graph: GraphTables, whole: NearbyRows) -> None:
    lookup, names = RowLookup(graph), name_index(graph)
    kinds = set()
    for iri, kind in nodes(graph).select("iri", "kind").iter_rows():
        explained = explain(lookup, names, iri, None, most=MOST)
        assert explained.left_out == 0
        assert list(explained) == list(explain_from(whole, names, iri, None, limit=20)), iri
        kinds.add(kind)
    assert len(kinds) == 10


def test_every_second_pair_of_linked_nodes_is_explained_alike(graph: GraphTables, whole: NearbyRows) -> None:
    lookup, names = RowLookup(graph), name_index(graph)
    every = nodes(graph)["iri"].to_list()
    pairs = [(one, other) for number, one in enumerate(every) for other in every[number + 1 :: 7]]
    told = 0
    for one, other in islice(pairs, 0, None, 3):
        expected = list(explain_from(whole, names, one, other, limit=20))
        assert list(explain(lookup, names, one, other)) == expected, (one, other)
        told += bool(expected)
    assert told > 20


def test_the_edges_at_a_node_are_those_of_the_graph(graph: GraphTables, whole: NearbyRows) -> None:
    rows = edges(graph).filter(~edges(graph)["kind"].is_in(sorted(NOT_SINGLE))).select("kind", "source", "target", "role").rows()
    expected = {(kind, source, target, role or "") for kind, source, target, role in rows}
    found = {edge[:4] for iri in nodes(graph)["iri"] for edge in near_edges(whole, iri, None)}
    assert found == expected
    assert len({kind for kind, *_ in found}) > 10
    for kind, source, target, role in sorted(expected)[::10]:
        assert (kind, source, target, role) in {edge[:4] for edge in near_edges(whole, target, source)}


def test_the_mentions_at_a_node_are_those_of_the_graph(graph: GraphTables) -> None:
    names, lookup = name_index(graph), RowLookup(graph)
    expected = edges(graph).filter(kind="mentions").select("source", "target").rows()
    found = {
        (claim.subject, claim.object)
        for kind in ("article", "company", "person")
        for iri in nodes(graph, kind)["iri"]
        for claim in explain(lookup, names, iri, None).claims
        if claim.kind == "mentions"
    }
    assert found == set(expected)


def test_only_the_newest_articles_are_taken_and_the_others_counted(graph: GraphTables) -> None:
    company = graph["companies"].sort("articles", descending=True)["iri"][0]
    few = neighbourhood(RowLookup(graph), [company], 2)
    assert few.left_out > 0
    assert len(few.rows["articles"]) < len(neighbourhood(RowLookup(graph), [company], MOST).rows["articles"])


def test_one_statement_of_an_explanation_is_that_of_the_whole_list(graph: GraphTables) -> None:
    names = name_index(graph)
    explained = explain(RowLookup(graph), names, names.find("Sanofi"), None)
    every = list(explained)
    assert len(explained) == len(explained.claims) == len(every) > 20
    assert explained[7] == every[7]
    assert explained[5:9] == tuple(every[5:9])
    assert [statement.published for statement in every] == [explained.published(claim) for claim in explained.claims]


@pytest.mark.parametrize("kind", [RowLookup, RowScan])
def test_a_lookup_finds_rows_by_any_column_once_and_in_order(kind: type[RowLookup], graph: GraphTables) -> None:
    lookup = kind(graph)
    event = graph["event_roles"]["event"][0]
    party = graph["event_roles"].filter(event=event)["party"].drop_nulls()[0]
    rows = graph["event_roles"]
    either = rows.filter((rows["event"] == event) | (rows["party"] == party).fill_null(value=False))
    assert lookup.rows("event_roles", {"event": [event], "party": [party]}).equals(either)
    assert lookup.rows("event_roles", {"event": ["no such"]}).is_empty()
    assert lookup.count("event_roles", "event", event) == graph["event_roles"].filter(event=event).height
    assert lookup.rows("event_roles", {"event": []}).is_empty()
    assert lookup.records("event_roles", {"event": [event], "party": [party]}) == either.to_dicts()
    assert lookup.values("event_roles", {"event": [event], "party": [party]}, "role", "name") == either.select("role", "name").rows()
    assert lookup.values("event_roles", {"event": ["no such"]}, "role") == []
