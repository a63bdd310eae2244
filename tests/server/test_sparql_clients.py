"""Clients of the semantic web against the running server: SPARQLWrapper, rdflib's store, its federation and its parser."""

from __future__ import annotations

from typing import Any

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, POST, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from served_site import Site

SCHEMA = rdflib.Namespace("https://schema.org/")
QUERY = "SELECT ?name WHERE { ?c a schema:Corporation ; schema:name ?name } ORDER BY ?name LIMIT 3"
NAMES = ["Corvane Energy", "Corvane Minerals", "Fennimore Automation"]


def converted(client: SPARQLWrapper) -> Any:  # noqa: ANN401 - each syntax has another type
    return client.queryAndConvert()


def name_of(row: object) -> str:
    assert isinstance(row, rdflib.query.ResultRow)
    return str(row[0])


@pytest.mark.parametrize("method", ["GET", POST])
def test_sparqlwrapper_reads_every_syntax(method: str, site: Site) -> None:
    client = SPARQLWrapper(f"{site.url}/sparql")
    client.setMethod(method)
    client.setQuery(QUERY)
    client.setReturnFormat(JSON)
    rows = converted(client)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == NAMES
    client.setReturnFormat(XML)
    assert [node.firstChild.data for node in converted(client).getElementsByTagName("literal")] == NAMES
    for form in (CSV, TSV):
        client.setReturnFormat(form)
        assert NAMES[0] in converted(client).decode()


def test_sparqlwrapper_reads_statements_and_errors(site: Site) -> None:
    client = SPARQLWrapper(f"{site.url}/sparql")
    client.setQuery("CONSTRUCT { ?c schema:name ?name } WHERE { ?c a schema:Corporation ; schema:name ?name }")
    client.setReturnFormat(TURTLE)
    graph = rdflib.Graph().parse(data=converted(client), format="turtle")
    assert {str(name) for name in graph.objects(None, SCHEMA.name)} >= set(NAMES)
    client.setReturnFormat(JSON)
    client.setQuery("SELECT nonsense")
    with pytest.raises(QueryBadFormed, match="not valid SPARQL"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_the_store_of_rdflib_answers_from_the_server(method: str, site: Site) -> None:
    graph = rdflib.Graph(SPARQLStore(f"{site.url}/sparql", method=method))
    company = rdflib.URIRef(f"{site.graph.base}company/osterholt")
    assert str(graph.value(company, SCHEMA.name)) == "Osterholt"
    assert [name_of(row) for row in graph.query(f"PREFIX schema: <{SCHEMA}> {QUERY}")] == NAMES
    assert graph.query("ASK { ?s ?p ?o }").askAnswer
    assert len(graph) == len(rdflib.Graph().parse(site.graph.folder / "graph.ttl"))


def test_a_service_of_rdflib_reaches_the_server(site: Site) -> None:
    local = rdflib.Graph()
    company = rdflib.URIRef(f"{site.graph.base}company/osterholt")
    local.add((rdflib.URIRef("urn:own:portfolio"), rdflib.URIRef("urn:own:holds"), company))
    query = f"SELECT ?name {{ <urn:own:portfolio> <urn:own:holds> ?c . SERVICE <{site.url}/sparql> {{ ?c <{SCHEMA.name}> ?name }} }}"
    assert [name_of(row) for row in local.query(query)] == ["Osterholt"]


@pytest.mark.parametrize("thing", ["company/osterholt", "person/katrin-vollmer", "dataset"])
def test_rdflib_parses_an_iri_of_the_graph(thing: str, site: Site) -> None:
    iri = rdflib.URIRef(site.graph.base + thing)
    graph = rdflib.Graph().parse(str(iri))
    assert (iri, rdflib.RDF.type, None) in graph
    stored = rdflib.Graph().parse(site.graph.folder / "graph.ttl")
    assert set(graph.triples((iri, None, None))) == set(stored.triples((iri, None, None)))
    assert [triple for triple in graph if triple not in stored] == []
