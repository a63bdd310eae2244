"""The script that a user would write: python-frontmatter and rdflib, the declared facts of a folder of documents.

Usage: python benchmarks/others/by_hand.py FOLDER FILE.ttl|FILE.nt
"""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from typing import Any

import frontmatter
from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS

BASE = "https://newsgraph.example.org/id/"
SCHEMA, OWN = Namespace("https://schema.org/"), Namespace("https://w3id.org/newsgraph/ns#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
Fields = dict[str, Any]


def script(folder: Path, target: Path) -> None:
    """Write the declared facts of a folder."""
    graph = Graph()
    for path in sorted(folder.glob("*.md")):
        page: Fields = dict(frontmatter.load(str(path)).metadata)
        main = _article(graph, page)
        for other in page.get("related") or ():
            graph.add((main, DCTERMS.relation, _article(graph, other)))
    graph.serialize(target, format="nt" if target.suffix == ".nt" else "turtle", encoding="utf-8")


def _article(graph: Graph, one: Fields) -> URIRef:
    iri = URIRef(f"{BASE}article/{hashlib.sha256(one['webUrl'].encode()).hexdigest()[:12]}")
    title, excerpt = one["title"], one.get("excerpt") or ""
    graph.add((iri, RDF.type, SCHEMA.NewsArticle))
    graph.add((iri, SCHEMA.headline, Literal(title)))
    if excerpt:
        graph.add((iri, SCHEMA.abstract, Literal(excerpt)))
    moment = f"{one['publishedDateTime']:%Y-%m-%dT%H:%M:%SZ}"
    graph.add((iri, SCHEMA.datePublished, Literal(moment, datatype=XSD.dateTime, normalize=False)))
    graph.add((iri, SCHEMA.url, URIRef(one["webUrl"])))
    if one.get("category"):
        graph.add((iri, SCHEMA.articleSection, Literal(one["category"])))
    for field in ("quality", "heat"):
        if one.get(field) is not None:
            graph.add((iri, OWN[field], Literal(one[field])))
    _surroundings(graph, iri, one)
    text, whole = URIRef(f"{iri}#text"), f"{title}\n{excerpt}" if excerpt else title
    graph.add((text, RDF.type, NIF.Context))
    graph.add((text, NIF.isString, Literal(whole)))
    graph.add((text, NIF.beginIndex, Literal("0", datatype=XSD.nonNegativeInteger)))
    graph.add((text, NIF.endIndex, Literal(str(len(whole)), datatype=XSD.nonNegativeInteger)))
    graph.add((text, DCTERMS.isPartOf, iri))
    return iri


def _surroundings(graph: Graph, iri: URIRef, one: Fields) -> None:
    """Add an article's provider, topics and pictures."""
    provider = one["provider"]
    house = URIRef(f"{BASE}provider/{provider['domain']}")
    graph.add((iri, SCHEMA.publisher, house))
    graph.add((house, RDF.type, SCHEMA.NewsMediaOrganization))
    graph.add((house, SCHEMA.name, Literal(provider["name"])))
    graph.add((house, SCHEMA.identifier, Literal(provider["domain"])))
    graph.add((house, SCHEMA.url, URIRef(f"https://{provider['domain']}/")))
    for name in one.get("topics") or ():
        topic = URIRef(f"{BASE}topic/{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}")
        graph.add((iri, DCTERMS.subject, topic))
        graph.add((topic, RDF.type, SKOS.Concept))
        graph.add((topic, SKOS.prefLabel, Literal(name, lang="en")))
    for number, image in enumerate(one.get("images") or (), 1):
        picture = URIRef(f"{iri}#image-{number}")
        graph.add((iri, SCHEMA.image, picture))
        graph.add((picture, RDF.type, SCHEMA.ImageObject))
        graph.add((picture, SCHEMA.contentUrl, URIRef(image["url"])))
        graph.add((picture, SCHEMA.width, Literal(image["width"])))
        graph.add((picture, SCHEMA.height, Literal(image["height"])))


if __name__ == "__main__":
    script(Path(sys.argv[1]), Path(sys.argv[2]))
