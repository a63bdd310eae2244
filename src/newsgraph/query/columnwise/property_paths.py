"""Which nodes a path joins: a frame `subject`, `object`, with as many equal rows as SPARQL counts."""

from __future__ import annotations

from math import prod

import polars as pl

from newsgraph.query.columnwise.column_store import ColumnStore
from newsgraph.query.columnwise.query_syntax import NotCoveredError, Path


def joined(book: ColumnStore, path: Path, ends: pl.Series | None) -> pl.DataFrame:
    """Follow a path; `ends` are the nodes that one of its ends is known to be, which a path of no steps needs."""
    if path.kind == "iri":
        return book.of(path.iri)
    if path.kind == "inverse":
        return _turned(joined(book, path.parts[0], ends))
    if path.kind == "alt":
        return pl.concat([joined(book, part, ends) for part in path.parts])
    if path.kind == "seq":
        return _chained(book, path)
    if ends is None or path.kind not in {"maybe", "many"}:
        raise NotCoveredError(path.kind)
    steps = joined(book, path.parts[0], ends).unique()
    itself = pl.DataFrame({"subject": ends, "object": ends})
    if path.kind == "many":
        steps = _closed(steps)
    return pl.concat([itself, steps]).unique()


def _turned(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(pl.col("object").alias("subject"), pl.col("subject").alias("object"))


def _chained(book: ColumnStore, path: Path) -> pl.DataFrame:
    found = joined(book, path.parts[0], None)
    for part in path.parts[1:]:
        step = joined(book, part, None).rename({"subject": "object", "object": "end"})
        found = found.join(step, on="object").select("subject", pl.col("end").alias("object"))
    return found


def _closed(steps: pl.DataFrame) -> pl.DataFrame:
    """Follow steps as far as they lead."""
    found, on = steps, steps
    while on.height:
        on = on.join(steps.rename({"subject": "object", "object": "end"}), on="object").select("subject", pl.col("end").alias("object"))
        on = on.unique().join(found, on=["subject", "object"], how="anti")
        found = pl.concat([found, on])
    return found


def spread(book: ColumnStore, path: Path, *, forward: bool = True) -> float:
    """Guess to how many nodes a path leads from one."""
    if path.kind == "iri":
        _, length, subjects, objects = book.places.get(path.iri, (0, 0, 1, 1))
        return length / (subjects if forward else objects)
    if path.kind == "inverse":
        return spread(book, path.parts[0], forward=not forward)
    steps = [spread(book, part, forward=forward) for part in path.parts]
    return prod(steps) if path.kind == "seq" else 1 + sum(steps) if path.parts else float(len(book.places))


def size(book: ColumnStore, path: Path) -> float:
    """Guess how many nodes a path joins."""
    if path.kind == "iri":
        return book.places.get(path.iri, (0, 0))[1]
    if path.kind == "seq":
        return size(book, path.parts[0]) * prod(spread(book, part) for part in path.parts[1:])
    return sum(size(book, part) for part in path.parts) if path.parts else book.pairs.height
