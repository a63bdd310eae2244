"""The pairs of nodes that a property path connects: a frame `subject`, `object` with as many equal rows as the engine counts."""

from __future__ import annotations

import polars as pl

from newsgraph.query.columnwise.bounded_join import MOST_CELLS, check_size, join
from newsgraph.query.columnwise.column_store import ColumnStore
from newsgraph.query.columnwise.query_syntax import NotCoveredError, Path

_PAIR = ["subject", "object"]


def connected(store: ColumnStore, path: Path, ends: pl.Series | None) -> pl.DataFrame:
    """Return the pairs that a path connects.

    `ends` are all nodes that its subject, or all that its object, can be; a path that may have no steps needs them. Raises
    `NotCoveredError`.
    """
    if path.kind == "iri":
        return store.of(path.iri)
    if path.kind == "inverse":
        return _turned(connected(store, path.parts[0], ends))
    if path.kind == "alt":
        return pl.concat([connected(store, part, ends) for part in path.parts]).unique(maintain_order=True)  # as the engine counts
    if path.kind == "seq":
        return _sequence(store, path)
    steps = connected(store, path.parts[0], ends).unique(maintain_order=True)
    if path.kind in {"many", "plus"}:
        steps = _closure(steps)
    if path.kind == "plus":
        return steps
    if ends is None or path.kind not in {"maybe", "many"}:
        raise NotCoveredError(path.kind)
    return pl.concat([pl.DataFrame({"subject": ends, "object": ends}), steps]).unique(maintain_order=True)


def may_be_empty(path: Path) -> bool:
    """Return whether a path connects each node with itself, whatever the graph says about it."""
    if path.kind in {"seq", "alt"}:
        return (all if path.kind == "seq" else any)(may_be_empty(part) for part in path.parts)
    return path.kind in {"maybe", "many"} or (path.kind in {"inverse", "plus"} and may_be_empty(path.parts[0]))


def _turned(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(pl.col("object").alias("subject"), pl.col("subject").alias("object"))


def _sequence(store: ColumnStore, path: Path) -> pl.DataFrame:
    """Chain the parts of a path, beginning with one that cannot be empty: its neighbours start where its pairs end."""
    first = next((place for place, part in enumerate(path.parts) if not may_be_empty(part)), None)
    if first is None:
        raise NotCoveredError(path.kind)
    pairs = connected(store, path.parts[first], None)
    for part in path.parts[first + 1 :]:
        pairs = _chained(pairs, connected(store, part, pairs["object"].unique()))
    for part in reversed(path.parts[:first]):
        pairs = _chained(connected(store, part, pairs["subject"].unique()), pairs)
    return pairs


def _chained(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    step = after.select(pl.col("subject").alias("object"), pl.col("object").alias("end"))
    return join(before, step, ["object"], MOST_CELLS).select("subject", pl.col("end").alias("object"))


def _closure(steps: pl.DataFrame) -> pl.DataFrame:
    """Follow steps as far as they lead."""
    pairs, latest = steps, steps
    while latest.height:
        latest = _chained(latest, steps).unique(maintain_order=True).join(pairs, on=_PAIR, how="anti", maintain_order="left")
        pairs = pl.concat([pairs, latest])
        check_size(pairs.height, pairs.width, MOST_CELLS)
    return pairs
