"""The values of expressions, a whole column at a time."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce

import polars as pl

from newsgraph.query.columnwise.column_store import DATES, IRI, NUMBER, OTHER, STRING, TIME, TRUTH
from newsgraph.query.columnwise.comparison import EXACT_DIGITS, SIGNS, compare
from newsgraph.query.columnwise.query_syntax import Call, Exists, Expression, Group, NotCoveredError, Var
from newsgraph.query.columnwise.term_columns import MOMENT, TERM, TermColumns, nulls
from newsgraph.query.columnwise.text_functions import (
    DATE_PARTS,
    KEEPS_LANGUAGE,
    OF_ANY_STRING,
    changed_text,
    date_part,
    joined_texts,
    plain_strings,
    split_at,
)
from newsgraph.rdf.terms import Iri, Literal

_LARGEST = 2.0**63


class Evaluator:
    """The expressions of one question; `exists` returns for each row of a frame whether a group has a solution that goes with it."""

    def __init__(self, terms: TermColumns, exists: Callable[[Group, pl.DataFrame], pl.Series]) -> None:
        """Evaluate over the terms of one graph."""
        self.terms = terms
        self._exists = exists

    def value(self, expression: Expression, frame: pl.DataFrame) -> pl.Series:
        """Return the value of an expression in each row: a column of terms or a typed column, null for an error."""
        if isinstance(expression, Var):
            return frame[expression.name] if expression.name in frame.columns else nulls(frame.height)
        if isinstance(expression, Iri | Literal):
            return self.terms.constant(expression, frame.height)
        if isinstance(expression, Exists):
            return self._exists(expression.pattern, frame)
        return self._call(expression, frame)

    def truth(self, expression: Expression, frame: pl.DataFrame) -> pl.Series:
        """Return the truth of a condition in each row, null for an error."""
        column = self.value(expression, frame)
        if column.null_count() == len(column):
            return nulls(len(column), pl.Boolean())
        if column.dtype == TERM and self.terms.kinds(column) == {TRUTH}:
            return self.terms.values(column, TRUTH)
        if column.dtype != pl.Boolean():
            raise NotCoveredError(str(expression))
        return column

    def figures(self, column: pl.Series) -> pl.Series:
        """Return numbers to calculate with, null for other terms. Raises `NotCoveredError` for days, times, and whole numbers among decimals."""
        is_time = column.dtype in {pl.Date(), MOMENT} or (column.dtype == TERM and self.terms.kinds(column) & {*DATES, TIME, OTHER})
        if is_time or self.terms.has_both_numbers(column):
            raise NotCoveredError(column.name)
        return self.terms.values(column, NUMBER)

    def texts(self, expression: Expression, frame: pl.DataFrame) -> pl.Series:
        """Return the texts of an expression for a function that ignores languages; null if its value is not a string."""
        if isinstance(expression, Call) and expression.name in KEEPS_LANGUAGE:
            return changed_text(expression, self.texts(expression.args[0], frame), self._numbers(expression, frame))
        return self.terms.strings(self.value(expression, frame))

    def _call(self, call: Call, frame: pl.DataFrame) -> pl.Series:
        if call.name in SIGNS:
            return compare(self.terms, call.name, self.value(call.args[0], frame), self.value(call.args[1], frame))
        if call.name in KEEPS_LANGUAGE:
            return changed_text(call, plain_strings(self.terms, self.value(call.args[0], frame)), self._numbers(call, frame))
        if call.name in OF_ANY_STRING:
            return OF_ANY_STRING[call.name](call, self.texts(call.args[0], frame))
        if call.name in _OF_COLUMN:
            return _OF_COLUMN[call.name](self.terms, self.value(call.args[0], frame))
        if call.name in DATE_PARTS:
            return date_part(self.terms, call.name, self.value(call.args[0], frame))
        if call.name not in _SPECIAL:
            raise NotCoveredError(call.name)
        return _SPECIAL[call.name](self, call, frame)

    def _numbers(self, call: Call, frame: pl.DataFrame) -> list[pl.Series]:
        """Return the numeric arguments of a function of texts."""
        return [self.figures(self.value(arg, frame)) for arg in call.args[1:]] if call.name == "SUBSTR" else []


_OF_COLUMN: Mapping[str, Callable[[TermColumns, pl.Series], pl.Series]] = {
    "BOUND": lambda _, column: column.is_not_null(),
    "LANG": lambda terms, column: terms.languages(column),
    "ISIRI": lambda terms, column: terms.are(column, IRI, IRI),
    "ISURI": lambda terms, column: terms.are(column, IRI, IRI),
    "ISLITERAL": lambda terms, column: terms.are(column, NUMBER, OTHER),
}


def _string(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    """Return STR of a column. Strings stay terms, which is faster in all that follows."""
    argument = call.args[0]
    if isinstance(argument, Call) and argument.name in KEEPS_LANGUAGE:
        return evaluator.texts(argument, frame)
    column = evaluator.value(argument, frame)
    return column if column.dtype == TERM and evaluator.terms.kinds(column) <= {STRING} else evaluator.terms.texts(column)


def _logic(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    """Return `&&` or `||`. The second condition is only evaluated in rows where the first does not decide."""
    first = evaluator.truth(call.args[0], frame)
    undecided = (first if call.name == "&&" else ~first).fill_null(value=True).arg_true()
    second = evaluator.truth(call.args[1], frame if len(undecided) == frame.height else frame[undecided])
    whole = nulls(frame.height, pl.Boolean()).scatter(undecided, second)
    return first & whole if call.name == "&&" else first | whole


def _if(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    condition = evaluator.truth(call.args[0], frame)
    yes, no = evaluator.terms.alike([evaluator.value(arg, frame) for arg in call.args[1:]])
    return yes.zip_with(condition.fill_null(value=False), no).set(condition.is_null(), None)


def _coalesce(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    columns = evaluator.terms.alike([evaluator.value(arg, frame) for arg in call.args])
    return reduce(lambda first, second: first.zip_with(first.is_not_null(), second), columns)


def _among(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    value = evaluator.value(call.args[0], frame)
    return reduce(operator.or_, (compare(evaluator.terms, "=", value, evaluator.value(arg, frame)) for arg in call.args[1:]))


def _split(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    return split_at(call, plain_strings(evaluator.terms, evaluator.value(call.args[0], frame)))


def _concat(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    return joined_texts([plain_strings(evaluator.terms, evaluator.value(arg, frame)) for arg in call.args])


def _sum(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    left, right = (evaluator.figures(evaluator.value(arg, frame)) for arg in call.args)
    result = left + right if call.name == "+" else left - right
    largest = (left.cast(pl.Float64).abs() + right.cast(pl.Float64).abs()).max()
    if isinstance(largest, float) and largest >= _LARGEST:
        raise NotCoveredError(call.name)
    return result.round(EXACT_DIGITS) if result.dtype == pl.Float64 else result


_SPECIAL: Mapping[str, Callable[[Evaluator, Call, pl.DataFrame], pl.Series]] = {
    "!": lambda evaluator, call, frame: ~evaluator.truth(call.args[0], frame),
    "&&": _logic, "||": _logic, "+": _sum, "-": _sum, "IN": _among, "IF": _if, "COALESCE": _coalesce, "STR": _string, "STRAFTER": _split,
    "STRBEFORE": _split, "CONCAT": _concat,
}  # fmt: skip
