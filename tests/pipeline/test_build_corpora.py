"""The seed and both corpora, built: offsets, evidence, Turtle, shapes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Graph

from folders import wrong_offsets
from newsgraph.core.graph_tables import GraphTables
from newsgraph.export import write
from newsgraph.shacl.validation import check


@pytest.mark.parametrize("corpus", ["seed_graph", "news_graph", "powerapps_graph"])
def test_every_offset_cuts_out_its_mention(request: pytest.FixtureRequest, corpus: str) -> None:
    graph: GraphTables = request.getfixturevalue(corpus)

    assert graph["mentions"].height > 20
    assert wrong_offsets(graph) == []


@pytest.mark.parametrize("corpus", ["seed_graph", "news_graph", "powerapps_graph"])
def test_every_report_has_its_evidence_in_its_article(request: pytest.FixtureRequest, corpus: str) -> None:
    graph: GraphTables = request.getfixturevalue(corpus)
    lengths = {iri: len(text) for iri, text in graph["articles"].select("iri", "text").iter_rows()}

    rows = list(graph["reports"].select("article", "start", "end").iter_rows())
    assert [row for row in rows if not 0 <= row[1] < row[2] <= lengths[row[0]]] == []


@pytest.mark.parametrize("corpus", ["seed_graph", "news_graph", "powerapps_graph"])
def test_turtle_of_real_documents_parses_in_both_libraries(request: pytest.FixtureRequest, tmp_path: Path, corpus: str) -> None:
    write(request.getfixturevalue(corpus), tmp_path, ["turtle"])
    path = tmp_path / "graph.ttl"

    assert len(Graph().parse(path)) == len(set(ox.parse(path=str(path)))) > 500


@pytest.mark.parametrize("corpus", ["news_graph", "powerapps_graph"])
def test_a_corpus_keeps_the_shapes(request: pytest.FixtureRequest, corpus: str) -> None:
    assert [finding.line() for finding in check(request.getfixturevalue(corpus))] == []


@pytest.mark.parametrize("corpus", ["news_graph", "powerapps_graph"])
def test_every_story_of_a_corpus_has_two_articles_and_each_article_one_address(request: pytest.FixtureRequest, corpus: str) -> None:
    graph = request.getfixturevalue(corpus)
    articles = graph["articles"]

    assert graph["stories"]["size"].min() >= 2
    assert graph["stories"]["size"].sum() == articles["story"].count()
    assert articles["url"].drop_nulls().is_duplicated().sum() == 0
