"""The answer to a question: its solutions grouped, sorted, named and typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

import polars as pl

from newsgraph.query.columnwise.column_store import DAY, IRI, NUMBER, OTHER, STRING, TIME, TRUTH, WORDS, ColumnStore
from newsgraph.query.columnwise.expression_values import TERM, Scope
from newsgraph.query.columnwise.pattern_solver import UNIT, Solver
from newsgraph.query.columnwise.query_parser import parse
from newsgraph.query.columnwise.query_syntax import AGGREGATES, Call, Expression, NotCoveredError, Select, Var
from newsgraph.query.columnwise.variables import named_outside


def answer(book: ColumnStore, sparql: str) -> pl.DataFrame:
    """Answer a question; rows and types are those of `terms.frame_of`. Raises `NotCoveredError`."""
    solver = Solver(book, _rows)
    frame = _rows(solver, parse(sparql))
    return pl.DataFrame([_typed(solver.scope, column) for column in frame.drop(UNIT, strict=False)])


def _rows(solver: Solver, select: Select, start: pl.DataFrame | None = None) -> pl.DataFrame:
    """Give the rows of a SELECT, with a column for each variable that it shows; `start` is what is known of some."""
    frame = solver.solutions(select.group, start, named_outside(select))
    frame, select = _grouped(solver.scope, frame, select)
    for condition in select.having:
        frame = frame.filter(solver.scope.truth(condition, frame))
    worked_out = [solver.scope.value(value, frame).alias(name) for name, value in select.shown if value is not None]
    frame = frame.with_columns(worked_out)
    frame = _sorted(solver.scope, frame, select)
    frame = frame.select(solver.scope.value(Var(name), frame).alias(name) for name, _ in select.shown)
    if select.distinct:
        frame = frame.unique(maintain_order=True)
    return frame if select.limit is None else frame.head(select.limit)


def _sorted(scope: Scope, frame: pl.DataFrame, select: Select) -> pl.DataFrame:
    """Sort as SPARQL does: what is not bound comes before all else."""
    if not select.order:
        return frame
    values = [scope.value(key, frame) for key, _ in select.order]
    keys = [scope.told(value, "rank") if value.dtype == TERM else value for value in values]
    down = [descending for _, descending in select.order]
    table = pl.DataFrame([key.alias(str(place)) for place, key in enumerate(keys)]).with_row_index("row")
    order = table.sort([str(place) for place in range(len(keys))], descending=down, nulls_last=down, maintain_order=True)["row"]
    return frame[order]


# --- groups


def _grouped(scope: Scope, frame: pl.DataFrame, select: Select) -> tuple[pl.DataFrame, Select]:
    """Work out the aggregates of groups; give the groups and the question with a variable in the place of each aggregate."""
    parts = [*(value for _, value in select.shown if value is not None), *select.having, *(key for key, _ in select.order)]
    calls = list(dict.fromkeys(call for part in parts for call in _aggregates(part)))
    if not calls and not select.grouped:
        return frame, select
    if not select.grouped:
        message = "an aggregate of all rows"
        raise NotCoveredError(message)
    names = {call: f"({place})" for place, call in enumerate(calls)}
    values = [_argument(scope, call, frame).alias(names[call]) for call in calls]
    for name in select.grouped:
        frame = frame if name in frame.columns else frame.with_columns(pl.lit(None, TERM).alias(name))
    table = frame.select(*select.grouped).with_columns(values)
    groups = table.group_by(*select.grouped, maintain_order=True).agg(_aggregated(call, name) for call, name in names.items())
    put: Callable[[Expression], Expression] = lambda part: _replaced(part, names)  # noqa: E731 - a name for what is done four times
    return groups, replace(
        select,
        shown=tuple((name, None if value is None else put(value)) for name, value in select.shown),
        having=tuple(map(put, select.having)),
        order=tuple((put(key), down) for key, down in select.order),
    )


def _aggregates(expression: Expression) -> Iterator[Call]:
    if isinstance(expression, Call):
        if expression.name in AGGREGATES:
            yield expression
        else:
            for arg in expression.args:
                yield from _aggregates(arg)


def _replaced(expression: Expression, names: Mapping[Call, str]) -> Expression:
    if not isinstance(expression, Call):
        return expression
    return (
        Var(names[expression]) if expression in names else replace(expression, args=tuple(_replaced(arg, names) for arg in expression.args))
    )


def _argument(scope: Scope, call: Call, frame: pl.DataFrame) -> pl.Series:
    """Give what an aggregate is of: numbers for a sum, texts for texts that are joined."""
    value = scope.value(call.args[0], frame)
    if call.distinct and call.name != "COUNT":
        raise NotCoveredError(call.name)
    if call.name == "SUM":
        figures = scope.figure(value)
        if figures.null_count() != value.null_count():
            message = "a sum of what is no number"
            raise NotCoveredError(message)
        return figures
    if call.name in {"MIN", "MAX"} and value.dtype == TERM and len(scope.kinds(value)) > 1:
        raise NotCoveredError(call.name)
    return scope.text(value) if call.name == "GROUP_CONCAT" else value


def _aggregated(call: Call, name: str) -> pl.Expr:
    """Work out an aggregate of a column; where a value is not bound, all but COUNT have none."""
    value = pl.col(name)
    if call.name == "COUNT":
        number = value.n_unique() - (value.null_count() > 0) if call.distinct else value.count()
        return number.cast(pl.Int64)
    found = {"SUM": value.sum(), "MIN": value.min(), "MAX": value.max(), "GROUP_CONCAT": value.str.join(call.separator)}[call.name]
    return pl.when(value.null_count() == 0).then(found)


# --- types


_BY_CLASS: Mapping[int, Callable[[pl.Series], pl.Series]] = {
    DAY: lambda texts: texts.str.to_date("%Y-%m-%d"),
    TIME: lambda texts: texts.str.strip_suffix("Z").str.to_datetime("%Y-%m-%dT%H:%M:%S%.f", time_unit="us", time_zone="UTC"),
    TRUTH: lambda texts: texts == "true",
}


def _typed(scope: Scope, column: pl.Series) -> pl.Series:
    """Give a column of an answer its type; see `terms.frame_of`."""
    if column.null_count() == len(column):
        return column.cast(pl.String)
    if column.dtype != TERM:
        return column
    kinds = scope.kinds(column)
    if OTHER in kinds and kinds.isdisjoint({IRI, STRING, WORDS}):
        raise NotCoveredError(column.name)
    if kinds == {NUMBER}:
        return scope.figure(column).alias(column.name)
    texts = scope.told(column, "text").alias(column.name)
    return _BY_CLASS[kinds.pop()](texts) if len(kinds) == 1 and kinds <= _BY_CLASS.keys() else texts
