"""The statements of a graph as columns of numbers, for work over all of them at once: each term has a number, each property a frame."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.vocabulary import expand
from newsgraph.rdf.graph_statements import blocks
from newsgraph.rdf.terms import Iri, Literal, Term

Triple = tuple[str, str, Term]
"""Subject, property (a full IRI) and object."""

_PAIRS = {"subject": pl.UInt32(), "object": pl.UInt32()}
_TERMS = {"text": pl.String(), "datatype": pl.String(), "language": pl.String()}


@dataclass(frozen=True)
class StatementColumns:
    """The terms of a graph, and the pairs of terms that each property connects.

    Row N of `terms` is the term with number N: `text`, `datatype` (null for IRIs, else a prefixed name or an IRI, empty for strings) and
    `language` (empty if there is none). `pairs` holds for each property, by its full IRI, a frame of distinct rows `subject`, `object`.
    """

    terms: pl.DataFrame
    pairs: Mapping[str, pl.DataFrame]

    def of(self, prop: str) -> pl.DataFrame:
        """Return the subjects and objects of a property; no rows for a property that the graph does not use."""
        return self.pairs.get(prop, pl.DataFrame(schema=_PAIRS))

    def term(self, number: int) -> Term:
        """Return the term with a number."""
        text, datatype, language = self.terms.row(number)
        return Iri(text) if datatype is None else Literal(text, datatype, language)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """The numbers of the IRIs."""
        iris = self.terms.with_row_index("number").filter(pl.col("datatype").is_null())
        return dict(iris.select("text", "number").iter_rows())


def columns_of(graph: GraphTables) -> StatementColumns:
    """Return all statements of a graph; named graphs are merged."""
    return columns((block.subject, expand(predicate), value) for block in blocks(graph) for predicate, value in block.pairs)


def columns(triples: Iterable[Triple]) -> StatementColumns:
    """Put triples into columns; terms are numbered in the order of their first occurrence."""
    numbers: dict[str | tuple[str, str, str], int] = {}
    pairs: dict[str, tuple[list[int], list[int]]] = {}
    for subject, prop, value in triples:
        subjects, objects = pairs.setdefault(prop, ([], []))
        key = value.value if isinstance(value, Iri) else (value.text, value.datatype, value.language)
        subjects.append(numbers.setdefault(subject, len(numbers)))
        objects.append(numbers.setdefault(key, len(numbers)))
    rows = [(key, None, "") if isinstance(key, str) else key for key in numbers]
    return StatementColumns(
        pl.DataFrame(rows, schema=_TERMS, orient="row"),
        {prop: pl.DataFrame(list(both), schema=_PAIRS).unique(maintain_order=True) for prop, both in pairs.items()},
    )
