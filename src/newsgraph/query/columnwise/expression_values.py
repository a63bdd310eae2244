"""Values of expressions, a whole column at a time.

A column of terms holds their numbers (UInt32); what is worked out is a column of texts, whole numbers, decimals or truth values.
Null stands for what is not bound and for errors alike, as both make a condition fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import reduce

import polars as pl

from newsgraph.query.columnwise.column_store import INTEGERS, IRI, NUMBER, STRING, ColumnStore
from newsgraph.query.columnwise.query_syntax import Call, Exists, Expression, Group, NotCoveredError, Var
from newsgraph.rdf.terms import Iri, Literal, Term

TERM = pl.UInt32()
_NUMBERS = (pl.Int64(), pl.Float64())
_COMPARE: Mapping[str, Callable[[pl.Series, pl.Series], pl.Series]] = {
    "=": lambda one, other: one == other,
    "!=": lambda one, other: one != other,
    "<": lambda one, other: one < other,
    ">": lambda one, other: one > other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
}
_DIGITS = 9  # decimals are exact to that many places


@dataclass(frozen=True)
class Scope:
    """One question to one graph; `own` are terms of the question that the graph does not hold, numbered after the graph's."""

    book: ColumnStore
    exists: Callable[[Group, pl.DataFrame], pl.Series]
    own: dict[Iri, int] = field(default_factory=dict)

    def number(self, term: Iri) -> int:
        """Give the number of an IRI."""
        found = self.book.number(term)
        return self.own.setdefault(term, self.book.terms.height + len(self.own)) if found is None else found

    def constant(self, term: Term, height: int) -> pl.Series:
        """Give a column that holds a term in each row; literals that the graph does not hold as what they say."""
        number = self.number(term) if isinstance(term, Iri) else self._string(term)
        if number is not None or isinstance(term, Iri):
            return pl.Series([number], dtype=TERM).new_from_index(0, height)
        if term.language or term.datatype not in {"", "xsd:integer", "xsd:boolean"}:
            raise NotCoveredError(term.text)
        value = {"": term.text, "xsd:boolean": term.text == "true"}[term.datatype] if term.datatype != "xsd:integer" else int(term.text)
        return pl.Series([value]).new_from_index(0, height)

    def _string(self, term: Literal) -> int | None:
        return None if term.datatype or term.language else self.book.number(term)

    def kinds(self, column: pl.Series) -> set[int]:
        """Tell which classes of terms a column of numbers holds; the question's own terms are IRIs."""
        numbers = column.drop_nulls().unique().sort()
        found = [int(numbers.search_sorted(end)) for end in self.book.ends]
        kinds = {kind for kind, (start, end) in enumerate(zip([0, *found], found, strict=False)) if end > start}
        return kinds | {IRI} if found[-1] < len(numbers) else kinds

    def told(self, column: pl.Series, what: str) -> pl.Series:
        """Give a column of the terms' `text`, `datatype`, `language` or `rank`."""
        if not self.own or column.null_count() == len(column) or int(column.max()) < self.book.terms.height:  # type: ignore[arg-type]
            return self.book.terms[what].gather(column)
        if what != "text":
            message = "a term that the graph does not hold has no rank"
            raise NotCoveredError(message)
        own = pl.Series([iri.value for iri in self.own])
        return pl.concat([self.book.terms["text"], own], rechunk=False).gather(column)

    def text(self, column: pl.Series) -> pl.Series:
        """Give what STR gives."""
        if column.dtype == TERM:
            return self.told(column, "text")
        if column.dtype == pl.Float64():
            message = "decimals are written in many ways"
            raise NotCoveredError(message)
        return column.cast(pl.String)

    def figure(self, column: pl.Series) -> pl.Series:
        """Give numbers as such, whole ones where all are; what is none is null."""
        if column.dtype in _NUMBERS:
            return column
        if column.dtype != TERM:
            return pl.Series([None], dtype=pl.Int64()).new_from_index(0, len(column))
        start, end = self.book.ends[NUMBER - 1], self.book.ends[NUMBER]
        numbers = column.to_frame("n").select(pl.when(pl.col("n").is_between(start, end, closed="left")).then("n"))["n"]
        whole = set(self.told(numbers.unique(), "datatype").drop_nulls()) <= set(INTEGERS)
        return self.told(numbers, "text").cast(pl.Int64 if whole else pl.Float64, strict=False)

    def value(self, expression: Expression, frame: pl.DataFrame) -> pl.Series:
        """Give the value of an expression in each row."""
        if isinstance(expression, Var):
            return (
                frame[expression.name]
                if expression.name in frame.columns
                else pl.Series([None], dtype=TERM).new_from_index(0, frame.height)
            )
        if isinstance(expression, Iri | Literal):
            return self.constant(expression, frame.height)
        if isinstance(expression, Exists):
            return self.exists(expression.pattern, frame)
        return self._call(expression, frame)

    def truth(self, expression: Expression, frame: pl.DataFrame) -> pl.Series:
        """Give the truth of a condition in each row, null for an error."""
        found = self.value(expression, frame)
        if found.null_count() == len(found):
            return found.cast(pl.Boolean)
        if found.dtype != pl.Boolean():
            message = "a condition that is no truth value"
            raise NotCoveredError(message)
        return found

    def _call(self, call: Call, frame: pl.DataFrame) -> pl.Series:
        if call.name == "!":
            return ~self.truth(call.args[0], frame)
        if call.name in {"&&", "||"}:
            return self._both(call, frame)
        if call.name == "BOUND":
            return self.value(call.args[0], frame).is_not_null()
        args = [self.value(arg, frame) for arg in call.args]
        if call.name in _COMPARE:
            return self._compared(call.name, args[0], args[1])
        if call.name == "IN":
            return reduce(lambda one, other: one | other, (self._compared("=", args[0], other) for other in args[1:]))
        if call.name in _FUNCTIONS:
            return _FUNCTIONS[call.name](self, args)
        raise NotCoveredError(call.name)

    def _both(self, call: Call, frame: pl.DataFrame) -> pl.Series:
        """Join two truths; the second is only asked for in rows where the first does not decide."""
        one = self.truth(call.args[0], frame)
        open_rows = (one if call.name == "&&" else ~one).fill_null(value=True).arg_true()
        other = self.truth(call.args[1], frame if len(open_rows) == frame.height else frame[open_rows])
        whole = pl.Series([None], dtype=pl.Boolean()).new_from_index(0, frame.height).scatter(open_rows, other)
        return one & whole if call.name == "&&" else one | whole

    def _compared(self, sign: str, one: pl.Series, other: pl.Series) -> pl.Series:
        kinds = {one.dtype, other.dtype}
        if kinds == {TERM}:
            if sign in {"=", "!="} and (self.own or self.kinds(one) | self.kinds(other) == {IRI}):
                return _COMPARE[sign](one, other)
            if len(self.kinds(one) | self.kinds(other)) > 1 and sign not in {"=", "!="}:
                message = "terms of several classes are compared"
                raise NotCoveredError(message)
            return _COMPARE[sign](self.told(one, "rank"), self.told(other, "rank"))
        if kinds == {TERM, pl.String()}:
            terms = one if one.dtype == TERM else other
            if not self.kinds(terms) <= {STRING}:
                message = "a text is compared with what is none"
                raise NotCoveredError(message)
            return _COMPARE[sign](self.text(one), self.text(other))
        if kinds & set(_NUMBERS) and kinds <= {TERM, *_NUMBERS}:
            return _COMPARE[sign](self.figure(one).cast(pl.Float64).round(_DIGITS), self.figure(other).cast(pl.Float64).round(_DIGITS))
        if len(kinds) == 1:
            return _COMPARE[sign](one, other)
        raise NotCoveredError(sign)

    def alike(self, columns: list[pl.Series]) -> list[pl.Series]:
        """Bring columns to one type: texts where some are terms and some texts, which must then be strings."""
        kinds = {column.dtype for column in columns if column.null_count() < len(column)}
        if len(kinds) <= 1:
            kind = next(iter(kinds), columns[0].dtype)
            return [column if column.dtype == kind else column.cast(kind) for column in columns]
        if kinds != {TERM, pl.String()}:
            raise NotCoveredError(str(kinds))
        return [self.text(column) if column.dtype == TERM else column.cast(pl.String) for column in columns]


