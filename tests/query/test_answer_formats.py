"""Answers as text in the formats of the W3C, from the engine in its own process."""

from __future__ import annotations

import io
import json
from html import unescape
from xml.etree import ElementTree as ET

import pytest
import rdflib

from newsgraph.core.errors import QueryError
from newsgraph.query.query_limits import QueryLimits
from newsgraph.query.sparql import FORMATS, QueryStore
from sample import ACME, BOLT, HOSTILE, sample_graph

NAMES = (
    "SELECT ?n ?a { ?c schema:name ?n ; a schema:Organization FILTER(STRLEN(?n) = 4) OPTIONAL { ?c schema:tickerSymbol ?a } } ORDER BY ?n"
)
EDGES = "CONSTRUCT { ?a ng:investedIn ?b ; schema:name ?n } WHERE { ?a ng:investedIn ?b ; schema:name ?n }"


@pytest.fixture(scope="module")
def store() -> QueryStore:
    return QueryStore(sample_graph())


def test_select_as_json_has_every_term_with_its_kind(store: QueryStore) -> None:
    answer = json.loads(
        store.ask_text('SELECT ?c ?n ("x"@en AS ?x) (3 AS ?i) { ?c schema:tickerSymbol "ACM" ; schema:name ?n }', "sparql-json")
    )

    assert answer["head"]["vars"] == ["c", "n", "x", "i"]
    assert answer["results"]["bindings"] == [{
        "c": {"type": "uri", "value": ACME},
        "n": {"type": "literal", "value": "Acme"},
        "x": {"type": "literal", "value": "x", "xml:lang": "en"},
        "i": {"type": "literal", "value": "3", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
    }]  # fmt: skip


@pytest.mark.parametrize("form", ["sparql-json", "sparql-xml", "sparql-csv", "sparql-tsv"])
def test_rdflib_reads_every_format_of_rows(store: QueryStore, form: str) -> None:
    if form == "sparql-tsv":  # rdflib's reader stops at an unbound last cell
        assert store.ask_text(NAMES, form).splitlines()[:2] == ["?n\t?a", '"Acme"\t"ACM"']
        return
    read = rdflib.query.Result.parse(source=io.BytesIO(store.ask_text(NAMES, form).encode()), format=form.removeprefix("sparql-"))

    assert [str(binding[rdflib.Variable("n")]) for binding in read.bindings][:2] == ["Acme", "Bolt"]


def test_a_headline_of_control_characters_arrives_whole(store: QueryStore) -> None:
    answer = json.loads(store.ask_text("SELECT ?h { ?a schema:headline ?h } ORDER BY ?h", "sparql-json"))

    assert unescape(HOSTILE) in [row["h"]["value"] for row in answer["results"]["bindings"]]


UNFIT = r'"\u0000\u0001\uFFFE\uFFFF&#1;\t\uFFFD\U0001F600\uFFFC"'
FITTING = "\ufffd" * 4 + "&#1;\t\ufffd\U0001f600\ufffc"


@pytest.mark.parametrize("where", ["{}", "{ ?c schema:tickerSymbol ?t } LIMIT 1"])
def test_xml_of_rows_has_nothing_that_xml_does_not_allow(store: QueryStore, where: str) -> None:
    answer = ET.fromstring(store.ask_text(f"SELECT ({UNFIT} AS ?x) {where}", "sparql-xml"))  # noqa: S314 - our own answer

    assert [literal.text for literal in answer.iter("{http://www.w3.org/2005/sparql-results#}literal")] == [FITTING]


def test_xml_of_statements_has_nothing_that_xml_does_not_allow(store: QueryStore) -> None:
    answer = ET.fromstring(store.ask_text(f"CONSTRUCT {{ schema:a schema:name {UNFIT} }} {{}}", "rdfxml"))  # noqa: S314 - our own answer

    assert [name.text for name in answer.iter("{https://schema.org/}name")] == [FITTING]


def test_ask_is_answered_as_json_and_xml(store: QueryStore) -> None:
    assert json.loads(store.ask_text("ASK { ?s ?p ?o }", "sparql-json"))["boolean"] is True
    assert ET.fromstring(store.ask_text("ASK { ?s ng:nothing ?o }", "sparql-xml"))[1].text == "false"  # noqa: S314 - our own answer


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # of rdflib's reader of JSON-LD
@pytest.mark.parametrize(("form", "name"), [("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld"), ("rdfxml", "xml")])
def test_every_rdf_format_holds_the_same_statements(store: QueryStore, form: str, name: str) -> None:
    statements = {tuple(map(str, triple)) for triple in rdflib.Graph().parse(data=store.ask_text(EDGES, form), format=name)}

    assert statements == {
        (ACME, "https://w3id.org/newsgraph/ns#investedIn", BOLT),
        (ACME, "https://schema.org/name", "Acme"),
    }


def test_turtle_has_prefixes_and_is_the_same_at_every_call(store: QueryStore) -> None:
    question = "CONSTRUCT { ?a schema:knows ?b . ?b schema:name ?n } WHERE { ?a ng:investedIn ?b . ?b schema:name ?n }"
    text = store.ask_text(question, "turtle")

    assert "@prefix schema: <https://schema.org/> .\n" in text
    assert text == QueryStore(sample_graph()).ask_text(question, "turtle")


def test_describe_is_answered_in_turtle(store: QueryStore) -> None:
    assert f"<{ACME}> a schema:Corporation" in store.ask_text(f"DESCRIBE <{ACME}>", "turtle")


@pytest.mark.parametrize(("question", "form"), [(NAMES, "turtle"), (EDGES, "sparql-json"), ("ASK {}", "jsonld")])
def test_a_format_that_cannot_hold_the_answer_is_refused_with_those_that_can(store: QueryStore, question: str, form: str) -> None:
    with pytest.raises(QueryError, match=f"cannot be written as {form}, but as one of: "):
        store.ask_text(question, form)


def test_an_unknown_format_is_refused_with_the_known_ones(store: QueryStore) -> None:
    with pytest.raises(QueryError, match=r"no format nt .* sparql-json"):
        store.ask_text(NAMES, "nt")


@pytest.mark.parametrize(("question", "form"), [*((NAMES, form) for form in FORMATS[:4]), ("CONSTRUCT WHERE { ?s ?p ?o }", "ntriples")])
def test_too_many_rows_are_an_error_in_every_format(store: QueryStore, question: str, form: str) -> None:
    with pytest.raises(QueryError, match="more than 2 rows"):
        store.ask_text(question, form, QueryLimits(rows=2))
    if question == NAMES:
        assert store.ask_text(question, form, QueryLimits(rows=3))


def test_a_question_about_named_graphs_is_answered_as_text(store: QueryStore) -> None:
    answer = json.loads(store.ask_text('SELECT DISTINCT ?g { GRAPH ?g { ?c schema:tickerSymbol "ACM" } }', "sparql-json"))

    assert len(answer["results"]["bindings"]) == 1


def test_wrong_and_deep_questions_end_in_a_plain_error(store: QueryStore) -> None:
    with pytest.raises(QueryError, match="not valid SPARQL"):
        store.ask_text("SELECT {", "sparql-json")
    with pytest.raises(QueryError, match="nested more than"):
        store.ask_text("SELECT * { FILTER(" + "(" * 5000 + "1=1" + ")" * 5000 + ") }", "sparql-json")


def test_ten_thousand_brackets_in_a_list_are_answered_or_refused_but_end_nothing(store: QueryStore) -> None:
    question = "SELECT * { FILTER(1 IN (" + "1," * 10_000 + "1)) }"

    assert store.ask_text(question, "sparql-json").startswith('{"head"')
