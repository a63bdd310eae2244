"""What columns cover of SPARQL is answered as by the SPARQL engine, rows, order and types alike; all else is left to the engine."""

from __future__ import annotations

from functools import cache

import pytest

from newsgraph.core.graph_tables import GraphTables, make_tables
from newsgraph.query.columnwise import NotCoveredError, build_column_store, parse
from newsgraph.query.columnwise.bounded_join import FEW_CELLS, check_size
from newsgraph.query.columnwise.query_syntax import Select
from newsgraph.query.named_questions import questions, sparql_of
from newsgraph.query.statement_columns import Triple, columns
from newsgraph.rdf.terms import Iri, Literal
from question_cases import BothEngines
from sample import ACME, HOSTILE, MONEY, sample_graph

GRAPHS = ["sample", "seed_graph", "news_graph", "powerapps_graph"]
VALUES = {
    "company": ["Acme", "acme inc.", "Sanofi", "Microsoft", HOSTILE, '" } #'],
    "topic": ["", "space"],
    "kind": ["investment", "Funding round"],
    "thing": ["Acme", "Sanofi"],
}
CASES: list[tuple[str, dict[str, str]]] = [(name, {}) for name in sorted(questions())] + [
    (name, {parameter: value})
    for name, question in sorted(questions().items())
    for parameter in question.parameters
    for value in VALUES[parameter]
]


@pytest.fixture(scope="module")
def engines() -> dict[str, BothEngines]:
    """Hold each graph from one test to the next."""
    return {}


@cache
def sample() -> BothEngines:
    return BothEngines(sample_graph())


@pytest.mark.parametrize("corpus", GRAPHS)
@pytest.mark.parametrize(("name", "parameters"), CASES, ids=lambda value: value if isinstance(value, str) else "".join(value.values()))
def test_a_named_question_is_answered_as_by_the_engine(
    request: pytest.FixtureRequest, engines: dict[str, BothEngines], corpus: str, name: str, parameters: dict[str, str]
) -> None:
    if corpus not in engines:
        graph: GraphTables = sample_graph() if corpus == "sample" else request.getfixturevalue(corpus)
        engines[corpus] = BothEngines(graph)
    assert engines[corpus].check(sparql_of(name, parameters), ordered=True)


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_named_question_is_answered_on_a_graph_without_articles(name: str) -> None:
    graph = make_tables({table: sample_graph()[table] for table in ("dataset", "sources")})
    assert BothEngines(graph).check(sparql_of(name, {}), ordered=True)


