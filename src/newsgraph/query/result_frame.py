"""The answer of a SPARQL engine as a polars frame with typed columns."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import polars as pl
import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset({
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger", "nonPositiveInteger",
    "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
})  # fmt: skip
_INT64 = range(-(2**63), 2**63)

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Value = str | int | float | bool | date | datetime


def frame_of(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> pl.DataFrame:
    """Turn an answer into a frame: the rows of SELECT, the column `answer` of ASK, or subject, predicate and object of triples."""
    if isinstance(answer, ox.QueryBoolean):
        return pl.DataFrame({"answer": [bool(answer)]})
    if isinstance(answer, ox.QueryTriples):
        triples = sorted(tuple(_text(term) for term in triple) for triple in answer)
        names = ["subject", "predicate", "object"]
        return pl.DataFrame(triples, schema=dict.fromkeys(names, pl.String), orient="row")
    names = [variable.value for variable in answer.variables]
    rows = [tuple(solution) for solution in answer]
    columns = zip(*rows, strict=True) if rows else [() for _ in names]
    return pl.DataFrame([_column(name, terms) for name, terms in zip(names, columns, strict=True)])


def _column(name: str, terms: tuple[Term | None, ...]) -> pl.Series:
    """Type a column by its terms. Terms of different types, or a value that is not valid for its type, make it text."""
    kinds = {_kind(term) for term in terms if term is not None}
    if kinds == {"int", "float"}:
        kinds = {"float"}
    kind = kinds.pop() if len(kinds) == 1 else "str"
    read, dtype = _READERS[kind]
    try:
        return pl.Series(name, [None if term is None else read(_text(term)) for term in terms], dtype=dtype)
    except ValueError:
        return pl.Series(name, [None if term is None else _text(term) for term in terms], dtype=pl.String)


def _kind(term: Term) -> str:
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return "str"
    name = term.datatype.value.removeprefix(_XSD)
    if name in _INTEGERS:
        return "int"
    return {"decimal": "float", "double": "float", "float": "float", "date": "date", "dateTime": "time", "boolean": "bool"}.get(name, "str")


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value


def _integer(text: str) -> int:
    value = int(text)
    if value not in _INT64:
        raise ValueError(text)
    return value


def _time(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_READERS: dict[str, tuple[Callable[[str], Value], pl.DataType]] = {
    "str": (str, pl.String()),
    "int": (_integer, pl.Int64()),
    "float": (float, pl.Float64()),
    "date": (date.fromisoformat, pl.Date()),
    "time": (_time, pl.Datetime("us", "UTC")),
    "bool": (lambda text: text in {"true", "1"}, pl.Boolean()),
}
