"""The graph as RDF statements: the one description that every RDF writer reads, whatever its syntax.

Each source document has a named graph `<source/HASH#graph>` with its articles, so that a changed file replaces one graph.
What documents share (providers, topics, companies, events, stories, provenance, vocabulary) is in `<dataset#graph>`.
Blocks have a fixed order: by section, then by IRI.
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
from newsgraph.rdf import (
    article_statements,
    edge_statements,
    entity_statements,
    event_statements,
    ledger_statements,
    relation_statements,
)
from newsgraph.rdf.graph_partition import article_range
from newsgraph.rdf.ontology_statements import ontology
from newsgraph.rdf.serializer import Line, Output, Serializer, StatementText, TermCollector
from newsgraph.rdf.sorted_rows import Row
from newsgraph.rdf.terms import Block, Iri, iri, make_pairs, name, text, words

ARTICLES = 4096
"""The number of articles in a part."""

VOCABULARY = "Vocabulary"
"""The heading of the last section."""

_VOCABULARIES = ("dcterms", "itsrdf", "ng", "nif", "prov", "schema", "sem", "skos")


def dataset(graph: GraphTables) -> Row:
    """Return the row of table `dataset`, which describes how the graph was built. Raises InputError unless there is exactly one."""
    table = graph["dataset"]
    if table.height != 1:
        where = "table dataset"
        raise InputError(where, f"has {table.height} rows instead of one", "Build the graph again, or pass make_tables this row")
    return table.row(0, named=True)


def blocks(graph: GraphTables) -> Iterator[Block]:
    """Yield all statements of a graph, subject by subject; a subject occurs twice only if two named graphs describe it."""
    for serialized in statement_texts(graph, TermCollector()):
        yield from serialized.blocks


def statement_texts(graph: GraphTables, serializer: Serializer[Line, Output]) -> Iterator[StatementText[Output]]:
    """Serialize all statements of a graph, in the order of `blocks`."""
    for part in parts(graph):
        yield from part_texts(graph, serializer, part)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a graph that is serialized by itself: the articles of some rows, or what comes before or after all articles."""

    start: int
    stop: int


_BEFORE, _AFTER = Part(-1, 0), Part(0, -1)


def parts(graph: GraphTables) -> list[Part]:
    """Split a graph into parts, in order, each with few enough articles to limit the memory that they need."""
    count = graph["articles"].height
    return [_BEFORE, *(Part(start, min(start + ARTICLES, count)) for start in range(0, count, ARTICLES)), _AFTER]


def part_texts(graph: GraphTables, serializer: Serializer[Line, Output], part: Part) -> Iterator[StatementText[Output]]:
    """Serialize the statements of one part."""
    described = dataset(graph)
    home = iri(f"{described['base']}dataset#graph").value
    if part == _BEFORE:
        yield from map(serializer.serialize, _shared(graph, described, home))
    elif part == _AFTER:
        yield from replaced_texts(graph, serializer)
        yield from (serializer.serialize(Block(VOCABULARY, home, subject, pairs)) for subject, pairs in ontology())
    else:
        yield from article_texts(article_range(graph, part.start, part.stop), serializer)


def replaced_texts(graph: GraphTables, serializer: Serializer[Line, Output]) -> Iterator[StatementText[Output]]:
    """Serialize what comes between the articles and the vocabulary, which is the same in all graphs with one base."""
    yield from map(serializer.serialize, _replaced(graph, iri(f"{dataset(graph)['base']}dataset#graph").value))


def article_texts(graph: GraphTables, serializer: Serializer[Line, Output]) -> Iterator[StatementText[Output]]:
    """Serialize the statements of the articles of a graph, one text for each article, in the order of their IRIs."""
    described = dataset(graph)
    home = iri(f"{described['base']}dataset#graph").value
    yield from article_statements.articles(graph, serializer, _source_iris(graph), home, described["run"])


def _source_iris(graph: GraphTables) -> dict[str, str]:
    """Return the IRI of each document by its path."""
    return dict(graph["sources"].sort("source", "iri").select("source", "iri").iter_rows())


