"""The SPARQL 1.1 Protocol: requests after the W3C's manifest, all syntaxes, and answers that are those of the engine over the same file."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
import rdflib
import yaml

from conftest import ROOT
from newsgraph.core.vocabulary import PREFIXES
from served_site import Site

CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "cases" / "sparql_protocol.yaml").read_text(encoding="utf-8"))
TABLES = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON, "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV, "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}  # fmt: skip
STATEMENTS = {
    "text/turtle": ox.RdfFormat.TURTLE, "application/n-triples": ox.RdfFormat.N_TRIPLES, "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}  # fmt: skip
COMPANIES = "SELECT ?c ?name ?n { ?c a schema:Corporation ; schema:name ?name ; ng:articleCount ?n } ORDER BY ?name"


@pytest.fixture(scope="module")
def words(site: Site) -> dict[str, str]:
    """Return what the placeholders of the cases stand for: three source documents, and something that only one describes."""
    sources = site.graph.now.tables["sources"]["iri"].to_list()[:3]
    return {
        f"{kind}{number}": text
        for number, iri in enumerate(sources, 1)
        for kind, text in (("graph", f"{iri}#graph"), ("thing", f"<{iri}>"))
    } | {"absent": "http://data.example.org/no-such-graph"}


def filled(value: Any, words: dict[str, str]) -> Any:  # noqa: ANN401 - a part of a case
    if isinstance(value, str):
        for name, text in words.items():
            value = value.replace(f"{{{name}}}", text)
        return value
    if isinstance(value, list):
        return [filled(one, words) for one in value]
    return {key: filled(one, words) for key, one in value.items()} if isinstance(value, dict) else value


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_request_is_answered_as_the_protocol_says(case: dict[str, Any], site: Site, words: dict[str, str]) -> None:
    case = filled(case, words)
    headers = {"Content-Type": case["type"]} if case.get("type") else {}
    body = case["body"].encode(case.get("encoding", "utf-8")) if "body" in case else None
    if "form" in case:
        headers, body = {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(case["form"], doseq=True).encode()
    reply = site.ask("/sparql", method=case.get("method", "GET"), body=body, headers=headers, **case.get("url", {}))
    assert reply.status // 100 == case.get("status", 2), reply.text
    if "boolean" in case:
        assert reply.json()["boolean"] is case["boolean"]
    kinds = {"table": TABLES, "boolean": ("application/sparql-results+json", "application/sparql-results+xml"), "statements": STATEMENTS}
    if "kind" in case:
        assert reply.media_type in kinds[case["kind"]]


def test_the_cases_hold_all_tests_of_the_manifest() -> None:
    names = {case["name"] for case in CASES}
    assert names >= {
        "query_post_form", "query_dataset_default_graphs_get", "query_dataset_default_graphs_post", "query_dataset_named_graphs_post",
        "query_dataset_named_graphs_get", "query_dataset_full", "query_multiple_dataset", "query_get", "query_content_type_select",
        "query_content_type_ask", "query_content_type_describe", "query_content_type_construct", "query_post_direct",
        "update_dataset_default_graph", "update_dataset_default_graphs", "update_dataset_named_graphs", "update_dataset_full",
        "update_post_form", "update_post_direct", "update_base_uri",
        "bad_query_method", "bad_multiple_queries", "bad_query_wrong_media_type", "bad_query_missing_form_type",
        "bad_query_missing_direct_type", "bad_query_non_utf8", "bad_query_syntax", "bad_update_get", "bad_multiple_updates",
        "bad_update_wrong_media_type", "bad_update_missing_form_type", "bad_update_non_utf8", "bad_update_syntax",
        "bad_update_dataset_conflict",
    }  # fmt: skip
    assert len(names) == len(CASES) > 40


def store_of(output: Path) -> ox.Store:
    store = ox.Store()
    store.load(path=str(output / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize("accept", TABLES)
def test_a_table_is_what_the_engine_answers_over_the_same_file(accept: str, site: Site, site_output: Path) -> None:
    reply = site.sparql(COMPANIES, accept)
    assert (reply.status, reply.media_type) == (200, accept)
    expected = store_of(site_output).query(COMPANIES, prefixes=PREFIXES)
    assert isinstance(expected, ox.QuerySolutions)
    assert reply.body == expected.serialize(format=TABLES[accept])
    assert b"Vantrell Storage" in reply.body


@pytest.mark.parametrize("accept", STATEMENTS)
def test_statements_are_those_of_the_engine_over_the_same_file(accept: str, site: Site, site_output: Path) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s a schema:Corporation ; ?p ?o }"
    reply = site.sparql(query, accept)
    assert (reply.status, reply.media_type) == (200, accept)
    expected = store_of(site_output).query(query, prefixes=PREFIXES)
    assert isinstance(expected, ox.QueryTriples)
    found = {(quad.subject, quad.predicate, quad.object) for quad in ox.parse(BytesIO(reply.body), format=STATEMENTS[accept])}
    assert found == {tuple(triple) for triple in expected}
    assert len(found) > 50
    assert reply.body == site.sparql(query, accept).body


def test_questions_of_users_have_the_answers_of_the_engine(site: Site, site_output: Path) -> None:
    store = store_of(site_output)
    parts = (ROOT / "tests" / "cases" / "questions.rq").read_text(encoding="utf-8").split("\n\n")
    questions = [part for part in parts if "ORDER BY" in part and "SELECT" in part and "LIMIT" not in part][:20]
    assert len(questions) == 20
    for question in questions:
        expected = store.query(question, prefixes=PREFIXES)
        assert isinstance(expected, ox.QuerySolutions)
        lines = (expected.serialize(format=ox.QueryResultsFormat.TSV) or b"").splitlines()
        assert sorted(site.sparql(question, "text/tab-separated-values").body.splitlines()) == sorted(lines), question


def test_the_named_graphs_are_those_of_the_quads(site: Site, site_output: Path) -> None:
    quads = ox.Store()
    quads.load(path=str(site_output / "graph.nq"), format=ox.RdfFormat.N_QUADS)
    reply = site.sparql("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g", "text/csv")
    counted = dict(csv.reader(StringIO(reply.text)))
    counted.pop("g")
    expected: dict[str, int] = {}
    for quad in quads:
        assert isinstance(quad.graph_name, ox.NamedNode)
        expected[quad.graph_name.value] = expected.get(quad.graph_name.value, 0) + 1
    assert {graph: int(count) for graph, count in counted.items()} == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("application/sparql-results+xml;q=0.4, text/csv;q=0.9", "text/csv"),
        ("text/csv;charset=utf-8", "text/csv"),
        ("application/xml", "application/sparql-results+xml"),
        ("q=;;,/,*;q=x", "application/sparql-results+json"),
        ("image/png", None),
        ("text/turtle", None),
        ("*/*;q=0", None),
    ],
)
def test_the_type_of_a_table_is_what_the_client_prefers(accept: str, expected: str | None, site: Site) -> None:
    reply = site.sparql("SELECT ?x { VALUES ?x { 1 } }", accept)
    assert (reply.status, reply.media_type) == ((200, expected) if expected else (406, "text/plain"))


@pytest.mark.parametrize("accept", STATEMENTS)
def test_without_a_question_the_endpoint_describes_itself(accept: str, site: Site) -> None:
    reply = site.ask("/sparql", headers={"Accept": accept})
    assert (reply.status, reply.media_type) == (200, accept)
    graph = rdflib.Graph()
    for quad in ox.parse(BytesIO(reply.body), format=STATEMENTS[accept]):
        graph.parse(data=f"{quad.triple} .", format="nt")
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    assert graph.value(None, rdflib.RDF.type, sd.Service) == rdflib.URIRef(f"{site.url}/sparql")
    assert (None, sd.feature, sd.UnionDefaultGraph) in graph
    assert len(set(graph.objects(None, sd.resultFormat))) == 8


def test_a_browser_at_the_endpoint_is_led_to_the_page_that_asks(site: Site) -> None:
    reply = site.ask("/sparql", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert (reply.status, reply.headers["location"]) == (303, "/ask.html")


def test_a_head_is_a_get_without_its_body(site: Site) -> None:
    reply = site.ask("/sparql", method="HEAD", query="ASK {}")
    assert (reply.status, reply.body) == (200, b"")
    assert int(reply.headers["content-length"]) > 0


def test_a_syntax_error_says_where_it_is(site: Site) -> None:
    reply = site.sparql("SELECT ?x {\n ?x ?y }")
    assert reply.status == 400
    assert reply.text.startswith("line 2, column 9 of the question")
