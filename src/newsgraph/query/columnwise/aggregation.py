"""GROUP BY and aggregates: COUNT, SUM, AVG, MIN, MAX, SAMPLE and GROUP_CONCAT."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import polars as pl

from newsgraph.query.columnwise.column_store import OTHER, TAGGED
from newsgraph.query.columnwise.comparison import EXACT_DIGITS
from newsgraph.query.columnwise.expression_values import Evaluator
from newsgraph.query.columnwise.query_syntax import AGGREGATES, Call, Expression, NotCoveredError, Select, Var
from newsgraph.query.columnwise.term_columns import TERM

_LARGEST = 2.0**63


def grouped(evaluator: Evaluator, frame: pl.DataFrame, select: Select) -> tuple[pl.DataFrame, Select]:
    """Compute the aggregates of groups.

    Returns a frame with a row for each group, and the question with a variable in the place of each aggregate; both as they are for
    a question without groups. Without GROUP BY all rows are one group.
    """
    parts = [*(value for _, value in select.shown if value is not None), *select.having, *(key for key, _ in select.order)]
    calls = list(dict.fromkeys(call for part in parts for call in _aggregates(part)))
    if not calls and not select.grouped:
        return frame, select
    columns = {call: f"({place})" for place, call in enumerate(calls)}
    keys = [evaluator.value(Var(name) if value is None else value, frame).alias(name) for name, value in select.grouped]
    table = pl.DataFrame([*keys, *(_argument(evaluator, call, frame).alias(columns[call]) for call in calls)])
    results = [_result(call, name, table.schema).alias(name) for call, name in columns.items()]
    if table.is_empty():  # without GROUP BY one group, whose sum and mean are 0
        results += [pl.lit(0, pl.Int64).alias(name) for call, name in columns.items() if call.name in {"SUM", "AVG"}]
        results = list({result.meta.output_name(): result for result in results}.values())
    groups = table.group_by(*(key.name for key in keys), maintain_order=True).agg(results) if keys else table.select(results)
    put: Callable[[Expression], Expression] = lambda part: _replaced(part, columns)  # noqa: E731 - a name for what is done four times
    return groups, replace(
        select,
        shown=tuple((name, None if value is None else put(value)) for name, value in select.shown),
        having=tuple(map(put, select.having)),
        order=tuple((put(key), descending) for key, descending in select.order),
    )


def _aggregates(expression: Expression) -> Iterator[Call]:
    if isinstance(expression, Call):
        if expression.name in AGGREGATES:
            yield expression
        else:
            for arg in expression.args:
                yield from _aggregates(arg)


def _replaced(expression: Expression, columns: Mapping[Call, str]) -> Expression:
    if not isinstance(expression, Call):
        return expression
    if expression in columns:
        return Var(columns[expression])
    return replace(expression, args=tuple(_replaced(arg, columns) for arg in expression.args))


def _argument(evaluator: Evaluator, call: Call, frame: pl.DataFrame) -> pl.Series:
    """Return the values that an aggregate is computed from."""
    if not call.args:
        return pl.Series([True]).new_from_index(0, frame.height)
    value = evaluator.value(call.args[0], frame)
    kinds = evaluator.terms.kinds(value) if value.dtype == TERM else set()
    if call.name in {"SUM", "AVG"}:
        figures = evaluator.figures(value)
        if figures.null_count() != value.null_count():
            raise NotCoveredError(call.name)
        return _summable(figures)
    is_unordered = len(kinds) > 1 or OTHER in kinds or evaluator.terms.holds_foreign(value) or value.dtype == pl.Boolean()
    if call.name in {"MIN", "MAX"} and is_unordered:
        raise NotCoveredError(call.name)
    if call.name != "GROUP_CONCAT":
        return value
    texts = evaluator.terms.strings(value)
    if texts.null_count() != value.null_count() or (call.distinct and TAGGED in kinds):
        raise NotCoveredError(call.name)
    return texts


def _summable(figures: pl.Series) -> pl.Series:
    total = figures.cast(pl.Float64).abs().sum()
    if total >= _LARGEST:
        message = "a sum that may be too large"
        raise NotCoveredError(message)
    return figures


def _result(call: Call, name: str, schema: Mapping[str, pl.DataType]) -> pl.Expr:
    """Return the expression for an aggregate of a column.

    An unbound variable is an error for all but COUNT and SAMPLE, an expression that fails for all but SAMPLE, as with the SPARQL engine.
    """
    value = pl.col(name)
    if not call.args:
        return pl.len().cast(pl.Int64)
    values = value.drop_nulls().unique(maintain_order=True) if call.distinct else value.drop_nulls()
    if call.name == "COUNT":
        count = values.len().cast(pl.Int64)
        return count if isinstance(call.args[0], Var) else pl.when(value.null_count() == 0).then(count)
    if call.name == "SAMPLE":
        return values.first()
    total = values.sum().round(EXACT_DIGITS) if schema[name] == pl.Float64 else values.sum()
    results = {
        "SUM": total,
        "AVG": values.mean(),
        "MIN": values.min(),
        "MAX": values.max(),
        "GROUP_CONCAT": values.str.join(call.separator),
    }
    return pl.when(value.null_count() == 0).then(results[call.name])