def _shared(graph: GraphTables, described: Row, home: str) -> Iterator[Block]:
    """Describe everything but the articles and the replaced IRIs."""
    base, edges = described["base"], edge_statements.edges_by_source(graph)
    yield from _provenance(graph, described, home)
    yield from _sources(graph, _source_iris(graph))
    yield from entity_statements.providers(graph, home)
    yield from entity_statements.topics(graph, home, base)
    yield from entity_statements.companies(graph, home, edges)
    yield from entity_statements.organisations(graph, home, edges)
    yield from entity_statements.products(graph, home, edges)
    yield from entity_statements.people(graph, home, edges)
    yield from entity_statements.places(graph, home)
    yield from relation_statements.relations(graph, home)
    yield from ledger_statements.names(graph, home)
    yield from event_statements.events(graph, home, described["run"])
    yield from ledger_statements.values(graph, home)
    yield from edge_statements.edge_evidence(graph, home, base)
    yield from event_statements.stories(graph, home)
    yield from ledger_statements.decisions(graph, home, base)


def _provenance(graph: GraphTables, described: Row, home: str) -> Iterator[Block]:
    section = "Data set and provenance"
    base, run = described["base"], iri(described["run"])
    agents = [(described["program"], described["program_version"]), *_extractors(described["model_version"] or "")]
    iris = [iri(f"{base}agent/{agent}-{version}") for agent, version in agents]
    example = graph["articles"]["iri"].head(1).to_list()
    pairs = make_pairs(
        ("rdf:type", (name("void:Dataset"), name("dcat:Dataset"))),
        ("dcterms:title", words(described["title"])),
        ("void:uriSpace", text(base)),
        ("void:vocabulary", [Iri(PREFIXES[prefix]) for prefix in _VOCABULARIES]),
        ("void:exampleResource", [iri(value) for value in example]),
        ("prov:wasGeneratedBy", run),
    )
    yield Block(section, home, iri(f"{base}dataset").value, pairs)
    pairs = make_pairs(
        ("rdf:type", name("prov:Activity")),
        ("prov:wasAssociatedWith", iris),
        ("ng:lexiconVersion", text(described["lexicon_version"])),
        ("ng:modelVersion", text(described["model_version"])),
        ("prov:used", [iri(value) for value in graph["sources"]["iri"].unique().sort()]),
    )
    yield Block(section, home, run.value, pairs)
    for agent_iri, (agent, version) in sorted(zip(iris, agents, strict=True), key=lambda row: row[0].value):
        pairs = make_pairs(
            ("rdf:type", name("prov:SoftwareAgent")),
            ("schema:name", text(unquote(agent))),
            ("schema:softwareVersion", text(unquote(version))),
        )
        yield Block(section, home, agent_iri.value, pairs)


def _replaced(graph: GraphTables, home: str) -> Iterator[Block]:
    """Link IRIs of former builds to those that replace them, unless the new IRI is not in this graph."""
    replacements = redirects(graph)
    known = set(nodes(graph)["iri"]) if replacements else set()
    rules = dict(graph["replaced"].select("old", "rule").iter_rows())
    for old, new in sorted(replacements.items()):
        if new in known:
            pairs = make_pairs(("dcterms:isReplacedBy", iri(new)), ("ng:rule", text(rules.get(old))))
            yield Block("IRIs that were replaced", home, iri(old).value, pairs)


def _extractors(model_version: str) -> Iterator[tuple[str, str]]:
    """Yield the escaped name and version of each extractor: `rules/1+spacy:en_core_web_sm/3.8.0@0.7` names two."""
    for extractor in filter(None, model_version.partition("@")[0].split("+")):
        extractor_name, _, version = extractor.rpartition("/")
        yield extractor_name or extractor, version


def _sources(graph: GraphTables, source_iris: dict[str, str]) -> Iterator[Block]:
    """Describe the documents, and name the articles that a document contains although their text is from another one."""
    section = "Source documents"
    main_source = dict(graph["articles"].select("iri", "source").iter_rows())
    further: dict[str, list[str]] = {}
    for article, source in graph["article_sources"].iter_rows():
        source_iri = source_iris.get(source, source)
        if source_iri != source_iris.get(main_source.get(article, ""), ""):
            further.setdefault(source_iri, []).append(article)
    table = graph["sources"].sort("iri", "source")
    for key, rows in groupby(table.iter_rows(named=True), key=lambda row: row["iri"]):
        documents = list(rows)
        named_graph = iri(f"{key}#graph").value
        pairs = make_pairs(
            ("rdf:type", name("prov:Entity")),
            ("schema:name", [text(row["source"]) for row in documents]),
            ("schema:sha256", [text(row["sha256"]) for row in documents]),
        )
        yield Block(section, named_graph, iri(key).value, pairs)
        for article in sorted(set(further.get(key, ()))):
            yield Block(section, named_graph, iri(article).value, make_pairs(("dcterms:source", iri(key))))
