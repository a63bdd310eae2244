"""The RDF statements about conflicting values, about names that were merged, and about people's decisions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.iris import digest
from newsgraph.provenance.alias_evidence import AliasEvidence, alias_evidence
from newsgraph.rdf.sorted_rows import Row
from newsgraph.rdf.terms import Block, Pair, integer, iri, make_pairs, name, number, text, words

_SEVERAL = 2


def conflicting_values(graph: GraphTables) -> pl.DataFrame:
    """Return the values of fields with more than one value: the columns of table `ledger`, and `node`, the value's IRI."""
    numbered = graph["ledger"].with_row_index("row").sort("event", "row")
    number_in_event = pl.col("row").rank("ordinal").over("event").cast(pl.String)
    several = pl.len().over("event", "field") >= _SEVERAL
    return numbered.filter(several).with_columns((pl.col("event") + "#told-" + number_in_event).alias("node")).drop("row")


def values(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe the values that articles state for events, each with its articles and its relation to the main value."""
    for row in conflicting_values(graph).iter_rows(named=True):
        yield Block("Events", home, iri(row["node"]).value, _value(row))


def _value(row: Row) -> tuple[Pair, ...]:
    return make_pairs(
        ("rdf:type", name("ng:ToldValue")),
        ("rdfs:label", words(row["value"], "en")),
        ("ng:field", text(row["field"])),
        ("ng:relation", text(row["relation"])),
        ("ng:statedValue", number(row["amount"])),
        ("ng:statedCurrency", text(row["currency"]) if row["currency"] else None),
        ("rdfs:comment", words(row["note"], "en")),
        ("ng:articleCount", integer(row["articles"])),
        ("ng:outletCount", integer(row["outlets"])),
        ("ng:originCount", integer(row["origins"])),
        ("ng:toldBy", [iri(article) for article in row["tellers"] or ()]),
    )


def names(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe why names were attributed to companies, organisations, people and places."""
    for entity, group in groupby(alias_evidence(graph), key=attrgetter("entity")):
        for position, naming in enumerate(group, start=1):
            yield Block("Names", home, iri(f"{entity}#name-{position}").value, _naming(naming))


def _naming(naming: AliasEvidence) -> tuple[Pair, ...]:
    return make_pairs(
        ("rdf:type", name("ng:Naming")),
        ("schema:name", words(naming.name)),
        ("schema:about", iri(naming.entity)),
        ("ng:rule", text(naming.rule)),
        ("rdfs:comment", words(naming.note, "en")),
        ("ng:toldBy", iri(naming.article) if naming.article else None),
    )


def decisions(graph: GraphTables, home: str, base: str) -> Iterator[Block]:
    """Describe what people decided, who and why, and the outcome."""
    for row in graph["decisions"].iter_rows(named=True):
        key = digest("|".join(str(row[column] or "") for column in ("decision", "who", "when", "why")))
        pairs = make_pairs(
            ("rdf:type", name("ng:Decision")),
            ("rdfs:label", words(row["decision"])),
            ("ng:outcome", text(row["outcome"])),
            ("dcterms:creator", words(row["who"])),
            ("dcterms:date", text(row["when"]) if row["when"] else None),
            ("rdfs:comment", words(row["why"])),
        )
        yield Block("Decisions", home, iri(f"{base}decision/{key}").value, pairs)
