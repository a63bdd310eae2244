"""What RDF says of disagreement, of names that were joined, and of what people decided."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.iris import digest
from newsgraph.provenance.alias_evidence import AliasEvidence, alias_evidence
from newsgraph.rdf.sorted_rows import Row
from newsgraph.rdf.terms import Block, Pair, integer, iri, name, number, said, text, words

_SEVERAL = 2


def told_values(graph: GraphTables) -> pl.DataFrame:
    """List the values of fields of which more than one is told: the columns of table `ledger`, and `node`, the value's IRI."""
    numbered = graph["ledger"].with_row_index("row").sort("event", "row")
    number_in_event = pl.col("row").rank("ordinal").over("event").cast(pl.String)
    several = pl.len().over("event", "field") >= _SEVERAL
    return numbered.filter(several).with_columns((pl.col("event") + "#told-" + number_in_event).alias("node")).drop("row")


def values(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe the values that are told of events, each with its tellers and how it stands to the main one."""
    for row in told_values(graph).iter_rows(named=True):
        yield Block("Events", home, iri(row["node"]).value, _value(row))


def _value(row: Row) -> tuple[Pair, ...]:
    return said(
        ("rdf:type", name("ng:ToldValue")),
        ("rdfs:label", words(row["value"])),
        ("ng:field", text(row["field"])),
        ("ng:relation", text(row["relation"])),
        ("ng:statedValue", number(row["amount"])),
        ("ng:statedCurrency", text(row["currency"]) if row["currency"] else None),
        ("rdfs:comment", words(row["note"])),
        ("ng:articleCount", integer(row["articles"])),
        ("ng:outletCount", integer(row["outlets"])),
        ("ng:originCount", integer(row["origins"])),
        ("ng:toldBy", [iri(teller) for teller in row["tellers"] or ()]),
    )


def names(graph: GraphTables, home: str) -> Iterator[Block]:
    """Describe why names were taken for those of companies, organisations, people and places."""
    for entity, group in groupby(alias_evidence(graph), key=lambda one: one.entity):
        for count, naming in enumerate(group, start=1):
            yield Block("Names", home, iri(f"{entity}#name-{count}").value, _naming(naming))


def _naming(naming: AliasEvidence) -> tuple[Pair, ...]:
    return said(
        ("rdf:type", name("ng:Naming")),
        ("schema:name", words(naming.name)),
        ("schema:about", iri(naming.entity)),
        ("ng:rule", text(naming.rule)),
        ("rdfs:comment", words(naming.note)),
        ("ng:toldBy", iri(naming.article) if naming.article else None),
    )


def decisions(graph: GraphTables, home: str, base: str) -> Iterator[Block]:
    """Describe what people decided, by whom and why, and what became of it."""
    for row in graph["decisions"].iter_rows(named=True):
        key = digest("|".join(str(row[column] or "") for column in ("decision", "who", "when", "why")))
        pairs = said(
            ("rdf:type", name("ng:Decision")),
            ("rdfs:label", words(row["decision"])),
            ("ng:outcome", text(row["outcome"])),
            ("dcterms:creator", words(row["who"])),
            ("dcterms:date", text(row["when"]) if row["when"] else None),
            ("rdfs:comment", words(row["why"])),
        )
        yield Block("Decisions", home, iri(f"{base}decision/{key}").value, pairs)
