"""Joins that are left to the SPARQL engine where their result would not fit into memory, as the engine holds one solution at a time."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from newsgraph.query.columnwise.query_syntax import NotCoveredError

MOST_CELLS = 100_000_000
"""Largest intermediate result, in rows times columns (400 MB of term numbers)."""
FEW_CELLS = 20_000_000
"""The same where a few solutions are enough, LIMIT without an order or ASK: the engine stops at the first ones."""


def check_size(rows: int, columns: int, most_cells: int) -> None:
    """Raise `NotCoveredError` for a result that is too large."""
    if rows * max(columns, 1) > most_cells:
        message = f"an intermediate result of {rows:,} rows"
        raise NotCoveredError(message)


def join(
    left: pl.DataFrame, right: pl.DataFrame, on: Sequence[str], most_cells: int, *, outer: bool = False, most_each: int | None = None
) -> pl.DataFrame:
    """Join two frames on columns of equal types without nulls, `outer` with all rows of `left`; without `on`, all rows with all rows.

    `most_each` is the most rows of `right` that go with one row of `left`, if that is known. Rows keep the order of `left`, then that
    of `right`. Raises `NotCoveredError` where the result would have more than `most_cells`.
    """
    width = left.width + right.width - len(on)
    if left.height * min(right.height, most_each or right.height) * width > most_cells:
        check_size(_height(left, right, on) + (left.height if outer else 0), width, most_cells)
    if not on:
        return left.join(right, how="cross", maintain_order="left_right")
    return left.join(right, on=on, how="left" if outer else "inner", maintain_order="left_right")


def compatible_join(
    left: pl.DataFrame, right: pl.DataFrame, on: Sequence[str], most_cells: int, *, most_each: int | None = None
) -> pl.DataFrame:
    """Join two frames on columns of equal types, where a null goes with any value, as an unbound variable does in SPARQL.

    Rows with nulls come last. Raises `NotCoveredError` as `join` does.
    """
    for name in on:
        others = [other for other in on if other != name]
        missing = pl.col(name).is_null()
        if left[name].null_count():
            unbound = compatible_join(left.filter(missing).drop(name), right, others, most_cells)
            bound = compatible_join(left.filter(~missing), right, on, most_cells)
        elif right[name].null_count():
            unbound = compatible_join(left, right.filter(missing).drop(name), others, most_cells)
            bound = compatible_join(left, right.filter(~missing), on, most_cells)
        else:
            continue
        return pl.concat([bound, unbound.select(bound.columns)])
    return join(left, right, on, most_cells, most_each=most_each)


def _height(left: pl.DataFrame, right: pl.DataFrame, on: Sequence[str]) -> int:
    """Count the rows of an inner join without making them."""
    if not on:
        return left.height * right.height
    counts = left.group_by(on).agg(pl.len().alias("#l")).join(right.group_by(on).agg(pl.len().alias("#r")), on=on)
    return int(counts.select((pl.col("#l").cast(pl.Int64) * pl.col("#r")).sum()).item())
