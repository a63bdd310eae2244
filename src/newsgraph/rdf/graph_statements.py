"""The graph as RDF statements: the one description that every RDF writer reads, whatever its syntax.

Each source document has a named graph `<source/HASH#graph>` with its articles, so that a changed file is one graph
replaced; what documents share (providers, topics, companies, events, stories, provenance, vocabulary) stands in
`<dataset#graph>`. Blocks come in one order: by section, then by IRI.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import unquote

from newsgraph.core.errors import InputError
from newsgraph.core.graph_tables import GraphTables, nodes
from newsgraph.core.redirects import redirects
from newsgraph.core.vocabulary import PREFIXES
from newsgraph.rdf import article_statements, entity_statements, event_statements, ledger_statements
from newsgraph.rdf.graph_partition import article_range
from newsgraph.rdf.ontology_statements import ontology
from newsgraph.rdf.serializer import Line, Made, Serializer, StatementText, TermCollector
from newsgraph.rdf.sorted_rows import Row
from newsgraph.rdf.terms import Block, Iri, iri, name, said, text, words

ARTICLES = 4096
"""Articles of one part."""

_VOCABULARIES = ("dcterms", "itsrdf", "ng", "nif", "prov", "schema", "sem", "skos")


def dataset(graph: GraphTables) -> Row:
    """Give the one row that says how a graph was made."""
    table = graph["dataset"]
    if table.height != 1:
        where = "table dataset"
        raise InputError(where, f"has {table.height} rows where there must be one", "Build the graph anew, or give make_tables this row")
    return table.row(0, named=True)


def blocks(graph: GraphTables) -> Iterator[Block]:
    """List all statements of a graph, subject by subject; a subject comes twice only where two graphs speak of it."""
    for piece in pieces(graph, TermCollector()):
        yield from piece.blocks


def pieces(graph: GraphTables, pen: Serializer[Line, Made]) -> Iterator[StatementText[Made]]:
    """Put down all statements of a graph with a pen, in the order of `blocks`."""
    for part in parts(graph):
        yield from pieces_of(graph, pen, part)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a graph that can be put down by itself: the articles of some rows, what comes before all articles, or after them."""

    start: int
    stop: int


_BEFORE, _AFTER = Part(-1, 0), Part(0, -1)


def parts(graph: GraphTables) -> list[Part]:
    """Cut a graph into parts, in order; one holds so few articles that what hangs on them is small."""
    count = graph["articles"].height
    return [_BEFORE, *(Part(start, min(start + ARTICLES, count)) for start in range(0, count, ARTICLES)), _AFTER]


def pieces_of(graph: GraphTables, pen: Serializer[Line, Made], part: Part) -> Iterator[StatementText[Made]]:
    """Put down the statements of one part."""
    made = dataset(graph)
    home = iri(f"{made['base']}dataset#graph").value
    if part == _BEFORE:
        yield from map(pen.piece, _shared(graph, made, home))
    elif part == _AFTER:
        yield from map(pen.piece, _replaced(graph, home))
        yield from (pen.piece(Block("Vocabulary", home, subject, pairs)) for subject, pairs in ontology())
    else:
        held = article_range(graph, part.start, part.stop)
        yield from article_statements.articles(held, pen, _paths(held), home, made["run"])


def _paths(graph: GraphTables) -> dict[str, str]:
    """Give the IRI of each document by its path."""
    return dict(graph["sources"].sort("source", "iri").select("source", "iri").iter_rows())


def _shared(graph: GraphTables, made: Row, home: str) -> Iterator[Block]:
    """List what is said of all that is no article, apart from where replaced IRIs lead."""
    base = made["base"]
    yield from _made(graph, made, home)
    yield from _sources(graph, _paths(graph))
    yield from entity_statements.providers(graph, home)
    yield from entity_statements.topics(graph, home, base)
    yield from entity_statements.companies(graph, home)
    yield from entity_statements.organisations(graph, home)
    yield from entity_statements.products(graph, home)
    yield from entity_statements.people(graph, home)
    yield from entity_statements.places(graph, home)
    yield from ledger_statements.names(graph, home)
    yield from event_statements.events(graph, home, made["run"])
    yield from ledger_statements.values(graph, home)
    yield from event_statements.stories(graph, home)
    yield from ledger_statements.decisions(graph, home, base)


