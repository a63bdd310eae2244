"""A graph's statements as columns of numbers, for work over all of them at once: each term has one, each property a frame."""

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
    """Terms and who says what of whom.

    Row N of `terms` is the term of number N: `text`, `datatype` (null for IRIs, a prefixed name or an IRI, empty for strings),
    `language` (empty without one). `pairs` gives for each property, by full IRI, a frame of different rows `subject`, `object`.
    """

    terms: pl.DataFrame
    pairs: Mapping[str, pl.DataFrame]

    def of(self, prop: str) -> pl.DataFrame:
        """Give the subjects and objects of a property, none for one that is not there."""
        return self.pairs.get(prop, pl.DataFrame(schema=_PAIRS))

    def term(self, number: int) -> Term:
        """Give a term."""
        text, datatype, language = self.terms.row(number)
        return Iri(text) if datatype is None else Literal(text, datatype, language)

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Give the numbers of the IRIs."""
        iris = self.terms.with_row_index("number").filter(pl.col("datatype").is_null())
        return dict(iris.select("text", "number").iter_rows())


def columns_of(graph: GraphTables) -> StatementColumns:
    """Give all statements of a graph; named graphs are merged."""
    return columns((block.subject, expand(predicate), value) for block in blocks(graph) for predicate, value in block.pairs)


def columns(triples: Iterable[Triple]) -> StatementColumns:
    """Put triples into columns; terms are numbered in the order in which they come."""
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
