"""Named questions over columns answer what the SPARQL engine answers, rows, order and types alike."""

from __future__ import annotations

from functools import cache

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from newsgraph.api import NewsGraph
from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.query.columnwise import ColumnStore, NotCoveredError, answer, build_column_store
from newsgraph.query.columnwise.query_parser import parse
from newsgraph.query.sparql import QueryStore, questions, sparql_of
from newsgraph.query.statement_columns import Triple, columns, columns_of
from newsgraph.rdf.terms import Iri, Literal
from sample import ACME, HOSTILE, MONEY, sample_graph

GRAPHS = ["sample", "seed_graph", "news_graph", "powerapps_graph"]
VALUES = {
    "company": ["Acme", "acme inc.", "Sanofi", "Microsoft", HOSTILE, '" } #'],
    "topic": ["", "space"],
    "kind": ["investment", "Funding round"],
    "thing": ["Acme", "Sanofi"],
}
CASES: list[tuple[str, dict[str, str]]] = [(name, {}) for name in sorted(questions())] + [
    (name, {parameter: value}) for name, one in sorted(questions().items()) for parameter in one.parameters for value in VALUES[parameter]
]


@cache
def loaded(graph: int) -> tuple[QueryStore, ColumnStore]:
    """Hold a graph in an engine and in columns."""
    return QueryStore(KNOWN[graph]), build_column_store(columns_of(KNOWN[graph]))


KNOWN: dict[int, GraphTables] = {}


def both(graph: GraphTables) -> tuple[QueryStore, ColumnStore]:
    KNOWN[id(graph)] = graph
    return loaded(id(graph))


@cache
def sample() -> GraphTables:
    return sample_graph()


@pytest.mark.parametrize("corpus", GRAPHS)
@pytest.mark.parametrize(("name", "parameters"), CASES, ids=lambda value: value if isinstance(value, str) else "".join(value.values()))
def test_a_named_question_is_answered_as_by_the_engine(
    request: pytest.FixtureRequest, corpus: str, name: str, parameters: dict[str, str]
) -> None:
    store, book = both(sample() if corpus == "sample" else request.getfixturevalue(corpus))
    sparql = sparql_of(name, parameters)
    assert_frame_equal(answer(book, sparql), store.ask(sparql))


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_named_question_is_answered_on_a_graph_without_articles(name: str) -> None:
    graph = make_tables({"dataset": sample()["dataset"], "sources": sample()["sources"]})
    store, book = QueryStore(graph), build_column_store(columns_of(graph))
    assert_frame_equal(answer(book, sparql_of(name, {})), store.ask(sparql_of(name, {})))


PIECES = [
    "SELECT ?c ?n { ?c schema:name ?n . ?c a schema:Organization } ORDER BY ?n ?c",
    "SELECT ?c ?n { ?c a schema:Organization OPTIONAL { ?c skos:altLabel ?n } } ORDER BY ?c ?n",
    'SELECT ?c ?n { ?c a schema:Organization OPTIONAL { ?c skos:altLabel ?n FILTER(?n != "ACME") } } ORDER BY ?c ?n',
    "SELECT ?e ?p { ?e ?p ?o . VALUES ?p { ng:investor ng:status ng:nothing } } ORDER BY ?e ?p",
    f"SELECT ?p ?o {{ <{MONEY}> ?p ?o }} ORDER BY ?p ?o LIMIT 100",
    f"SELECT ?s ?p {{ ?s ?p <{ACME}> }} ORDER BY ?s ?p",
    "SELECT DISTINCT ?a { ?t skos:broader* ?top . ?top skos:prefLabel ?l . ?a dcterms:subject ?t } ORDER BY ?a",
    "SELECT ?e ?x { ?e a ng:Deal . ?e (sem:hasSubEvent|^sem:hasSubEvent)? ?x } ORDER BY ?e ?x",
    "SELECT ?e { ?e a ng:Event FILTER NOT EXISTS { ?e ng:amount ?m } } ORDER BY ?e",
    "SELECT ?e (COUNT(?x) AS ?n) (MIN(?x) AS ?least) (MAX(?x) AS ?most) { ?e sem:hasActor ?y OPTIONAL { ?y skos:altLabel ?x } } GROUP BY ?e ORDER BY ?e",
    "SELECT ?e (SUM(?v) AS ?sum) { ?e ng:amount/schema:value ?v } GROUP BY ?e HAVING (COUNT(?v) > 0) ORDER BY DESC(?sum) ?e",
    "SELECT ?m (SUM(?c) AS ?sum) { ?m itsrdf:taConfidence ?c } GROUP BY ?m ORDER BY ?m",
    'SELECT ?a ?k { { ?a a schema:NewsArticle BIND("article" AS ?k) } UNION { ?a a ng:Story BIND(ng:Story AS ?k) } } ORDER BY ?a',
    "SELECT ?n ?low ?short { ?c schema:tickerSymbol ?n BIND(LCASE(?n) AS ?low) BIND(SUBSTR(?n, 2, 1) AS ?short) } ORDER BY ?n",
    'SELECT ?x (IF(?x > 2, "more", "less") AS ?y) (COALESCE(?none, ?x + 1) AS ?z) { VALUES ?x { 1 2 3 } } ORDER BY ?x',
    "SELECT ?x { VALUES ?x { 1 2 3 } FILTER(?x IN (1, 3) && !(?x = 3)) }",
    'SELECT ?x { VALUES ?x { "b" "a" "" } FILTER(BOUND(?x) || ?none > 1) } ORDER BY DESC(?x)',
    "SELECT ?t { ?a schema:datePublished ?t } ORDER BY (!BOUND(?t)) ?t",
    "SELECT ?a ?b { ?a schema:datePublished ?t . ?b schema:datePublished ?u FILTER(?t < ?u) } ORDER BY ?a ?b",
    'SELECT ?a ?words { ?m nif:anchorOf ?words ; nif:referenceContext/dcterms:isPartOf ?a FILTER(STR(?words) != "x") } ORDER BY ?a ?m',
    'SELECT ?e (GROUP_CONCAT(?n; separator=" | ") AS ?names) { { SELECT ?e ?n { ?e sem:hasActor/schema:name ?n } ORDER BY ?e ?n } } GROUP BY ?e ORDER BY ?e',
    'SELECT ?t (STRAFTER(STR(?c), "#") AS ?k) { ?t a ?c } ORDER BY ?t ?c LIMIT 50',
    "SELECT ?x ?n { VALUES (?x ?n) { (schema:name 1) (ng:nowhere 2) } } ORDER BY ?n",
]  # fmt: skip


