"""Questions in SPARQL: typed answers, no update, no network, and the named questions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import polars as pl
import pytest

from newsgraph.core.errors import InputError, QueryError, UnknownNameError
from newsgraph.core.graph_tables import GraphTables
from newsgraph.query.named_questions import is_name, questions, sparql_of
from newsgraph.query.sparql import QueryStore, run
from sample import ACME, ALPHA, BETA, HOSTILE, ONE, sample_graph

ANSWERED_BY_SAMPLE = (
    "investments", "acquisitions", "sales", "partnerships", "deals-with-parts", "largest-amounts", "events", "events-by-month", "most-mentioned-companies",
    "co-mentioned", "company-profile", "timeline", "stories", "first-to-report", "providers", "topics", "evidence", "rumours-and-denials",
    "offsets-hold", "corroboration", "near-copies", "products-by-maker", "figures-that-differ", "connections", "sources",
    "people", "places", "grounds", "storyline", "status-history", "corrections", "told-otherwise", "namings", "decisions", "subsidiaries",
)  # fmt: skip


@pytest.fixture(scope="module")
def store() -> QueryStore:
    return QueryStore(sample_graph())


def ask_named(store: QueryStore, name: str, **parameters: str) -> pl.DataFrame:
    return store.ask(sparql_of(name, parameters))


def test_numbers_dates_times_and_truth_values_come_as_such(store: QueryStore) -> None:
    answer = store.ask(
        'SELECT (3 AS ?whole) (1.5 AS ?part) ("2024-05-01"^^xsd:date AS ?day) '
        '("2024-05-01T08:00:00+02:00"^^xsd:dateTime AS ?time) (true AS ?truth) (ng:Event AS ?iri) {}'
    )
    assert answer.row(0) == (3, 1.5, date(2024, 5, 1), datetime(2024, 5, 1, 6, tzinfo=UTC), True, "https://w3id.org/newsgraph/ns#Event")


def test_a_column_of_mixed_types_is_text(store: QueryStore) -> None:
    assert store.ask('SELECT ?x { VALUES ?x { 1 "one" } } ORDER BY ?x')["x"].dtype == pl.String


def test_whole_numbers_and_decimals_together_are_numbers(store: QueryStore) -> None:
    assert store.ask("SELECT ?x { VALUES ?x { 1 1.5 } } ORDER BY ?x")["x"].to_list() == [1.0, 1.5]


@pytest.mark.parametrize("value", ['"99999999999999999999"^^xsd:integer', '"2024-13-45"^^xsd:date', '"soon"^^xsd:dateTime'])
def test_a_value_that_its_type_cannot_hold_stays_text(store: QueryStore, value: str) -> None:
    answer = store.ask(f"SELECT ?x {{ VALUES ?x {{ {value} }} }}")
    assert answer["x"].to_list() == [value.split('"')[1]]


def test_what_is_not_bound_is_null(store: QueryStore) -> None:
    assert store.ask("SELECT ?x ?n { VALUES (?x ?n) { (UNDEF 1) } }").row(0) == (None, 1)


def test_a_select_without_rows_still_has_its_columns(store: QueryStore) -> None:
    assert store.ask("SELECT ?a ?b { ?a ng:nothing ?b }").columns == ["a", "b"]


def test_people_are_told_with_role_and_employer(store: QueryStore) -> None:
    assert ask_named(store, "people").drop("iri").rows() == [("Jane Roe", "CEO", "Bolt", 1)]


def test_places_are_told_with_their_articles(store: QueryStore) -> None:
    assert ask_named(store, "places").drop("iri").rows() == [("Lyon", 1)]


def test_ask_gives_one_answer(store: QueryStore) -> None:
    assert store.ask("ASK { ?e a ng:Merger }").rows() == [(False,)]


def test_construct_gives_triples(store: QueryStore) -> None:
    answer = store.ask("CONSTRUCT { ?e a ng:Found } WHERE { ?e a ng:Investment }")
    assert answer.columns == ["subject", "predicate", "object"]
    assert answer["object"].to_list() == ["https://w3id.org/newsgraph/ns#Found"]


def test_a_question_sees_all_documents_and_graph_tells_them_apart(store: QueryStore) -> None:
    assert store.ask("SELECT (COUNT(*) AS ?n) { ?a a schema:NewsArticle }")["n"].to_list() == [3]
    assert store.ask("SELECT DISTINCT ?g { GRAPH ?g { ?a a schema:NewsArticle } }").height == 2


def test_from_narrows_a_question_to_one_document(store: QueryStore) -> None:
    graphs = store.ask("SELECT DISTINCT ?g { GRAPH ?g { ?a a schema:NewsArticle } } ORDER BY ?g")["g"]
    ask = "SELECT (COUNT(*) AS ?n) FROM <GRAPH> { ?a a schema:NewsArticle }"
    counts = [store.ask(ask.replace("GRAPH", graph))["n"][0] for graph in graphs]
    assert sorted(counts) == [1, 2]


def test_a_prefix_of_the_users_own_wins(store: QueryStore) -> None:
    assert store.ask("PREFIX ng: <https://schema.org/> SELECT ?a { ?a a ng:NewsArticle }").height == 3


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <a:b> 1 }",
        "# note\nPREFIX x: <a:>\ndelete where { ?s ?p ?o }",
        "WITH <a:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
        "LOAD <http://example.org/a.ttl>",
        "CLEAR ALL",
        "DROP GRAPH <a:g>",
    ],
)
def test_an_update_is_refused_as_what_it_is(store: QueryStore, update: str) -> None:
    with pytest.raises(QueryError, match="would change the graph"):
        store.ask(update)


@pytest.mark.parametrize("silent", ["", "SILENT "])
def test_a_call_over_the_network_is_refused(store: QueryStore, silent: str) -> None:
    with pytest.raises(QueryError, match="never uses the network"):
        store.ask(f"SELECT * {{ SERVICE {silent}<http://127.0.0.1:9/> {{ ?s ?p ?o }} }}")


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
def test_a_graph_that_would_have_to_be_fetched_is_refused(store: QueryStore, clause: str) -> None:
    with pytest.raises(QueryError, match="nothing is fetched"):
        store.ask(f"SELECT * {clause} <http://example.org/a.ttl> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("text", ['"SERVICE FROM <http://x/>"', "?service", "<a:SERVICE>", "ng:SERVICE", "'''SERVICE'''"])
def test_names_and_strings_that_look_like_keywords_are_no_keywords(store: QueryStore, text: str) -> None:
    assert store.ask(f"SELECT ?s {{ ?s ng:nothing {text} }} # SERVICE").height == 0


def test_a_syntax_error_tells_line_and_column(store: QueryStore) -> None:
    with pytest.raises(
        QueryError,
        match=r"^line 2, column 6 of the question: WHER \{ \?s \?p \?o \}: this is not valid SPARQL. Expected one of: DISTINCT, WHERE",
    ):
        store.ask("SELECT ?s\nWHER { ?s ?p ?o }")


def test_an_unknown_prefix_is_told_with_those_that_are_known(store: QueryStore) -> None:
    with pytest.raises(QueryError, match=r"line 1.*a prefix is not declared.*schema"):
        store.ask("SELECT ?s { ?s foo:bar ?o }")


@pytest.mark.parametrize("nonsense", ["", "SELECT", "{", "SELECT * {", "how much?", '"'])
def test_nonsense_is_a_question_error(store: QueryStore, nonsense: str) -> None:
    with pytest.raises(QueryError):
        store.ask(nonsense)


def test_run_loads_and_asks() -> None:
    assert run(sample_graph(), "SELECT ?n { ?a schema:tickerSymbol ?n }")["n"].to_list() == ["ACM"]


def test_there_are_at_least_fifteen_questions_and_each_asks_something() -> None:
    assert len(questions()) >= 15
    assert [name for name, one in questions().items() if one.name != name or not one.question.endswith("?")] == []


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_named_question_runs(store: QueryStore, name: str) -> None:
    answer = ask_named(store, name)
    assert answer.width > 1
    assert (answer.height > 0) == (name in ANSWERED_BY_SAMPLE)


@pytest.mark.parametrize("name", sorted(questions()))
def test_a_named_question_has_an_order(name: str) -> None:
    assert "ORDER BY" in questions()[name].sparql


@pytest.mark.parametrize("name", sorted(questions()))
@pytest.mark.parametrize("corpus", ["seed_graph", "news_graph", "powerapps_graph"])
def test_a_named_question_runs_on_real_documents(
    request: pytest.FixtureRequest, stores: dict[str, QueryStore], corpus: str, name: str
) -> None:
    if corpus not in stores:
        graph: GraphTables = request.getfixturevalue(corpus)
        stores[corpus] = QueryStore(graph)
    answer = ask_named(stores[corpus], name)
    assert answer.width > 1
    assert answer.equals(ask_named(stores[corpus], name))


@pytest.fixture(scope="module")
def stores() -> dict[str, QueryStore]:
    """Hold each corpus' store from one test to the next."""
    return {}