def _string(scope: Scope, args: list[pl.Series]) -> pl.Series:
    """Give the text; a string is its own, and stays a term, which is faster in all that follows."""
    column = args[0]
    return column if column.dtype == TERM and scope.kinds(column) <= {STRING} else scope.text(column)


def _coalesce(scope: Scope, args: list[pl.Series]) -> pl.Series:
    columns = scope.alike(args)
    return reduce(lambda one, other: one.zip_with(one.is_not_null(), other), columns)


def _if(scope: Scope, args: list[pl.Series]) -> pl.Series:
    yes, no = scope.alike(args[1:])
    return yes.zip_with(args[0].fill_null(value=False), no).set(args[0].is_null(), None)


def _string_after(scope: Scope, args: list[pl.Series]) -> pl.Series:
    mark = str(args[1][0]) if len(args[1]) else ""
    after = scope.text(args[0]).str.splitn(mark, 2).struct.unnest().to_series(1) if mark else scope.text(args[0])
    return after.fill_null("").set(args[0].is_null(), None)


def _substring(scope: Scope, args: list[pl.Series]) -> pl.Series:
    table = pl.DataFrame([scope.text(args[0]).alias("text"), scope.figure(args[1]).alias("start"), scope.figure(args[2]).alias("length")])
    if table.filter((pl.col("start") < 1) | (pl.col("length") < 0)).height:
        message = "a part of a text from before its start"
        raise NotCoveredError(message)
    return table.select(pl.col("text").str.slice(pl.col("start") - 1, pl.col("length")))["text"]


def _replace(scope: Scope, args: list[pl.Series]) -> pl.Series:
    pattern, new = (str(arg[0]) if len(arg) else "" for arg in args[1:])
    if "$" in new or "\\" in pattern + new:
        raise NotCoveredError(pattern)
    return scope.text(args[0]).str.replace_all(pattern, new)


_FUNCTIONS: Mapping[str, Callable[[Scope, list[pl.Series]], pl.Series]] = {
    "STR": _string,
    "LCASE": lambda scope, args: scope.text(args[0]).str.to_lowercase(),
    "STRAFTER": _string_after,
    "SUBSTR": _substring,
    "REPLACE": _replace,
    "COALESCE": _coalesce,
    "IF": _if,
    "+": lambda scope, args: scope.figure(args[0]) + scope.figure(args[1]),
    "-": lambda scope, args: scope.figure(args[0]) - scope.figure(args[1]),
}
