"""SHACL findings in plain English."""

from __future__ import annotations

import polars as pl
import pytest
from rdflib import Graph, Literal, URIRef

from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.core.vocabulary import expand
from newsgraph.rdf.rdflib_graph import to_rdflib
from newsgraph.shacl.validation import check, check_rdf
from sample import ALPHA, BASE, BOLT, MONEY, ONE, sample_graph


def broken(subject: str, predicate: str, value: object = None) -> Graph:
    """Give the sample with the values of one property taken away, or replaced."""
    data = to_rdflib(sample_graph())
    node, property_ = URIRef(subject), URIRef(expand(predicate))
    data.remove((node, property_, None))
    if value is not None:
        data.add((node, property_, value if isinstance(value, URIRef) else Literal(value)))
    return data


def test_the_sample_keeps_its_shapes() -> None:
    assert [finding.line() for finding in check(sample_graph())] == []


@pytest.mark.parametrize("corpus", ["seed_graph", "news_graph"])
def test_real_documents_keep_the_shapes(request: pytest.FixtureRequest, corpus: str) -> None:
    assert [finding.line() for finding in check(request.getfixturevalue(corpus))] == []


def test_a_missing_headline_is_told_with_the_article() -> None:
    (finding,) = check_rdf(broken(ALPHA, "schema:headline"))
    assert (finding.iri, finding.path) == (ALPHA, "schema:headline")
    assert finding.line() == f"no name <{ALPHA}>: schema:headline is missing or has too few values: at least 1 required."


def test_a_finding_names_the_node_by_its_label() -> None:
    finding = check_rdf(broken(MONEY, "ng:confidence"))[0]
    assert finding.label == "Acme invests $1.5M in Bolt"


def test_a_confidence_above_one_is_told_with_its_value() -> None:
    lines = [finding.line() for finding in check_rdf(broken(MONEY, "ng:confidence", 1.5))]
    assert [line for line in lines if "must be 1" in line and "is 1.5" in line] != []


def test_a_link_to_a_node_of_another_kind_is_told_with_that_node() -> None:
    lines = [finding.line() for finding in check_rdf(broken(ALPHA, "schema:publisher", URIRef(BOLT)))]
    assert [line for line in lines if f"Bolt <{BOLT}>" in line] != []


def test_a_story_without_articles_is_told_without_internal_names() -> None:
    data = to_rdflib(sample_graph())
    data.remove((None, URIRef(expand("schema:isPartOf")), URIRef(ONE)))
    paths = [finding.path for finding in check_rdf(data) if finding.iri == ONE]
    assert paths == ["schema:isPartOf of another node"]


def test_findings_come_in_one_order() -> None:
    data = broken(ALPHA, "schema:headline")
    data.remove((URIRef(MONEY), URIRef(expand("ng:confidence")), None))
    findings = check_rdf(data)
    assert len(findings) > 1
    assert list(findings) == sorted(findings)


def test_a_graph_whose_event_has_no_article_is_found_out() -> None:
    tables = sample_graph().tables
    bare = GraphTables({**tables, "reports": tables["reports"].filter(pl.col("event") != MONEY)})
    assert [finding.path for finding in check(bare) if finding.iri == MONEY] == ["prov:wasDerivedFrom"]


def test_a_graph_without_articles_keeps_the_shapes() -> None:
    made = sample_graph()["dataset"]
    sources = sample_graph()["sources"]
    assert [finding.line() for finding in check(make_tables({"dataset": made, "sources": sources}))] == []
    assert made["base"][0] == BASE
