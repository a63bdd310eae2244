"""The answer of a SPARQL engine as plain columns of texts, which can be sent to another process."""

from __future__ import annotations

from collections.abc import Iterable
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


class BlankLabels:
    """Labels of the blank nodes of one answer by the order in which the engine returns them: `b0`, `b1`; its own ones are drawn at random."""

    def __init__(self) -> None:
        """No node has a label yet."""
        self._nodes: dict[str, ox.BlankNode] = {}

    def row(self, terms: Iterable[Term | None]) -> tuple[Term | None, ...]:
        """Return the terms of a row, blank nodes with their new labels."""
        return tuple(self._term(term) for term in terms)

    def triple(self, triple: ox.Triple) -> ox.Triple:
        """Return a triple, blank nodes with their new labels."""
        parts = (triple.subject, triple.predicate, triple.object)
        named = tuple(self._term(part) for part in parts)
        return triple if all(new is old for new, old in zip(named, parts, strict=True)) else ox.Triple(*named)  # type: ignore[arg-type]

    def _term(self, term: Term | None) -> Term | None:
        if isinstance(term, ox.BlankNode):
            return self._nodes.setdefault(term.value, ox.BlankNode(f"b{len(self._nodes)}"))
        return self.triple(term) if isinstance(term, ox.Triple) else term


def answer_columns(answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, most: int) -> list[Column] | None:
    """Return the columns of SELECT, `answer` of ASK, or subject, predicate and object of triples; None for more than `most` rows."""
    if isinstance(answer, ox.QueryBoolean):
        return [{"name": "answer", "kind": "bool", "texts": ["true" if answer else "false"]}]
    labels = BlankLabels()
    rows = [labels.row(row) for row in islice(answer, most + 1)]
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