PIECES = [
    "SELECT ?c ?n { ?c schema:name ?n . ?c a schema:Organization } ORDER BY ?n ?c",
    "SELECT ?c ?n { ?c a schema:Organization OPTIONAL { ?c skos:altLabel ?n } } ORDER BY ?c ?n",
    'SELECT ?c ?n { ?c a schema:Organization OPTIONAL { ?c skos:altLabel ?n FILTER(?n != "ACME") } } ORDER BY ?c ?n',
    "SELECT ?e ?p { ?e ?p ?o . VALUES ?p { ng:investor ng:status ng:nothing } } ORDER BY ?e ?p",
    f"SELECT ?p ?o {{ <{MONEY}> ?p ?o }} ORDER BY ?p ?o LIMIT 100",
    f"SELECT ?s ?p {{ ?s ?p <{ACME}> }} ORDER BY ?s ?p",
    "SELECT DISTINCT ?a { ?t skos:broader* ?top . ?top skos:prefLabel ?l . ?a dcterms:subject ?t } ORDER BY ?a",
    "SELECT ?e ?x { ?e a ng:Deal . ?e (sem:hasSubEvent|^sem:hasSubEvent)? ?x } ORDER BY ?e ?x",
    "SELECT ?e ?x { ?e a ng:Deal . ?e sem:hasSubEvent+ ?x } ORDER BY ?e ?x",
    "SELECT ?a ?t { ?a dcterms:subject/skos:broader* ?t } ORDER BY ?a ?t",
    "SELECT ?c ?n { ?c schema:name|skos:altLabel|schema:name ?n } ORDER BY ?c ?n",
    "SELECT ?e { ?e a ng:Event FILTER NOT EXISTS { ?e ng:amount ?m } } ORDER BY ?e",
    "SELECT ?e (COUNT(?x) AS ?n) (MIN(?x) AS ?least) (MAX(?x) AS ?most) { ?e sem:hasActor ?y OPTIONAL { ?y skos:altLabel ?x } } GROUP BY ?e ORDER BY ?e",
    "SELECT ?e (SUM(?v) AS ?sum) { ?e ng:amount/schema:value ?v } GROUP BY ?e HAVING (COUNT(?v) > 0) ORDER BY DESC(?sum) ?e",
    "SELECT ?m (SUM(?c) AS ?sum) { ?m itsrdf:taConfidence ?c } GROUP BY ?m ORDER BY ?m",
    "SELECT (COUNT(*) AS ?n) (SUM(?v) AS ?sum) (AVG(?v) AS ?mean) (MIN(?v) AS ?least) { ?e ng:nothing ?v }",
    "SELECT (COUNT(LCASE(?x)) AS ?n) (COUNT(?x) AS ?all) { ?s schema:name|ng:articleCount ?x }",
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
    "ASK { ?s ?p ?o }", f"ASK {{ <{ACME}> a schema:Organization }}", "ASK { ng:nothing ?p ?o }", "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o",
    "SELECT ?s { ?s a schema:NewsArticle MINUS { ?s ng:quality ?y } } ORDER BY ?s", "SELECT ?s { ?s a ng:Event MINUS { ?z ng:nothing ?y } } ORDER BY ?s",
    "SELECT (COUNT(?s) AS ?n) { ?s a schema:NewsArticle }", "SELECT ?s { ?s schema:name 'Acme' }", "SELECT ?s ?b { ?s schema:name ?b } ORDER BY ?b ?s OFFSET 2 LIMIT 2",
    'SELECT ?s { ?s ng:articleCount "2"^^xsd:integer } ORDER BY ?s', "SELECT ?s { ?s ng:articleCount 2.0 }", "SELECT ?x { BIND(1.5 AS ?x) }",
    "SELECT ?s ?o { [] sem:hasActor ?s . [ schema:name ?o ] a schema:Organization ; } ORDER BY ?s ?o", "SELECT ?p { $c schema:tickerSymbol ?p ; . }",
    'SELECT ?l { ?t skos:prefLabel ?l FILTER(LANG(?l) = "en" && CONTAINS(LCASE(?l), "space") && STRLEN(?l) > 5) } ORDER BY ?l',
    'SELECT ?x { ?s schema:name|ng:articleCount|sem:hasTimeStamp|skos:prefLabel|a ?x FILTER(?x != "Acme" && ?x != 2 && ?x != 2.5) }',
    'SELECT ?x { VALUES ?x { "a" "ab" "" } FILTER(REGEX(?x, "^A", "i") && !STRENDS(?x, "b")) }',
    "SELECT (YEAR(?t) AS ?y) (MONTH(?t) AS ?m) (DAY(?t) AS ?d) { ?a schema:datePublished ?t } ORDER BY ?t",
    'SELECT ?t { ?a schema:datePublished ?t FILTER(?t > "2024-05-01T07:00:00Z"^^xsd:dateTime) } ORDER BY ?t',
    'SELECT ?e { ?e sem:hasTimeStamp ?d FILTER(?d <= "2024-05-01"^^xsd:date) } ORDER BY ?e', "SELECT (1 AS ?a) (?a + 1 AS ?b) (?b - 0.5 AS ?c) {}",
    'SELECT ?x ?y { VALUES (?x ?y) { ("a-b" "u") ("ab" "v") } FILTER(STRBEFORE(?x, "-") = "a" || CONCAT(?x, ?y) = "abv") } ORDER BY ?x',
    "SELECT ?e ?v { ?e a ng:Event OPTIONAL { ?e ng:amount ?m } OPTIONAL { ?m schema:value ?v } } ORDER BY ?e ?v",
    "SELECT ?n ?o { ?a schema:name ?n FILTER(ISIRI(?a)) ?a ?p ?o FILTER(ISLITERAL(?o)) } ORDER BY ?n ?p ?o",
    "SELECT ?l { ?s rdfs:label|schema:name ?l } ORDER BY ?l",
]  # fmt: skip


