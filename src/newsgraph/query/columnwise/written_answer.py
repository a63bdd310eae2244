"""The answer to a question over columns in a syntax of the SPARQL protocol, with the terms that a SPARQL engine writes."""

from __future__ import annotations

import json

import polars as pl

from newsgraph.core.vocabulary import PREFIXES, expand
from newsgraph.query.answer_syntax import TooManyRowsError, table_text, truth_text
from newsgraph.query.columnwise.column_store import OTHER, ColumnStore
from newsgraph.query.columnwise.pattern_solver import UNIT
from newsgraph.query.columnwise.query_syntax import NotCoveredError, Select
from newsgraph.query.columnwise.select_answer import solved
from newsgraph.query.columnwise.term_columns import TERM, TermColumns

_XSD = "http://www.w3.org/2001/XMLSchema#"
_COMPUTED = {pl.String(): "", pl.Int64(): f"{_XSD}integer", pl.Boolean(): f"{_XSD}boolean"}
"""The types of the literals of computed columns. Decimals and times are left to the engine: a column does not say how they are written."""
_AS_THEY_ARE = frozenset({f"{_XSD}anyURI"})  # types of OTHER whose texts an engine keeps


def written_answer(store: ColumnStore, select: Select, syntax: str, *, rows: int, size: int) -> bytes:
    """Answer a question in a syntax of `RESULT_SYNTAXES`.

    Raises NotCoveredError as `answer` does and for terms that only an engine writes, and TooManyRowsError and TooManyBytesError.
    """
    terms, frame = solved(store, select)
    if select.is_ask:
        return truth_text(syntax, is_true=frame.height > 0)
    if frame.height > rows:
        raise TooManyRowsError
    bindings = [_bindings(terms, column) for column in frame.drop(UNIT, strict=False)]
    names = [name for name, _ in select.shown]
    lines = zip(*bindings, strict=True) if bindings else ((),) * frame.height
    return table_text(names, ("{" + ",".join(filter(None, line)) + "}" for line in lines), syntax, size)


def _bindings(terms: TermColumns, column: pl.Series) -> list[str]:
    """Return for each row the binding of a variable in JSON, empty if there is none."""
    distinct = column.unique().drop_nulls()
    name = json.dumps(column.name, ensure_ascii=False)
    written = dict(zip(distinct.to_list(), (f"{name}:{term}" for term in _terms(terms, distinct)), strict=True))
    return ["" if value is None else written[value] for value in column.to_list()]


def _terms(terms: TermColumns, column: pl.Series) -> list[str]:
    """Return different terms or values in JSON."""
    if column.dtype != TERM:
        if column.is_empty():
            return []
        if column.dtype not in _COMPUTED:
            raise NotCoveredError(str(column.dtype))
        return [_json(text, _COMPUTED[column.dtype], "") for text in column.cast(pl.String).to_list()]
    texts = terms.texts(column).to_list()
    height = terms.store.terms.height
    known = column.to_frame("n").select(pl.when(pl.col("n") < height).then("n"))["n"]  # an IRI of the question has a greater number
    of_store = [terms.store.terms[name].gather(known).to_list() for name in ("datatype", "language")]
    types = [None if datatype is None else _full(datatype) for datatype in of_store[0]]
    if OTHER in terms.kinds(column) and not _are_kept(terms, column, types):
        raise NotCoveredError(column.name)
    return [
        _json(text, datatype, language or "") if datatype is not None else _iri(text)
        for text, datatype, language in zip(texts, types, of_store[1], strict=True)
    ]


def _are_kept(terms: TermColumns, column: pl.Series, types: list[str | None]) -> bool:
    """Return whether an engine keeps the texts of all literals that are not of one of its own types."""
    start, end = terms.store.numbers_of(OTHER)
    return all(
        datatype in _AS_THEY_ARE or not str(datatype).startswith(_XSD)
        for number, datatype in zip(column.to_list(), types, strict=True)
        if start <= number < end
    )


def _full(datatype: str) -> str:
    return expand(datatype) if datatype.partition(":")[0] in PREFIXES else datatype


def _iri(text: str) -> str:
    return _dumped({"type": "uri", "value": text})


def _json(text: str, datatype: str, language: str) -> str:
    literal = {"type": "literal", "value": text}
    if language:
        return _dumped(literal | {"xml:lang": language})
    return _dumped(literal | {"datatype": datatype} if datatype and datatype != f"{_XSD}string" else literal)


def _dumped(value: dict[str, str]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
