"""The operators =, !=, <, >, <= and >= on whole columns."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from functools import reduce

import polars as pl

from newsgraph.query.columnwise.column_store import DATES, DAY, IRI, NUMBER, OTHER, STRING, TIME, TRUTH
from newsgraph.query.columnwise.query_syntax import NotCoveredError
from newsgraph.query.columnwise.term_columns import CLASS_OF, TERM, TermColumns, nulls

_OPERATORS: Mapping[str, Callable[[pl.Series, pl.Series], pl.Series]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip
SIGNS = frozenset(_OPERATORS)
EXACT_DIGITS = 9
"""Decimal places that numbers are exact to: no term of a column has more, and decimals are floats here."""
_ORDERED = ({NUMBER}, {DAY}, {TIME}, {STRING})


def compare(terms: TermColumns, sign: str, left: pl.Series, right: pl.Series) -> pl.Series:
    """Compare two columns row by row: a column of truth values, null for an error.

    Terms of different classes are unequal, and to ask for their order is an error. Raises `NotCoveredError`.
    """
    if left.null_count() == len(left) or right.null_count() == len(right):
        return nulls(len(left), pl.Boolean())
    if left.dtype == TERM and right.dtype == TERM:
        return _compare_terms(terms, sign, left, right)
    computed = right if left.dtype == TERM else left
    kind = CLASS_OF[computed.dtype]
    if any(column.dtype == TERM and OTHER in terms.kinds(column) for column in (left, right)):
        raise NotCoveredError(sign)
    if kind == TRUTH and sign not in {"=", "!="}:
        raise NotCoveredError(sign)
    result = _OPERATORS[sign](*(_comparable(terms, column, kind) for column in (left, right)))
    if sign not in {"=", "!="}:
        return result
    return result.fill_null(value=sign == "!=").zip_with(left.is_not_null() & right.is_not_null(), nulls(len(left), pl.Boolean()))


def _compare_terms(terms: TermColumns, sign: str, left: pl.Series, right: pl.Series) -> pl.Series:
    kinds = terms.kinds(left) | terms.kinds(right)
    is_unordered = kinds not in _ORDERED and not kinds <= DATES
    if OTHER in kinds or (sign not in {"=", "!="} and is_unordered):
        raise NotCoveredError(sign)
    if kinds == {IRI}:
        return _OPERATORS[sign](left, right)
    result = _OPERATORS[sign](terms.ranks(left), terms.ranks(right))
    if sign in {"=", "!="} or len(kinds) == 1:
        return result
    alike = [terms.are(left, kind, kind) & terms.are(right, kind, kind) for kind in kinds]
    return result.zip_with(reduce(operator.or_, alike), nulls(len(left), pl.Boolean()))


def _comparable(terms: TermColumns, column: pl.Series, kind: int) -> pl.Series:
    """Return the values of one class; those of other classes become null."""
    values = terms.values(column, kind)
    return values.cast(pl.Float64).round(EXACT_DIGITS) if kind == NUMBER else values