@pytest.mark.parametrize("sparql", PIECES)
def test_a_piece_of_sparql_is_answered_as_by_the_engine(sparql: str) -> None:
    assert sample().check(sparql, ordered="ORDER BY" in sparql)


SCOPES = [
    'SELECT ?n { ?c schema:name ?n { ?c a schema:Organization FILTER(?n = "Acme") } }',
    "SELECT ?c ?v { ?c ng:articleCount ?v { ?c a schema:Organization BIND(?v AS ?w) } }",
    "SELECT ?c { VALUES ?x { 1 } { ?c a schema:Organization OPTIONAL { ?c schema:name ?n FILTER(?x = 1) } } FILTER(BOUND(?n)) }",
    "SELECT ?c { ?c a schema:Organization { SELECT (COUNT(?c) AS ?n) { ?c a schema:Organization } } FILTER(?n > 0) } ORDER BY ?c",
    "SELECT ?c ?n { ?c a schema:Organization { SELECT ?n { ?c schema:name ?n } ORDER BY ?n LIMIT 1 } } ORDER BY ?c",
]


@pytest.mark.parametrize("sparql", SCOPES)
def test_a_group_is_solved_by_itself(sparql: str) -> None:
    answered = sample().over_columns(sparql)
    expected = sample().by_engine(sparql)
    assert answered is None or answered.sort(answered.columns).equals(expected.sort(expected.columns))


NOT_COVERED = [
    "SELECT ?s { GRAPH ?g { ?s a schema:NewsArticle } }", "SELECT REDUCED ?s { ?s a schema:NewsArticle }", "SELECT ?x { BIND(2 * 3 AS ?x) }",
    "SELECT ?x { ?s skos:broader* ?x }", "SELECT (COUNT(DISTINCT *) AS ?n) { ?s a ng:Event }", "SELECT ?s { ?s !a ?o }", "SELECT ?s { _:b a ?s }",
    "SELECT ?s { ?s a ?o } VALUES ?o { ng:Event }", "SELECT ?x { VALUES ?x { UNDEF 1 } }", "BASE <a:> SELECT ?s { ?s a <b> }",
    'SELECT ?s { ?s schema:name ?n FILTER(?n = "Acme"@en) }', 'SELECT ?x { BIND(REPLACE("a", "a", "$0") AS ?x) }', "CONSTRUCT { ?s a ?o } { ?s a ?o }",
    "SELECT (LCASE(?l) AS ?x) { ?t skos:prefLabel ?l }", "SELECT ?t { ?a schema:datePublished ?t . ?b schema:datePublished ?u FILTER(?t - ?u > 0) }",
    'SELECT ?s { ?s schema:name ?n FILTER(REGEX(?n, "(")) }', "SELECT ?x { VALUES ?x { ex\\:a } }", "SELECT ?s { ?s ?p ?o . ?t ?q ?u . ?v ?w ?x }",
]  # fmt: skip


@pytest.mark.parametrize("sparql", NOT_COVERED)
def test_what_is_not_covered_is_left_to_the_engine(sparql: str) -> None:
    try:
        assert sample().over_columns(sparql) is None
    except SyntaxError:
        with pytest.raises(NotCoveredError):
            parse(sparql)


def test_every_named_question_is_parsed() -> None:
    assert [len(parse(question.sparql).shown) > 1 for question in questions().values()] == [True] * len(questions())