def _made(graph: GraphTables, made: Row, home: str) -> Iterator[Block]:
    section = "Data set and provenance"
    base, run = made["base"], iri(made["run"])
    whole = iri(f"{base}dataset")
    agents = [(made["program"], made["program_version"]), *_readers(made["model_version"] or "")]
    iris = [iri(f"{base}agent/{who}-{release}") for who, release in agents]
    example = graph["articles"]["iri"].head(1).to_list()
    pairs = said(
        ("rdf:type", (name("void:Dataset"), name("dcat:Dataset"))),
        ("dcterms:title", words(made["title"])),
        ("void:uriSpace", text(base)),
        ("void:vocabulary", [Iri(PREFIXES[prefix]) for prefix in _VOCABULARIES]),
        ("void:exampleResource", [iri(value) for value in example]),
        ("prov:wasGeneratedBy", run),
    )
    yield Block(section, home, whole.value, pairs)
    pairs = said(
        ("rdf:type", name("prov:Activity")),
        ("prov:wasAssociatedWith", iris),
        ("ng:lexiconVersion", text(made["lexicon_version"])),
        ("ng:modelVersion", text(made["model_version"])),
        ("prov:used", [iri(value) for value in graph["sources"]["iri"].unique().sort()]),
    )
    yield Block(section, home, run.value, pairs)
    for agent, (who, release) in sorted(zip(iris, agents, strict=True), key=lambda one: one[0].value):
        pairs = said(
            ("rdf:type", name("prov:SoftwareAgent")),
            ("schema:name", text(unquote(who))),
            ("schema:softwareVersion", text(unquote(release))),
        )
        yield Block(section, home, agent.value, pairs)


def _replaced(graph: GraphTables, home: str) -> Iterator[Block]:
    """Lead IRIs of former builds to those that stand for them; one that leads to nothing in this graph is left out."""
    leads = redirects(graph)
    here = set(nodes(graph)["iri"]) if leads else set()
    rules = dict(graph["replaced"].select("old", "rule").iter_rows())
    for old, new in sorted(leads.items()):
        if new in here:
            yield Block(
                "IRIs that were replaced", home, iri(old).value, said(("dcterms:isReplacedBy", iri(new)), ("ng:rule", text(rules.get(old))))
            )


def _readers(model_version: str) -> Iterator[tuple[str, str]]:
    """Give the name and version of everything that read the texts, escaped: `rules/1+spacy:en_core_web_sm/3.8.0@0.7` tells of two."""
    for reader in filter(None, model_version.partition("@")[0].split("+")):
        who, _, release = reader.rpartition("/")
        yield who or reader, release


def _sources(graph: GraphTables, paths: dict[str, str]) -> Iterator[Block]:
    """Describe the documents, and name the articles that a document states beside the one that their text is from."""
    section = "Source documents"
    own = dict(graph["articles"].select("iri", "source").iter_rows())
    further: dict[str, list[str]] = {}
    for article, source in graph["article_sources"].iter_rows():
        where = paths.get(source, source)
        if where != paths.get(own.get(article, ""), ""):
            further.setdefault(where, []).append(article)
    table = graph["sources"].sort("iri", "source")
    for key, rows in groupby(table.iter_rows(named=True), key=lambda row: row["iri"]):
        documents = list(rows)
        where = iri(f"{key}#graph").value
        pairs = said(
            ("rdf:type", name("prov:Entity")),
            ("schema:name", [text(row["source"]) for row in documents]),
            ("schema:sha256", [text(row["sha256"]) for row in documents]),
        )
        yield Block(section, where, iri(key).value, pairs)
        for article in sorted(set(further.get(key, ()))):
            yield Block(section, where, iri(article).value, said(("dcterms:source", iri(key))))