@pytest.mark.parametrize("sparql", PIECES)
def test_a_piece_of_sparql_is_answered_as_by_the_engine(sparql: str) -> None:
    store, book = both(sample())
    assert_frame_equal(answer(book, sparql), store.ask(sparql))


NOT_COVERED = [
    "ASK { ?s ?p ?o }", "SELECT * { ?s ?p ?o }", "SELECT ?s { GRAPH ?g { ?s a schema:NewsArticle } }", "SELECT ?s { ?s a schema:NewsArticle MINUS { ?s ng:x ?y } }",
    "SELECT ?s { ?s a foo:Bar }", "SELECT (COUNT(?s) AS ?n) { ?s a schema:NewsArticle }", "SELECT ?s { ?s schema:name 'Acme' }", 'SELECT ?s { ?s ng:a "1"^^xsd:integer }',
    "SELECT ?s { ?s ng:a ?b } OFFSET 2", 'SELECT ?x { BIND(UCASE("a") AS ?x) }', "SELECT ?x { BIND(1.5 AS ?x) }", "nonsense", "",
    "SELECT ?s ?y { ?s a ng:Event OPTIONAL { ?s ng:none ?y } ?z ng:none ?y }", "SELECT ?x { ?s skos:broader* ?x }",
]  # fmt: skip


@pytest.mark.parametrize("sparql", NOT_COVERED)
def test_what_is_not_known_is_left_to_the_engine(sparql: str) -> None:
    with pytest.raises(NotCoveredError):
        answer(both(sample())[1], sparql)


def test_every_named_question_is_read() -> None:
    assert [len(parse(one.sparql).shown) > 1 for one in questions().values()] == [True] * len(questions())


def test_what_columns_cannot_answer_the_engine_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_book: ColumnStore, sparql: str) -> pl.DataFrame:
        raise NotCoveredError(sparql)

    expected = NewsGraph(sample()).query("investments")
    monkeypatch.setattr("newsgraph.query.sparql.answer", refuse)
    assert_frame_equal(NewsGraph(sample()).query("investments"), expected)


ODD: list[Triple] = [
    ("a:1", "a:p", Literal("10", "xsd:integer")), ("a:2", "a:p", Literal("9.5", "xsd:decimal")), ("a:3", "a:p", Literal("-1", "xsd:integer")),
    ("a:4", "a:p", Literal("2024-05-01T08:00:00.5Z", "xsd:dateTime")), ("a:5", "a:p", Literal("2024-05-01T08:00:00Z", "xsd:dateTime")),
    ("a:6", "a:p", Literal("é")), ("a:7", "a:p", Literal("z")), ("a:8", "a:p", Literal("é", language="fr")), ("a:9", "a:p", Iri("a:1")),
]  # fmt: skip


def test_numbers_follow_the_order_of_values() -> None:
    book = build_column_store(columns(ODD))
    texts = book.terms["text"].to_list()
    assert [text for text in texts if not text.startswith("a:")] == [
        "-1", "9.5", "10", "2024-05-01T08:00:00Z", "2024-05-01T08:00:00.5Z", "z", "é", "é",
    ]  # fmt: skip


@pytest.mark.parametrize("term", [Iri("a:1"), Iri("a:p"), Literal("é"), Literal("z")])
def test_a_term_is_looked_up_by_its_text(term: Iri | Literal) -> None:
    book = build_column_store(columns(ODD))
    number = book.number(term)
    assert number is not None
    assert book.terms.item(number, "text") == (term.value if isinstance(term, Iri) else term.text)


@pytest.mark.parametrize("term", [Iri("a:0"), Iri("z"), Literal(""), Literal("zz")])
def test_a_term_that_is_not_there_has_no_number(term: Iri | Literal) -> None:
    assert build_column_store(columns(ODD)).number(term) is None
