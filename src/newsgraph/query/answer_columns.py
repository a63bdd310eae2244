"""The answer of a SPARQL engine as plain columns of texts, which can be sent to another process."""

from __future__ import annotations

from itertools import islice
from typing import Any

import pyoxigraph as ox

_XSD = "http://www.w3.org/2001/XMLSchema#"
_INTEGERS = frozenset({
    "integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "negativeInteger", "nonPositiveInteger",
    "unsignedInt", "unsignedLong", "unsignedShort", "unsignedByte",
})  # fmt: skip
_KINDS = {"decimal": "float", "double": "float", "float": "float", "date": "date", "dateTime": "time", "boolean": "bool"}

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Column = dict[str, Any]
"""`name`; `kind`: str, int, float, date, time or bool, which is that of all terms; `texts`: a text for each row, None if unbound."""


def answer_columns(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, most: int) -> list[Column] | None:
    """Return the columns of SELECT, `answer` of ASK, or subject, predicate and object of triples; None for more than `most` rows."""
    if isinstance(answer, ox.QueryBoolean):
        return [{"name": "answer", "kind": "bool", "texts": ["true" if answer else "false"]}]
    rows = [tuple(row) for row in islice(answer, most + 1)]
    if len(rows) > most:
        return None
    if isinstance(answer, ox.QueryTriples):
        names = ["subject", "predicate", "object"]
        texts = sorted(tuple(_text(term) for term in row if term is not None) for row in rows)
        return [{"name": name, "kind": "str", "texts": [row[at] for row in texts]} for at, name in enumerate(names)]
    variables = [variable.value for variable in answer.variables]
    return [_column(name, [row[at] for row in rows]) for at, name in enumerate(variables)]


def _column(name: str, terms: list[Term | None]) -> Column:
    kinds = {_kind(term) for term in terms if term is not None}
    if kinds == {"int", "float"}:
        kinds = {"float"}
    texts = [None if term is None else _text(term) for term in terms]
    return {"name": name, "kind": kinds.pop() if len(kinds) == 1 else "str", "texts": texts}


def _kind(term: Term) -> str:
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return "str"
    name = term.datatype.value.removeprefix(_XSD)
    return "int" if name in _INTEGERS else _KINDS.get(name, "str")


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.BlankNode | ox.Triple) else term.value