def test_a_local_name_is_read_whole() -> None:
    assert parse("PREFIX a: <a:> SELECT ?x { VALUES ?x { a:1 a:b.c } }").group == parse("SELECT ?x { VALUES ?x { <a:1> <a:b.c> } }").group


def test_an_answer_that_stops_early_may_have_less_in_memory() -> None:
    check_size(1000, 1, FEW_CELLS)
    with pytest.raises(NotCoveredError, match="20,000,001 rows"):
        check_size(FEW_CELLS + 1, 1, FEW_CELLS)


def test_computed_texts_that_are_held_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    binds = "".join(f'BIND(CONCAT(?v0, "{number}") AS ?v{number + 1}) ' for number in range(20))
    question = f'SELECT (STRLEN(?v20) AS ?n) {{ BIND("{"x" * 1000}" AS ?v0) {binds} }}'
    assert sample().over_columns(question) is not None
    monkeypatch.setattr("newsgraph.query.columnwise.text_functions._MOST_HELD", 10_000)
    assert sample().over_columns(question) is None


def test_limit_without_an_order_keeps_rows_of_the_whole_answer() -> None:
    whole = sample().by_engine("SELECT ?s ?p ?o { ?s ?p ?o }")
    some = sample().over_columns("SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 7 OFFSET 3")
    assert some is not None
    assert set(some.rows()) <= set(whole.rows())
    assert some.height == 7


def test_star_shows_the_variables_that_it_is_given() -> None:
    assert isinstance(parse("SELECT * { ?b ?a ?c }", ["a", "b", "c"]), Select)
    with pytest.raises(NotCoveredError):
        parse("SELECT * { ?b ?a ?c }")


ODD: list[Triple] = [
    ("a:1", "a:p", Literal("10", "xsd:integer")), ("a:2", "a:p", Literal("9.5", "xsd:decimal")), ("a:3", "a:p", Literal("-1", "xsd:integer")),
    ("a:4", "a:p", Literal("2024-05-01T08:00:00.5Z", "xsd:dateTime")), ("a:5", "a:p", Literal("2024-05-01T08:00:00Z", "xsd:dateTime")),
    ("a:6", "a:p", Literal("é")), ("a:7", "a:p", Literal("z")), ("a:8", "a:p", Literal("é", language="fr")), ("a:9", "a:p", Iri("a:1")),
    ("a:1", "a:p", Literal("10", "xsd:nonNegativeInteger")), ("a:2", "a:p", Literal("7.0", "xsd:decimal")),
]  # fmt: skip


def test_numbers_follow_the_order_of_values() -> None:
    store = build_column_store(columns(ODD))
    texts = store.terms["text"].to_list()
    assert [text for text in texts if not text.startswith("a:")] == [
        "-1", "7", "9.5", "10", "2024-05-01T08:00:00Z", "2024-05-01T08:00:00.5Z", "z", "é", "é",
    ]  # fmt: skip


def test_terms_that_are_one_to_the_engine_are_one_in_columns() -> None:
    store = build_column_store(columns(ODD))
    assert store.terms.filter(text="10").select("text", "datatype").rows() == [("10", "xsd:integer")]
    assert store.of("a:p").height == len(ODD) - 1


@pytest.mark.parametrize(
    "term", [Iri("a:1"), Iri("a:p"), Literal("é"), Literal("z"), Literal("10", "xsd:integer"), Literal("7", "xsd:decimal")]
)
def test_a_term_is_looked_up_by_its_text(term: Iri | Literal) -> None:
    store = build_column_store(columns(ODD))
    number = store.number(term)
    assert number is not None
    assert store.terms.item(number, "text") == (term.value if isinstance(term, Iri) else term.text)


@pytest.mark.parametrize(
    "term", [Iri("a:0"), Iri("z"), Literal(""), Literal("zz"), Literal("10"), Literal("10", "xsd:decimal"), Literal("é", "", "de")]
)
def test_a_term_that_is_not_there_has_no_number(term: Iri | Literal) -> None:
    assert build_column_store(columns(ODD)).number(term) is None
