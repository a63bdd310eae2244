"""Every RDF file says the same, says it exactly, and reads in other people's programs."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta, timezone
from importlib.resources import files
from pathlib import Path

import polars as pl
import pyoxigraph as ox
import pyshacl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import RDF, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import XSD

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import make_tables
from newsgraph.core.vocabulary import EDGE_KINDS, NODE_KINDS, ROLES, expand
from newsgraph.export import EXPORTERS
from newsgraph.rdf.graph_statements import blocks, dataset
from newsgraph.rdf.rdflib_graph import to_rdflib
from newsgraph.rdf.terms import Iri, decimal, iri, link, number, plain, time
from newsgraph.rdf.terms import Literal as Text
from newsgraph.rdf.turtle_layout import address
from sample import (
    ACME,
    ALPHA,
    BASE,
    BETA,
    BOLT,
    CANE,
    DEAL,
    DUNE,
    GAMMA,
    HOSTILE,
    JANE,
    LYON,
    MONEY,
    RUMOUR,
    SOURCE_ONE,
    SOURCE_TWO,
    WORK,
    article_text,
    sample_graph,
)

SYNTAXES = ("turtle", "ntriples", "nquads", "trig", "jsonld")
Triple = tuple[str, str, str]


def _written(syntax: str, folder: Path) -> Path:
    (path,) = EXPORTERS[syntax](sample_graph(), folder)
    return path


def _triples(path: Path) -> set[Triple]:
    return {(str(quad.subject), str(quad.predicate), str(quad.object)) for quad in ox.parse(path=str(path))}


def _node(value: str) -> URIRef:
    return URIRef(expand(value) if ":" in value and not value.startswith("http") else value)


def _has(graph: Graph, subject: str, predicate: str, value: str) -> bool:
    return (_node(subject), _node(predicate), _node(value)) in graph


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_every_rdf_syntax_holds_the_same_triples(syntax: str, tmp_path: Path) -> None:
    expected = {(f"<{b.subject}>", f"<{expand(p)}>", plain(o)) for b in blocks(sample_graph()) for p, o in b.pairs}
    found = _triples(_written(syntax, tmp_path))
    assert {(s, p) for s, p, _ in found} == {(s, p) for s, p, _ in expected}
    assert len(found) == len(expected)


def test_rdflib_and_pyoxigraph_read_the_same_number_of_triples_from_turtle(tmp_path: Path) -> None:
    path = _written("turtle", tmp_path)
    assert len(Graph().parse(path)) == len(_triples(path)) > 400


def test_the_rdflib_graph_is_the_turtle_file(tmp_path: Path) -> None:
    assert isomorphic(to_rdflib(sample_graph()), Graph().parse(_written("turtle", tmp_path)))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's own reader
def test_json_ld_says_what_turtle_says_without_a_network(tmp_path: Path) -> None:
    path = _written("jsonld", tmp_path)
    assert isomorphic(Graph().parse(path, format="json-ld"), to_rdflib(sample_graph()))


def test_the_context_has_a_key_for_every_property_that_can_be_written() -> None:
    context = json.loads((files("newsgraph") / "data" / "context.jsonld").read_text("utf-8"))["@context"]
    keys = {meaning["@id"] for meaning in context.values() if isinstance(meaning, dict)}
    written = {predicate for block in blocks(sample_graph()) for predicate, _ in block.pairs} - {"rdf:type"}
    written |= {role.property for role in ROLES.values()} | {"ng:mentionRole"}
    written |= {edge.property for edge in EDGE_KINDS.values()}
    assert written - keys == set()


def test_each_document_has_a_graph_with_its_articles(tmp_path: Path) -> None:
    graphs: dict[str, set[str]] = {}
    for quad in ox.parse(path=str(_written("nquads", tmp_path))):
        graphs.setdefault(str(quad.graph_name)[1:-1], set()).add(str(quad.subject)[1:-1].partition("#")[0])
    assert graphs.keys() == {f"{BASE}dataset#graph", f"{SOURCE_ONE}#graph", f"{SOURCE_TWO}#graph"}
    assert graphs[f"{SOURCE_ONE}#graph"] == {SOURCE_ONE, ALPHA, BETA}
    assert graphs[f"{SOURCE_TWO}#graph"] == {SOURCE_TWO, ALPHA, GAMMA}
    assert not {value for value in graphs[f"{BASE}dataset#graph"] if "/article/" in value}


def test_another_document_adds_only_that_it_states_the_article_too() -> None:
    foreign = [block for block in blocks(sample_graph()) if block.graph == f"{SOURCE_TWO}#graph" and block.subject == ALPHA]
    assert [block.pairs for block in foreign] == [(("dcterms:source", iri(SOURCE_TWO)),)]


@pytest.mark.parametrize("article", [ALPHA, BETA, GAMMA])
def test_the_text_of_an_article_is_written_exactly(article: str, tmp_path: Path) -> None:
    graph = Graph().parse(_written("turtle", tmp_path))
    assert str(graph.value(_node(f"{article}#text"), _node("nif:isString"))) == article_text(article)


def test_a_headline_is_decoded_for_people() -> None:
    headline = to_rdflib(sample_graph()).value(_node(BETA), _node("schema:headline"))
    assert str(headline) == "Acme invests $1.5m in Bolt & both partner"


def test_the_offsets_of_every_mention_cut_out_its_anchor() -> None:
    graph = to_rdflib(sample_graph())
    anchors = list(graph.subject_objects(_node("nif:anchorOf")))
    for mention, anchor in anchors:
        begin, end = (int(str(graph.value(mention, _node(f"nif:{side}Index")))) for side in ("begin", "end"))
        assert article_text(str(mention).partition("#")[0])[begin:end] == str(anchor)
    assert len(anchors) == 18


def test_two_events_told_by_the_same_words_have_two_mentions() -> None:
    graph = to_rdflib(sample_graph())
    span = f"{ALPHA}#char=0,26"
    assert _has(graph, f"{span};event=d10000000000", "itsrdf:taIdentRef", MONEY)
    assert _has(graph, f"{span};event=d20000000000", "itsrdf:taIdentRef", WORK)


def test_figures_that_disagree_stand_side_by_side() -> None:
    graph = to_rdflib(sample_graph())
    stated = {value.toPython() for value in graph.objects(None, _node("ng:statedValue")) if isinstance(value, Literal)}
    assert {float(value) for value in stated} == {1500000.0, 1250000.5, 2000000.0}


def test_the_evidence_of_a_total_is_a_mention_of_the_deal() -> None:
    graph = to_rdflib(sample_graph())
    told = [str(graph.value(mention, _node("nif:anchorOf"))) for mention in graph.subjects(_node("itsrdf:taIdentRef"), _node(DEAL))]
    assert told == ["The $2m deal has two parts"]


def test_near_copies_name_each_other() -> None:
    graph = to_rdflib(sample_graph())
    assert _has(graph, ALPHA, "ng:nearDuplicateOf", BETA)
    assert _has(graph, BETA, "ng:nearDuplicateOf", ALPHA)


def test_a_partnership_is_written_in_both_directions_and_an_investment_in_one() -> None:
    graph = to_rdflib(sample_graph())
    assert _has(graph, ACME, "ng:partneredWith", BOLT)
    assert _has(graph, BOLT, "ng:partneredWith", ACME)
    assert _has(graph, ACME, "ng:investedIn", BOLT)
    assert not _has(graph, BOLT, "ng:investedIn", ACME)


def test_a_rumour_is_an_event_but_no_fact_between_companies() -> None:
    graph = to_rdflib(sample_graph())
    assert _has(graph, RUMOUR, "rdf:type", "ng:Event")
    assert not _has(graph, CANE, "ng:acquired", DUNE)


def test_a_person_has_employer_and_job_title_and_the_mention_of_the_post_both() -> None:
    graph = to_rdflib(sample_graph())
    (post,) = graph.subjects(RDF.type, _node("ng:PostMention"))
    assert _has(graph, JANE, "schema:worksFor", BOLT)
    assert graph.value(_node(JANE), _node("schema:jobTitle")) == graph.value(post, _node("ng:role")) == Literal("CEO")
    assert (graph.value(post, _node("ng:postAt")), graph.value(post, _node("itsrdf:taIdentRef"))) == (_node(BOLT), _node(JANE))


def test_a_person_of_whom_two_roles_are_told_has_no_job_title_but_two_posts() -> None:
    rows = sample_graph()["posts"]
    other = rows.with_columns(pl.lit("founder").alias("role"), (pl.col("end") - 1).alias("end"))
    graph = to_rdflib(make_tables({**sample_graph().tables, "posts": pl.concat([rows, other])}))
    assert list(graph.objects(_node(JANE), _node("schema:jobTitle"))) == []
    assert {str(role) for role in graph.objects(None, _node("ng:role"))} == {"CEO", "founder"}


def test_people_places_and_products_stand_apart_from_the_organisations_that_an_article_mentions() -> None:
    graph = to_rdflib(sample_graph())
    assert _has(graph, BETA, "ng:mentionsPerson", JANE)
    assert _has(graph, BETA, "ng:mentionsPlace", LYON)
    assert set(graph.objects(_node(BETA), _node("schema:mentions"))) == {_node(ACME), _node(BOLT)}


def test_only_a_company_with_legal_name_or_ticker_is_a_corporation() -> None:
    graph = to_rdflib(sample_graph())
    assert list(graph.subjects(RDF.type, _node("schema:Corporation"))) == [_node(ACME)]


def test_a_script_address_never_becomes_a_link(tmp_path: Path) -> None:
    assert "javascript:" not in _written("turtle", tmp_path).read_text("utf-8")


def test_no_statement_holds_a_time_of_the_run(tmp_path: Path) -> None:
    assert not re.search("startedAtTime|endedAtTime|dcterms:created", _written("turtle", tmp_path).read_text("utf-8"))


def test_the_sample_has_the_shape_of_a_newsgraph_graph() -> None:
    conforms, _, report = pyshacl.validate(to_rdflib(sample_graph()), shacl_graph=_shapes(), meta_shacl=True)
    assert conforms, report


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "message"),
    [
        (ALPHA, "schema:headline", Literal("Another headline"), "one headline"),
        (ALPHA, "schema:mentions", URIRef(MONEY), "must be an organisation"),
        (BETA, "dcterms:subject", URIRef(expand("ng:statusEnded")), "is a topic"),
        (JANE, "schema:worksFor", URIRef(LYON), "is an organisation"),
        (JANE, "schema:jobTitle", Literal("chief"), "at most one job title"),
        (BETA, "ng:mentionsPlace", URIRef(JANE), "typed as a place"),
        (MONEY, "ng:confidence", Literal(1.5), "one confidence"),
        (MONEY, "ng:status", Literal("certain"), "A status is"),
        (MONEY, "ng:target", URIRef(ACME), "does not invest in itself"),
        (RUMOUR, "sem:hasTimeStamp", Literal("2024-06-01", datatype=XSD.date), "at most one time"),
        (RUMOUR, "ng:part", URIRef(DUNE), "one part of a business"),
        (MONEY, "ng:person", URIRef(ACME), "is a person"),
        (f"{MONEY}#amount", "schema:currency", Literal("dollars"), "three capital letters"),
    ],
)
def test_a_wrong_statement_is_found_and_said_in_plain_english(subject: str, predicate: str, value: URIRef | Literal, message: str) -> None:
    graph = to_rdflib(sample_graph())
    graph.add((_node(subject), _node(predicate), value))
    conforms, _, report = pyshacl.validate(graph, shacl_graph=_shapes())
    assert not conforms
    assert message in report


def test_every_property_of_the_shapes_has_a_message() -> None:
    shapes = _shapes()
    sh = "http://www.w3.org/ns/shacl#"
    properties = list(shapes.objects(None, URIRef(f"{sh}property")))
    assert [node for node in properties if shapes.value(node, URIRef(f"{sh}message")) is None] == []
    assert len(properties) > 80


def test_the_vocabulary_of_kinds_names_known_prefixes() -> None:
    terms = [edge.property for edge in EDGE_KINDS.values()] + [cls for kind in NODE_KINDS.values() for cls in kind.classes]
    assert all(expand(term).startswith("http") for term in terms)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_as_a_literal(value: str) -> None:
    (triple,) = ox.parse(f"<urn:a> <urn:b> {plain(Text(value))} .".encode(), format=ox.RdfFormat.N_TRIPLES)
    assert isinstance(triple.object, ox.Literal)
    assert triple.object.value == value


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_address_is_a_valid_iri_or_none(value: str) -> None:
    found = link(f"https://example.org{value}")
    if found is not None:
        assert ox.NamedNode(found.value).value == found.value
        list(ox.parse(f"<urn:a> <urn:b> <{found.value}> .".encode(), format=ox.RdfFormat.N_TRIPLES))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_short_iri_means_what_the_long_one_means(value: str) -> None:
    full = iri(BASE + value).value
    document = f"@base <{BASE}> .\n@prefix schema: <https://schema.org/> .\n{address(full, BASE)} <urn:b> <urn:c> ."
    (triple,) = ox.parse(document.encode(), format=ox.RdfFormat.TURTLE)
    assert isinstance(triple.subject, ox.NamedNode)
    assert triple.subject.value == full


@pytest.mark.parametrize("url", [None, "", "javascript:alert(1)", "data:text/html,x", "//host/a", "a b", "http://", "https:///path"])
def test_what_is_no_web_address_gives_no_link(url: str | None) -> None:
    assert link(url) is None


def test_an_ipv6_host_keeps_its_brackets() -> None:
    assert link("http://[2001:db8::1]:80/a[b]") == Iri("http://[2001:db8::1]:80/a%5Bb%5D")


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.9, "0.9"), (1.0, "1.0"), (0.000001, "0.000001"), (1e22, "10000000000000000000000.0"), (0.1 + 0.2, "0.30000000000000004")],
)
def test_decimals_are_written_in_full_and_as_short_as_they_are(value: float, written: str) -> None:
    assert decimal(value) == Text(written, "xsd:decimal")


def test_a_whole_number_is_an_integer_and_what_is_not_finite_is_left_out() -> None:
    assert number(137.0) == Text("137", "xsd:integer")
    assert number(float("nan")) is None
    assert decimal(float("inf")) is None


def test_a_time_is_in_utc_and_as_short_as_it_is() -> None:
    later = timezone(timedelta(hours=2))
    assert time(datetime(2024, 5, 1, 2, 0, 10, 500000, tzinfo=later)) == Text("2024-05-01T00:00:10.5Z", "xsd:dateTime")
    assert time(datetime(2024, 5, 1, 2, 0, 10, tzinfo=later)) == Text("2024-05-01T00:00:10Z", "xsd:dateTime")


def test_a_graph_without_its_data_set_row_is_refused() -> None:
    with pytest.raises(InputError, match="table dataset: has 0 rows"):
        dataset(make_tables({}))


def test_the_hostile_title_is_one_literal(tmp_path: Path) -> None:
    graph = Graph().parse(_written("turtle", tmp_path))
    assert str(graph.value(_node(GAMMA), _node("schema:headline"))) == HOSTILE.replace("&amp;", "&").strip()


def _shapes() -> Graph:
    return Graph().parse(data=(files("newsgraph") / "data" / "shapes.ttl").read_text("utf-8"), format="turtle")
