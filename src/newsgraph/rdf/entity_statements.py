"""The RDF statements about providers, topics, companies, organisations, products, people and places."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.provenance.alias_evidence import LISTED, OWN_DOMAIN
from newsgraph.rdf.edge_statements import EdgesOfNodes
from newsgraph.rdf.sorted_rows import Row
from newsgraph.rdf.terms import Block, Pair, decimal, integer, iri, link, make_pairs, name, text, words

WIKIDATA = "http://www.wikidata.org/entity/"
_IDS = ("lei", "wikidata", "cik", "domain", "country", "isins")


def providers(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe the providers of articles."""
    for row in graph["providers"].iter_rows(named=True):
        pairs = make_pairs(
            ("rdf:type", name("schema:NewsMediaOrganization")),
            ("schema:name", words(row["name"]) or words(row["domain"])),
            ("schema:identifier", text(row["domain"])),
            ("schema:url", link(row["url"])),
            ("schema:parentOrganization", iri(row["company"]) if row["company"] else None),
            ("ng:parentRule", text(OWN_DOMAIN) if row["company"] else None),
        )
        yield Block("Providers", home, iri(row["iri"]).value, pairs)


def topics(graph: GraphTables, home: str, base: str) -> Iterator[Block]:
    """Describe the topics and their concept scheme."""
    table = graph["topics"]
    if table.is_empty():
        return
    scheme = iri(f"{base}topics")
    top = [iri(value) for value in table.filter(pl.col("broader").is_null())["iri"]]
    pairs = make_pairs(("rdf:type", name("skos:ConceptScheme")), ("dcterms:title", text("Topics", "en")), ("skos:hasTopConcept", top))
    yield Block("Topics", home, scheme.value, pairs)
    narrower = dict(table.filter(pl.col("broader").is_not_null()).group_by("broader").agg(pl.col("iri").sort()).iter_rows())
    for row in table.iter_rows(named=True):
        pairs = make_pairs(
            ("rdf:type", (name("ng:Topic"), name("skos:Concept"))),
            ("skos:prefLabel", words(row["name"], "en")),
            ("skos:inScheme", scheme),
            ("skos:topConceptOf", None if row["broader"] else scheme),
            ("skos:broader", iri(row["broader"]) if row["broader"] else None),
            ("skos:narrower", [iri(value) for value in narrower.get(row["iri"], ())]),
            ("ng:rule", text(row["rule"]) if row["broader"] else None),
        )
        yield Block("Topics", home, iri(row["iri"]).value, pairs)


def companies(graph: GraphTables, home: str, edges: EdgesOfNodes) -> Iterator[Block]:
    """Describe the companies, with their `edges`, see `edges_by_source`."""
    for row in graph["companies"].iter_rows(named=True):
        corporate = bool(row["legal_name"] or row["tickers"])
        label = words(row["name"])
        pairs = make_pairs(
            ("rdf:type", name("schema:Organization")),
            ("rdf:type", name("schema:Corporation") if corporate else None),
            ("schema:name", label),
            ("skos:altLabel", [words(value) for value in row["aliases"] or () if words(value) != label]),
            ("schema:legalName", words(row["legal_name"])),
            ("schema:tickerSymbol", [words(value) for value in row["tickers"] or ()]),
            ("schema:leiCode", words(row["lei"])),
            ("schema:identifier", [text(f"ISIN {value}") for value in row["isins"] or ()]),
            ("schema:identifier", text(f"CIK {row['cik']}") if row["cik"] else None),
            ("schema:address", iri(f"{row['iri']}#address") if row["country"] else None),
            ("ng:idRule", text(row["id_rule"] or (LISTED if any(row[value] for value in _IDS) else None))),
            ("schema:sameAs", iri(WIKIDATA + row["wikidata"]) if row["wikidata"] else None),
            ("schema:url", link(f"https://{row['domain']}/") if row["domain"] else None),
            ("schema:parentOrganization", iri(row["parent"]) if row["parent"] else None),
            ("ng:parentRule", text(LISTED) if row["parent"] else None),
            *edges.get(row["iri"], ()),
            *_evidence(row),
        )
        yield Block("Companies", home, iri(row["iri"]).value, pairs)
        if row["country"]:
            address = make_pairs(("rdf:type", name("schema:PostalAddress")), ("schema:addressCountry", text(row["country"])))
            yield Block("Companies", home, iri(f"{row['iri']}#address").value, address)


def _evidence(row: Row) -> tuple[Pair, ...]:
    """Return how something was recognised and how many articles, outlets and origins support it."""
    return make_pairs(
        ("ng:articleCount", integer(row["articles"])),
        ("ng:outletCount", integer(row["outlets"])),
        ("ng:originCount", integer(row["origins"])),
        ("ng:rule", text(row["rule"])),
        ("ng:confidence", decimal(row["confidence"])),
    )


def organisations(graph: GraphTables, home: str, edges: EdgesOfNodes) -> Iterator[Block]:
    """Describe organisations other than companies; as parties of events, they may have shortcut edges too."""
    for row in graph["organisations"].iter_rows(named=True):
        label = words(row["name"])
        pairs = make_pairs(
            ("rdf:type", name("schema:Organization")),
            ("schema:name", label),
            ("skos:altLabel", [words(value) for value in row["aliases"] or () if words(value) != label]),
            *edges.get(row["iri"], ()),
            *_evidence(row),
        )
        yield Block("Organisations", home, iri(row["iri"]).value, pairs)


def products(graph: GraphTables, home: str, edges: EdgesOfNodes) -> Iterator[Block]:
    """Describe the products, their makers and whose brands they are."""
    for row in graph["products"].iter_rows(named=True):
        pairs = make_pairs(
            ("rdf:type", name("schema:Product")),
            ("schema:name", words(row["name"])),
            ("schema:manufacturer", iri(row["maker"]) if row["maker"] else None),
            *edges.get(row["iri"], ()),
            *_evidence(row),
        )
        yield Block("Products", home, iri(row["iri"]).value, pairs)


def people(graph: GraphTables, home: str, edges: EdgesOfNodes) -> Iterator[Block]:
    """Describe people, their employers and the shortcut edges that follow from their events.

    They have a job title if all articles agree on it; each mention states its own post.
    """
    employers: dict[str, set[str]] = {}
    roles: dict[str, dict[str, str]] = {}
    for person, role, employer in graph["posts"].select("person", "role", "employer").iter_rows():
        if employer:
            employers.setdefault(person, set()).add(employer)
        if role:
            roles.setdefault(person, {}).setdefault(role.casefold(), role)
    for row in graph["people"].iter_rows(named=True):
        label, titles = words(row["name"]), roles.get(row["iri"], {})
        pairs = make_pairs(
            ("rdf:type", name("schema:Person")),
            ("schema:name", label),
            ("skos:altLabel", [words(value) for value in row["aliases"] or () if words(value) != label]),
            ("schema:jobTitle", [words(role) for role in titles.values()] if len(titles) == 1 else None),
            ("schema:worksFor", [iri(employer) for employer in sorted(employers.get(row["iri"], ()))]),
            *edges.get(row["iri"], ()),
            *_evidence(row),
        )
        yield Block("People", home, iri(row["iri"]).value, pairs)


def places(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe the places that articles name."""
    for row in graph["places"].iter_rows(named=True):
        label = words(row["name"])
        pairs = make_pairs(
            ("rdf:type", name("schema:Place")),
            ("schema:name", label),
            ("skos:altLabel", [words(value) for value in row["aliases"] or () if words(value) != label]),
            *_evidence(row),
        )
        yield Block("Places", home, iri(row["iri"]).value, pairs)
