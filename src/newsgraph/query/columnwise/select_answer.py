"""The answer to a question: its solutions grouped, sorted, named and typed."""

from __future__ import annotations

import polars as pl

from newsgraph.query.columnwise.aggregation import grouped
from newsgraph.query.columnwise.bounded_join import FEW_CELLS, MOST_CELLS
from newsgraph.query.columnwise.column_store import IRI, MONTH, OTHER, STRING, TAGGED, YEAR, ColumnStore
from newsgraph.query.columnwise.expression_values import Evaluator
from newsgraph.query.columnwise.pattern_solver import UNIT, Solver
from newsgraph.query.columnwise.query_syntax import NotCoveredError, Select, Var
from newsgraph.query.columnwise.term_columns import TERM, TermColumns
from newsgraph.query.columnwise.variables import named_outside


def answer(store: ColumnStore, select: Select) -> pl.DataFrame:
    """Answer a question; rows and types are those of `result_frame.frame_of`. Raises `NotCoveredError`."""
    try:
        terms, frame = solved(store, select)
        if select.is_ask:
            return pl.DataFrame({"answer": [frame.height > 0]})
        return pl.DataFrame([_typed(terms, column) for column in frame.drop(UNIT, strict=False)])
    except pl.exceptions.PolarsError as error:
        raise NotCoveredError(str(error)) from error


def solved(store: ColumnStore, select: Select) -> tuple[TermColumns, pl.DataFrame]:
    """Return the rows of a question with a column of terms or of values for each variable, and what knows the terms. Raises as `answer` does."""
    try:
        solver = Solver(store, _rows, FEW_CELLS if _stops_early(select) else MOST_CELLS)
        return solver.terms, _rows(solver, select)
    except (pl.exceptions.PolarsError, RecursionError) as error:  # an invalid regular expression, a day that does not exist, ...
        raise NotCoveredError(str(error)) from error


def _stops_early(select: Select) -> bool:
    """Return whether an engine that finds one solution after the other may stop at the first ones."""
    in_any_order = not (select.order or select.grouped or any(value is not None for _, value in select.shown))
    return select.is_ask or (select.limit is not None and in_any_order)


def _rows(solver: Solver, select: Select, start: pl.DataFrame | None = None) -> pl.DataFrame:
    """Return the rows of a SELECT with a column for each variable that it shows; `start` holds the known values of some."""
    evaluator = solver.evaluator
    frame = solver.solutions(select.group, start, named_outside(select))
    frame, select = grouped(evaluator, frame, select)
    frame = frame if UNIT in frame.columns else frame.with_columns(pl.lit(value=True).alias(UNIT))
    for condition in select.having:
        frame = frame.filter(evaluator.truth(condition, frame))
    for name, value in select.shown:
        if value is not None:
            frame = frame.with_columns(evaluator.value(value, frame).alias(name))
    frame = _sorted(evaluator, frame, select)
    frame = frame.select(UNIT, *(evaluator.value(Var(name), frame).alias(name) for name, _ in select.shown))
    if select.distinct:
        frame = frame.unique(maintain_order=True)
    return frame.slice(select.offset, select.limit)


def _sorted(evaluator: Evaluator, frame: pl.DataFrame, select: Select) -> pl.DataFrame:
    """Sort by the rank of terms; what is unbound comes before all else."""
    if not select.order:
        return frame
    values = [evaluator.value(key, frame) for key, _ in select.order]
    if any(value.dtype == TERM and (OTHER in evaluator.terms.kinds(value) or evaluator.terms.holds_foreign(value)) for value in values):
        message = "terms without an order"
        raise NotCoveredError(message)
    ranks = [evaluator.terms.ranks(value) if value.dtype == TERM else value for value in values]
    keys = [rank.alias(str(place)) for place, rank in enumerate(ranks)]
    descending = [down for _, down in select.order]
    rows = pl.DataFrame(keys).with_row_index("row")
    order = rows.sort([key.name for key in keys], descending=descending, nulls_last=descending, maintain_order=True)["row"]
    return frame[order]


def _typed(terms: TermColumns, column: pl.Series) -> pl.Series:
    """Return a column of an answer with its type; see `result_frame.frame_of`."""
    if column.null_count() == len(column):
        return column.cast(pl.String)
    if column.dtype != TERM:
        return column
    kinds = terms.kinds(column)
    has_text = not kinds.isdisjoint({IRI, MONTH, YEAR, STRING, TAGGED})
    if OTHER in kinds and not has_text:
        raise NotCoveredError(column.name)
    if len(kinds) == 1 and not has_text:
        return terms.values(column, kinds.pop()).alias(column.name)
    return terms.texts(column).alias(column.name)
