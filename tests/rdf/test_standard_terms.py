"""A program that knows only the standards finds what there is, and draws no wrong conclusions from the vocabulary."""

from __future__ import annotations

import owlrl
import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, URIRef

from every_event import event_iri, every_event
from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import EDGE_KINDS, EVENT_TYPES, ROLES, expand
from newsgraph.rdf.rdflib_graph import to_rdflib
from newsgraph.shacl.shapes import shapes_graph
from sample import ACME, ALPHA, BETA, BOLT, CANE, COURT, DUNE, JANE, LYON, MONEY, RUMOUR, WORK, sample_graph


def _node(value: str) -> URIRef:
    return URIRef(value if value.startswith("http") else expand(value))


@pytest.fixture(scope="module")
def every() -> Graph:
    return to_rdflib(every_event())


def _graph(name: str, request: pytest.FixtureRequest) -> GraphTables:
    made = {"sample": sample_graph, "every event": every_event}
    return made[name]() if name in made else request.getfixturevalue(name)


@pytest.mark.parametrize("inference", ["rdfs", "owlrl"])
@pytest.mark.parametrize("name", ["sample", "every event", "seed_graph"])
def test_the_shapes_hold_under_inference_too(name: str, inference: str, request: pytest.FixtureRequest) -> None:
    graph = to_rdflib(_graph(name, request))
    conforms, _, report = pyshacl.validate(graph, shacl_graph=shapes_graph(), inference=inference)
    assert conforms, report


def test_a_reasoner_finds_no_contradiction_and_the_inverse_of_an_edge() -> None:
    graph = to_rdflib(every_event())
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert list(graph.triples((None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"), None))) == []
    assert (_node(BOLT), _node("ng:gotInvestmentFrom"), _node(ACME)) in graph
    # what is typed by a domain or range is what it says it is
    assert (_node(MONEY), RDF.type, _node("ng:Acquisition")) not in graph
    assert (_node(JANE), RDF.type, _node("schema:Organization")) not in graph


def test_a_contradiction_is_found_by_a_reasoner() -> None:
    graph = to_rdflib(sample_graph())
    graph.add((_node(MONEY), _node("ng:target"), _node(ACME)))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(graph)
    assert list(graph.triples((None, URIRef("http://www.daml.org/2002/03/agents/agent-ont#error"), None)))


def test_every_event_is_a_sem_event_with_its_actors_and_place(every: Graph) -> None:
    for kind in EVENT_TYPES.values():
        event = _node(event_iri(kind.name))
        assert {_node(kind.cls), _node("ng:Event"), _node("sem:Event")} == set(every.objects(event, RDF.type))
        agents = {value for role in ROLES.values() if role.agent for value in every.objects(event, _node(role.property))}
        assert agents == set(every.objects(event, _node("sem:hasActor")))
        assert set(every.objects(event, _node("ng:place"))) == set(every.objects(event, _node("sem:hasPlace")))


def test_every_mention_is_a_nif_phrase(every: Graph) -> None:
    mentions = set(every.subjects(_node("nif:anchorOf"), None))
    assert mentions == set(every.subjects(RDF.type, _node("nif:Phrase")))


def test_an_event_has_its_time_as_precisely_as_it_is_known(every: Graph) -> None:
    times = {value.datatype for value in every.objects(None, _node("sem:hasTimeStamp")) if isinstance(value, Literal)}
    assert times == {_node("xsd:date"), _node("xsd:gYearMonth"), _node("xsd:gYear")}


def test_who_is_not_named_is_written_in_words(every: Graph) -> None:
    merger, appointment = _node(event_iri("merger")), _node(event_iri("appointment"))
    assert every.value(merger, _node("ng:unnamed")) == Literal("two small firms")
    assert every.value(appointment, _node("ng:position")) == Literal("chief of rockets")


def test_a_part_is_a_node_of_its_own_and_its_owner_was_not_acquired(every: Graph) -> None:
    sale = _node(event_iri("acquisition"))
    part = every.value(sale, _node("ng:part"))
    assert every.value(part, RDF.type) == _node("ng:BusinessPart")
    assert every.value(part, _node("ng:partOf")) == _node(CANE)
    assert (_node(ACME), _node("ng:boughtPartOf"), _node(CANE)) in every
    assert (_node(ACME), _node("ng:acquired"), _node(CANE)) not in every


def test_each_edge_has_a_statement_with_its_events_and_articles(every: Graph) -> None:
    statements = {
        tuple(every.value(node, _node(f"rdf:{part}")) for part in ("subject", "predicate", "object")): node
        for node in every.subjects(RDF.type, _node("rdf:Statement"))
    }
    edges = {
        (subject, prop, value)
        for prop in {
            _node(kind.property) for kind in EDGE_KINDS.values() if kind.property in {event.shortcut for event in EVENT_TYPES.values()}
        }
        | {_node("ng:boughtPartOf")}
        for subject, value in every.subject_objects(prop)
    }
    assert set(statements) == edges
    invested = statements[_node(ACME), _node("ng:investedIn"), _node(BOLT)]
    from_events = {_node(MONEY), _node(event_iri("investment"))}
    assert set(every.objects(invested, _node("prov:wasDerivedFrom"))) >= from_events | {_node(ALPHA), _node(BETA)}
    for way in ((ACME, BOLT), (BOLT, ACME)):
        node = statements[_node(way[0]), _node("ng:partneredWith"), _node(way[1])]
        assert _node(WORK) in set(every.objects(node, _node("prov:wasDerivedFrom")))


def test_a_person_may_be_a_party_and_have_edges(every: Graph) -> None:
    assert (_node(event_iri("lawsuit")), _node("ng:plaintiff"), _node(JANE)) in every
    assert set(every.objects(_node(JANE), _node("ng:sued"))) == {_node(BOLT)}


def test_our_own_words_are_in_english_and_words_of_articles_have_no_language() -> None:
    graph = to_rdflib(sample_graph())
    ours = ("rdfs:label",)
    theirs = ("schema:headline", "schema:abstract", "nif:isString", "nif:anchorOf", "ng:unnamed", "ng:role")
    events = [_node(MONEY), _node(RUMOUR)]
    assert {
        value.language for name in ours for event in events for value in graph.objects(event, _node(name)) if isinstance(value, Literal)
    } == {"en"}
    assert {value.language for name in theirs for value in graph.objects(None, _node(name)) if isinstance(value, Literal)} == {None}
    part = graph.value(_node(RUMOUR), _node("ng:part"))
    assert graph.value(part, _node("schema:name")) == Literal("rocket unit")
    assert graph.value(part, _node("ng:partOf")) == _node(DUNE)


def test_statuses_and_kinds_of_amounts_are_concepts_with_plain_words() -> None:
    graph = to_rdflib(sample_graph())
    status = graph.value(_node(RUMOUR), _node("ng:status"))
    assert graph.value(status, _node("skos:notation")) == Literal("rumoured")
    amount = graph.value(_node(MONEY), _node("ng:amount"))
    assert graph.value(graph.value(amount, _node("ng:amountOf")), _node("skos:prefLabel")) == Literal("price of a stake", lang="en")


def test_places_and_courts_keep_their_kinds(every: Graph) -> None:
    assert every.value(_node(event_iri("layoff")), _node("ng:place")) == _node(LYON)
    assert every.value(_node(event_iri("bankruptcy")), _node("ng:court")) == _node(COURT)