@pytest.mark.parametrize("name", ["Acme", "acme inc.", "ACM"])
def test_a_company_is_asked_for_by_name_alias_or_ticker(store: QueryStore, name: str) -> None:
    assert ask_named(store, "company-profile", company=name)["name"].to_list() == ["Acme"]


def test_co_mentions_are_counted_once_an_article(store: QueryStore) -> None:
    assert ask_named(store, "co-mentioned", company="Acme").rows() == [("Acme", "Bolt", 2)]


def test_articles_about_a_topic_are_those_of_narrower_topics_too(store: QueryStore) -> None:
    assert ask_named(store, "articles-about", topic="space").height == 2


@pytest.mark.parametrize(("kind", "count"), [("", 4), ("acquisition", 1), ("Funding round", 0)])
def test_events_are_listed_by_type(store: QueryStore, kind: str, count: int) -> None:
    assert ask_named(store, "events", kind=kind).height == count


def test_parts_of_a_deal_are_added_up(store: QueryStore) -> None:
    row = ask_named(store, "deals-with-parts").row(0, named=True)
    assert (row["total"], row["sum"], row["parts"], row["adds_up"]) == (2000000, 2000000, 2, True)


def test_all_offsets_hold(store: QueryStore) -> None:
    answer = ask_named(store, "offsets-hold")
    assert answer["mentions"].to_list() == answer["exact"].to_list()


