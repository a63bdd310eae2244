"""Columns of terms, and what can be read off them.

A column of terms holds their numbers (UInt32). A column of computed values is typed: strings, whole numbers, decimals, truth values, days
or times (UTC). Null means both unbound and an error, as either makes a condition fail.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

import polars as pl

from newsgraph.query.columnwise.column_store import (
    DAY,
    IRI,
    MONTH,
    NUMBER,
    OTHER,
    STRING,
    TAGGED,
    TIME,
    TRUTH,
    YEAR,
    ColumnStore,
    classified,
)
from newsgraph.query.columnwise.query_syntax import NotCoveredError
from newsgraph.rdf.terms import Iri, Term

TERM = pl.UInt32()
MOMENT = pl.Datetime("us", "UTC")
CLASS_OF: Mapping[pl.DataType, int] = {
    pl.Int64(): NUMBER, pl.Float64(): NUMBER, pl.Date(): DAY, MOMENT: TIME, pl.Boolean(): TRUTH, pl.String(): STRING,
}  # fmt: skip
"""The class of terms that the values of a typed column belong to."""
_TYPE_OF: Mapping[int, pl.DataType] = {kind: dtype for dtype, kind in CLASS_OF.items() if dtype != pl.Float64()}

_DECIMAL = "xsd:decimal"
_READERS: Mapping[int, Callable[[pl.Series], pl.Series]] = {
    NUMBER: lambda texts: texts.cast(pl.Int64),
    DAY: lambda texts: texts.str.to_date("%Y-%m-%d"),
    TIME: lambda texts: texts.str.strip_suffix("Z").str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="us", time_zone="UTC"),
    TRUTH: lambda texts: texts == "true",
    STRING: lambda texts: texts,
    TAGGED: lambda texts: texts,
}


def nulls(height: int, dtype: pl.DataType = TERM) -> pl.Series:
    """Return a column without values."""
    return pl.Series([None], dtype=dtype).new_from_index(0, height)


class TermColumns:
    """The terms of a graph, and the IRIs of one question that the graph does not hold, numbered after the graph's."""

    def __init__(self, store: ColumnStore) -> None:
        """Start without any IRIs of the question."""
        self.store = store
        self._foreign: dict[Iri, int] = {}

    def number(self, iri: Iri) -> int:
        """Return the number of an IRI."""
        number = self.store.number(iri)
        return self._foreign.setdefault(iri, self.store.terms.height + len(self._foreign)) if number is None else number

    def constant(self, term: Term, height: int) -> pl.Series:
        """Return a column with a term in each row: its number, or a typed value where the graph does not hold a literal."""
        if isinstance(term, Iri):
            return pl.Series([self.number(term)], dtype=TERM).new_from_index(0, height)
        kind, (text, datatype, _) = classified(term)
        number = self.store.number(term)
        if number is not None:
            return pl.Series([number], dtype=TERM).new_from_index(0, height)
        if kind in {TAGGED, MONTH, YEAR}:
            raise NotCoveredError(text)
        value = pl.Series([float(text)]) if datatype == _DECIMAL else _READERS[kind](pl.Series([text]))
        return value.new_from_index(0, height)

    def kinds(self, column: pl.Series) -> set[int]:
        """Return which classes of terms a column of terms holds."""
        lowest, highest = column.min(), column.max()
        if not isinstance(lowest, int) or not isinstance(highest, int):
            return set()
        ends = self.store.ends
        kinds = {bisect_right(ends, number) % (OTHER + 1) for number in (lowest, highest)}  # IRIs of the question are after all classes
        for kind in range(bisect_right(ends, lowest) + 1, min(bisect_right(ends, highest), OTHER + 1)):
            start, end = self.store.numbers_of(kind)
            if end > start and ((column >= start) & (column < end)).any():
                kinds.add(kind)
        return kinds

    def ranks(self, column: pl.Series) -> pl.Series:
        """Return numbers that are equal for terms of equal value, and in the order of ORDER BY."""
        if self.holds_foreign(column):
            height = self.store.terms.height  # no rank is greater, so an IRI of the question may have its number for a rank
            known = column.to_frame("n").select(pl.when(pl.col("n") < height).then("n"))["n"]
            return self.store.terms["rank"].gather(known).zip_with(known.is_not_null(), column)
        return self.store.terms["rank"].gather(column)

    def texts(self, column: pl.Series) -> pl.Series:
        """Return the IRIs and the texts of literals as strings, as the function STR does."""
        if column.dtype != TERM:
            if column.dtype in {pl.Float64(), pl.Date(), MOMENT}:
                raise NotCoveredError(str(column.dtype))
            return column.cast(pl.String)
        if self.holds_foreign(column):
            return pl.concat([self.store.terms["text"], pl.Series([iri.value for iri in self._foreign])], rechunk=False).gather(column)
        return self.store.terms["text"].gather(column)

    def languages(self, column: pl.Series) -> pl.Series:
        """Return the languages of literals, empty without one; null for IRIs."""
        if column.dtype != TERM:
            return pl.Series([""]).new_from_index(0, len(column)).zip_with(column.is_not_null(), nulls(len(column), pl.String()))
        return self.store.terms["language"].gather(self._of_classes(column, NUMBER, OTHER))

    def values(self, column: pl.Series, kind: int) -> pl.Series:
        """Return the values of a class of terms as a typed column; null for all other terms. Numbers are whole if all are."""
        if column.dtype != TERM:
            return column if CLASS_OF[column.dtype] == kind else nulls(len(column), _TYPE_OF[kind])
        terms = self._of_classes(column, kind, kind)
        texts = self.store.terms["text"].gather(terms)
        return texts.cast(pl.Float64) if kind == NUMBER and _DECIMAL in self._datatypes(terms) else _READERS[kind](texts)

    def has_both_numbers(self, column: pl.Series) -> bool:
        """Return whether a column of terms holds whole numbers and decimals: a typed column of both would not say which are which."""
        return column.dtype == TERM and len(self._datatypes(self._of_classes(column, NUMBER, NUMBER))) > 1

    def _datatypes(self, terms: pl.Series) -> set[str]:
        return set(self.store.terms["datatype"].gather(terms.drop_nulls().unique()))

    def strings(self, column: pl.Series) -> pl.Series:
        """Return the texts of strings, with a language or without; null for all other terms."""
        if column.dtype != TERM:
            return self.values(column, STRING)
        return self.store.terms["text"].gather(self._of_classes(column, STRING, TAGGED))

    def are(self, column: pl.Series, first: int, last: int) -> pl.Series:
        """Return for each term whether its class is one of a range of classes; null for null."""
        if column.dtype != TERM:
            is_one = first <= CLASS_OF[column.dtype] <= last
            return pl.Series([is_one]).new_from_index(0, len(column)).zip_with(column.is_not_null(), nulls(len(column), pl.Boolean()))
        inside = self._of_classes(column, first, last)
        if first == IRI and self.holds_foreign(column):
            inside = column.to_frame("n").select(pl.when(pl.col("n") >= self.store.terms.height).then("n").otherwise(inside))["n"]
        return inside.is_not_null().zip_with(column.is_not_null(), nulls(len(column), pl.Boolean()))

    def alike(self, columns: Sequence[pl.Series]) -> list[pl.Series]:
        """Bring columns to one type; terms become values where other columns hold computed values of the same class."""
        dtypes = {column.dtype for column in columns if column.null_count() < len(column)}
        if len(dtypes) <= 1:
            dtype = next(iter(dtypes), columns[0].dtype)
            return [column if column.dtype == dtype else nulls(len(column), dtype) for column in columns]
        computed = dtypes - {TERM}
        if len(computed) > 1:
            raise NotCoveredError(str(dtypes))
        dtype = computed.pop()
        return [self._as(column, dtype) for column in columns]

    def _as(self, column: pl.Series, dtype: pl.DataType) -> pl.Series:
        if column.null_count() == len(column):
            return nulls(len(column), dtype)
        if column.dtype == TERM:
            if self.kinds(column) != {CLASS_OF[dtype]}:
                raise NotCoveredError(str(dtype))
            column = self.values(column, CLASS_OF[dtype])
        if column.dtype != dtype:
            raise NotCoveredError(str(dtype))
        return column

    def _of_classes(self, column: pl.Series, first: int, last: int) -> pl.Series:
        start, end = self.store.numbers_of(first)[0], self.store.numbers_of(last)[1]
        return column.to_frame("n").select(pl.when((pl.col("n") >= start) & (pl.col("n") < end)).then("n"))["n"]

    def holds_foreign(self, column: pl.Series) -> bool:
        """Return whether a column of terms holds IRIs of the question, whose numbers are in no order."""
        highest = column.max() if self._foreign else None
        return isinstance(highest, int) and highest >= self.store.terms.height
