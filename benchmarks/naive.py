"""A build beside the script that a user would write: python-frontmatter and rdflib, the same declared facts as Turtle.

Usage: python benchmarks/naive.py [--documents 2000] [--extractor none --extractor rules]

Both are run as programs of their own; processor time counts start and all. The script's triples must all be among the build's, and the build
must have no other triple of the same predicates about the same articles, pictures, texts, providers and topics. Needs python-frontmatter.
"""

from __future__ import annotations

import argparse
import hashlib
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import RdfFormat, Triple, parse

from generate import write
from machine import machine
from newsgraph.identity import DEFAULT_BASE, slug

SCHEMA, DCTERMS, NIF = "https://schema.org/", "http://purl.org/dc/terms/", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
OWN, KINDS = "https://w3id.org/newsgraph/ns#", ("article/", "provider/", "topic/")
# What a build derives and a script that only copies does not: stories, provenance, the tree of topics.
_DERIVED = frozenset(f"{SCHEMA}{name}" for name in ("isPartOf",)) | {f"{OWN}storyRule", f"{OWN}rule", f"{DCTERMS}source"}


def script(folder: Path, target: Path) -> None:
    """Write the declared facts of a folder of documents as Turtle: what a user would do by hand."""
    import frontmatter  # noqa: PLC0415 - for this half alone
    from rdflib import RDF, XSD, Graph, Literal, Namespace, URIRef  # noqa: PLC0415 - as above

    graph, schema, terms, nif, own = Graph(), Namespace(SCHEMA), Namespace(DCTERMS), Namespace(NIF), Namespace(OWN)
    skos = Namespace("http://www.w3.org/2004/02/skos/core#")

    def add(one: dict[str, object]) -> URIRef:
        iri = URIRef(f"{DEFAULT_BASE}article/{hashlib.sha256(str(one['webUrl']).encode()).hexdigest()[:12]}")
        title, excerpt = str(one["title"]), str(one.get("excerpt") or "")
        graph.add((iri, RDF.type, schema.NewsArticle))
        graph.add((iri, schema.headline, Literal(title)))
        if excerpt:
            graph.add((iri, schema.abstract, Literal(excerpt)))
        moment = f"{one['publishedDateTime']:%Y-%m-%dT%H:%M:%SZ}"
        graph.add((iri, schema.datePublished, Literal(moment, datatype=XSD.dateTime, normalize=False)))
        graph.add((iri, schema.url, URIRef(str(one["webUrl"]))))
        if one.get("category"):
            graph.add((iri, schema.articleSection, Literal(one["category"])))
        for field in ("quality", "heat"):
            if one.get(field) is not None:
                graph.add((iri, own[field], Literal(one[field])))
        provider = one["provider"]
        house = URIRef(f"{DEFAULT_BASE}provider/{provider['domain']}")  # type: ignore[index]
        graph.add((iri, schema.publisher, house))
        graph.add((house, RDF.type, schema.NewsMediaOrganization))
        graph.add((house, schema.name, Literal(provider["name"])))  # type: ignore[index]
        graph.add((house, schema.identifier, Literal(provider["domain"])))  # type: ignore[index]
        graph.add((house, schema.url, URIRef(f"https://{provider['domain']}/")))  # type: ignore[index]
        for name in one.get("topics") or ():  # type: ignore[attr-defined]
            topic = URIRef(f"{DEFAULT_BASE}topic/{slug(name)}")
            graph.add((iri, terms.subject, topic))
            graph.add((topic, RDF.type, skos.Concept))
            graph.add((topic, skos.prefLabel, Literal(name, lang="en")))
        for number, image in enumerate(one.get("images") or (), 1):  # type: ignore[arg-type,var-annotated]
            picture = URIRef(f"{iri}#image-{number}")
            graph.add((iri, schema.image, picture))
            graph.add((picture, RDF.type, schema.ImageObject))
            graph.add((picture, schema.contentUrl, URIRef(image["url"])))
            graph.add((picture, schema.width, Literal(image["width"])))
            graph.add((picture, schema.height, Literal(image["height"])))
        text, whole = URIRef(f"{iri}#text"), f"{title}\n{excerpt}" if excerpt else title
        graph.add((text, RDF.type, nif.Context))
        graph.add((text, nif.isString, Literal(whole)))
        graph.add((text, nif.beginIndex, Literal("0", datatype=XSD.nonNegativeInteger)))
        graph.add((text, nif.endIndex, Literal(str(len(whole)), datatype=XSD.nonNegativeInteger)))
        graph.add((text, terms.isPartOf, iri))
        return iri

    for path in sorted(folder.glob("*.md")):
        page = frontmatter.load(str(path)).metadata
        main = add(page)
        for other in page.get("related") or ():
            graph.add((main, terms.relation, add(other)))
    graph.serialize(target, format="turtle")


def main() -> None:
    """Measure, compare and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--extractor", action="append", default=[])
    parser.add_argument("--script", type=Path, nargs=2, metavar=("FOLDER", "FILE"), help="do the script's half alone")
    options = parser.parse_args()
    if options.script:
        script(*options.script)
        return
    with tempfile.TemporaryDirectory() as name:
        folder, naive = Path(name) / "in", Path(name) / "naive.ttl"
        articles = write(folder, options.documents)
        seconds = _seconds(__file__, "--script", folder, naive)
        wanted = set(_triples(naive))
        print(f"{machine()}; {options.documents:,} documents, {len(articles):,} articles, {len(wanted):,} triples declared")
        print(f"{'python-frontmatter + rdflib':<30} {seconds:>8.2f} s")
        for extractor in options.extractor or ["none", "rules"]:
            out = Path(name) / extractor
            took = _seconds("-m", "newsgraph", "build", folder, "-o", out, "-f", "turtle", "--extractor", extractor, "--quiet")
            predicates, subjects = {one.predicate for one in wanted}, {one.subject for one in wanted}
            told = (one for one in _triples(out / "graph.ttl") if one.predicate.value not in _DERIVED)
            found = {one for one in told if one.predicate in predicates and one.subject in subjects}
            same = "the same triples" if found == wanted else f"{len(wanted - found)} triples missing, {len(found - wanted)} more"
            print(f"newsgraph --extractor {extractor:<9} {took:>8.2f} s  {seconds / took:.1f} times less; {same}")


def _seconds(*command: object) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *map(str, command)], check=True)  # noqa: S603 - our own programs
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _triples(path: Path) -> Iterator[Triple]:
    starts = tuple(f"{DEFAULT_BASE}{kind}" for kind in KINDS)
    for quad in parse(path=str(path), format=RdfFormat.TURTLE):
        if str(getattr(quad.subject, "value", "")).startswith(starts):
            yield quad.triple


if __name__ == "__main__":
    main()