@pytest.mark.parametrize("value", ['" } DELETE { ?s ?p ?o } #', HOSTILE, "\\", "\\1", "a\r\nb", '"""'])
def test_a_parameter_is_data_whatever_it_holds(store: QueryStore, value: str) -> None:
    assert ask_named(store, "co-mentioned", company=value).height == 0


@pytest.mark.parametrize("name", ["ACM", "acme INC.", " acme ", "Acme", ACME])
def test_a_company_is_looked_up_by_whatever_names_it(store: QueryStore, name: str) -> None:
    answer = store.ask(sparql_of("co-mentioned", {"company": name}, sample_graph()))
    assert answer.rows() == [("Acme", "Bolt", 2)]


def test_a_topic_is_looked_up_among_topics(store: QueryStore) -> None:
    assert store.ask(sparql_of("articles-about", {"topic": "SPACE"}, sample_graph())).height == 2


@pytest.mark.parametrize(("question", "parameter"), [("timeline", "company"), ("articles-about", "topic")])
def test_a_thing_that_the_graph_does_not_know_is_told_and_not_answered_with_nothing(question: str, parameter: str) -> None:
    with pytest.raises(UnknownNameError, match=f"^Nothing Such: no such {parameter} in this graph"):
        sparql_of(question, {parameter: "Nothing Such"}, sample_graph())


def test_names_of_companies_are_suggested_where_a_company_is_asked_for() -> None:
    with pytest.raises(UnknownNameError) as told:
        sparql_of("timeline", {"company": "Acmee"}, sample_graph())
    assert told.value.suggestions[0] == "Acme"
    with pytest.raises(UnknownNameError) as told:
        sparql_of("timeline", {"company": "spac"}, sample_graph())
    assert "Space" not in told.value.suggestions


def test_an_empty_value_stands_for_all_companies(store: QueryStore) -> None:
    assert store.ask(sparql_of("timeline", {"company": ""}, sample_graph())).height > 1


def test_an_unknown_question_is_told_with_those_that_are_close() -> None:
    with pytest.raises(UnknownNameError, match=r"^investment: no such named question\. Did you mean: investments"):
        sparql_of("investment", {})


def test_an_unknown_parameter_is_told_with_those_that_are_known() -> None:
    with pytest.raises(InputError, match=r"has no parameter colour.*company"):
        sparql_of("co-mentioned", {"colour": "red"})


@pytest.mark.parametrize(("text", "expected"), [("investments", True), ("co-mentioned ", True), ("ASK { ?s ?p ?o }", False), ("", False)])
def test_a_name_is_told_from_sparql(text: str, expected: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert is_name(text) is expected


def test_a_storyline_has_the_story_and_its_events(store: QueryStore) -> None:
    answer = ask_named(store, "storyline", company="acme")
    assert sorted(answer["kind"].to_list()) == ["event", "event", "event", "story"]
    assert set(answer["story"]) == {ONE}


def test_a_status_history_counts_who_tells_each_status(store: QueryStore) -> None:
    answer = ask_named(store, "status-history", company="Acme")
    assert answer.select("what", "status", "articles", "now").rows() == [
        ("Acme invests $1.5M in Bolt", "announced", 2, "announced"),
        ("Acme partners with Bolt", "announced", 2, "announced"),
    ]
    assert answer["first"].to_list()[0] == datetime(2024, 5, 1, 6, 30, tzinfo=UTC)


def test_corrections_are_told_with_their_words(store: QueryStore) -> None:
    answer = ask_named(store, "corrections")
    assert answer.select("words", "rule", "article", "replaced_article").rows() == [("A copy.", "correction_opening", BETA, ALPHA)]


def test_what_is_told_otherwise_stands_beside_the_main_value_with_its_teller(store: QueryStore) -> None:
    answer = ask_named(store, "told-otherwise")
    assert answer.select("field", "value", "relation", "main", "provider").rows() == [
        ("amount", "$1.25M", "disputed", "$1.5M", "A & B's blog"),
    ]  # fmt: skip


def test_names_are_told_with_the_rule_that_joined_them(store: QueryStore) -> None:
    answer = ask_named(store, "namings", company="Acme")
    assert answer.select("name", "rule").rows() == [("ACM", "same_id"), ("ACME", "listed"), ("Acme Inc.", "legal form")]


def test_decisions_are_told_with_who_and_why(store: QueryStore) -> None:
    assert ask_named(store, "decisions").rows() == [("rename: Acme Inc. -> Acme", "applied", "anna", "2026-01-02", "shorter")]
