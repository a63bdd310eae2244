"""Estimates by which triple patterns are joined: how many rows each makes."""

from __future__ import annotations

from math import inf, prod

import polars as pl

from newsgraph.query.columnwise.column_store import ColumnStore
from newsgraph.query.columnwise.property_paths import may_be_empty
from newsgraph.query.columnwise.query_syntax import Path, Triple, Var
from newsgraph.query.columnwise.variables import variables_in


def weight(store: ColumnStore, triple: Triple, bound: set[str]) -> tuple[float, float]:
    """Estimate how many rows a triple pattern makes of one row in which some variables are bound, and how many it has by itself."""
    known = _known(triple, bound)
    rows = _size(store, triple.path)
    if set(variables_in(triple)) & bound or not isinstance(triple.subject, Var):
        return (0.0 if all(known) else _spread(store, triple.path, forward=known[0])), rows
    if triple.path.kind == "iri" and not isinstance(triple.object, Var):
        number = store.number(triple.object)
        rows = 0 if number is None else store.of(triple.path.iri).filter(pl.col("object") == number).height
    return (inf if may_be_empty(triple.path) and not any(known) else rows), rows


def most_each(store: ColumnStore, triple: Triple, bound: set[str]) -> int | None:
    """Return the most solutions of a triple pattern that go with one row in which some variables are bound, None if that is not known."""
    place = store.places.get(triple.path.iri) if triple.path.kind == "iri" else None
    known = _known(triple, bound)
    if place is None or not any(known):
        return None
    return 1 if all(known) else place.most_objects if known[0] else place.most_subjects


def _known(triple: Triple, bound: set[str]) -> list[bool]:
    return [not isinstance(node, Var) or node.name in bound for node in (triple.subject, triple.object)]


def _spread(store: ColumnStore, path: Path, *, forward: bool = True) -> float:
    """Estimate how many nodes a path leads to from one node."""
    if path.kind == "iri":
        place = store.places.get(path.iri)
        return place.length / (place.subjects if forward else place.objects) if place else 0.0
    if path.kind == "inverse":
        return _spread(store, path.parts[0], forward=not forward)
    steps = [_spread(store, part, forward=forward) for part in path.parts]
    return prod(steps) if path.kind == "seq" else 1 + sum(steps) if path.parts else float(len(store.places))


def _size(store: ColumnStore, path: Path) -> float:
    """Estimate how many pairs a path connects."""
    if path.kind == "iri":
        return store.of(path.iri).height
    if path.kind == "seq":
        return _size(store, path.parts[0]) * prod(_spread(store, part) for part in path.parts[1:])
    return sum(_size(store, part) for part in path.parts) if path.parts else store.pairs.height
