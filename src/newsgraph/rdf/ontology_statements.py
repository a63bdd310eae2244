"""The statements that describe newsgraph's own vocabulary, so that a graph defines every term it uses."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from newsgraph.core.vocabulary import PREFIXES
from newsgraph.rdf.terms import Literal, Pair, Term, iri

if TYPE_CHECKING:
    from rdflib.term import Node


@cache
def ontology() -> tuple[tuple[str, tuple[Pair, ...]], ...]:
    """Read `data/ontology.ttl`; return subjects with their pairs of predicate and object, sorted."""
    from rdflib import Graph  # noqa: PLC0415 - heavy, and most parts of a graph are written without it

    source = Graph()
    source.parse(data=files("newsgraph").joinpath("data/ontology.ttl").read_text("utf-8"), format="turtle")
    rows = sorted(((str(s), _prefixed(str(p)), _term(o)) for s, p, o in source), key=_order)
    return tuple((subject, tuple((p, o) for _, p, o in group)) for subject, group in groupby(rows, key=lambda row: row[0]))


def _order(row: tuple[str, str, Term]) -> tuple[str, str, str]:
    subject, predicate, value = row
    return subject, "" if predicate == "rdf:type" else predicate, value.text if isinstance(value, Literal) else value.value


def _prefixed(value: str) -> str:
    return next(f"{prefix}:{value.removeprefix(space)}" for prefix, space in PREFIXES.items() if value.startswith(space))


def _term(node: Node) -> Term:
    from rdflib import Literal as RdfLiteral  # noqa: PLC0415 - as above

    if not isinstance(node, RdfLiteral):
        return iri(str(node))
    return Literal(str(node), _prefixed(str(node.datatype)) if node.datatype else "", node.language or "")
