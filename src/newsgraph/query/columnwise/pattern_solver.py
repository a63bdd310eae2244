"""Solutions of patterns: one frame, a column for each variable, a row for each solution."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from math import inf

import polars as pl

from newsgraph.query.columnwise.column_store import STRING, ColumnStore
from newsgraph.query.columnwise.expression_values import TERM, Scope
from newsgraph.query.columnwise.property_paths import joined, size, spread
from newsgraph.query.columnwise.query_syntax import (
    Bind,
    Expression,
    Filter,
    Group,
    NotCoveredError,
    OptionalGroup,
    Path,
    Select,
    Triple,
    UnionGroup,
    Values,
    Var,
)
from newsgraph.query.columnwise.variables import has_exists, mentioned, names_in, open_to, variables_in
from newsgraph.rdf.terms import Iri, Term

UNIT = "."
"""A column that every frame has, for a frame of rows without columns cannot be."""
_ROW = "#"
_MANY = 20_000  # rows that are better not all looked up
_MOST = 30_000_000  # rows of a product of two patterns that share nothing


class Solver:
    """One question to one graph."""

    def __init__(self, book: ColumnStore, select: Callable[[Solver, Select, pl.DataFrame | None], pl.DataFrame]) -> None:
        """`select` gives the rows of a question inside another, for what is known of its variables."""
        self.book = book
        self.scope = Scope(book, self._exists)
        self._select = select
        self._ways: dict[Path, pl.DataFrame] = {}

    def solutions(self, group: Group, start: pl.DataFrame | None = None, needed: frozenset[str] | None = None) -> pl.DataFrame:
        """Give the solutions of a group that go with those of `start`; `needed` are the variables that matter outside, None for all."""
        frame = pl.DataFrame({UNIT: [True]}) if start is None else start
        conditions = [part.condition for part in group.parts if isinstance(part, Filter)]
        for triples, part in _steps(group):
            frame, conditions = self._joined(frame, triples, conditions)
            if part is not None:
                elsewhere = None if needed is None else needed.union(mentioned(Group(tuple(one for one in group.parts if one is not part))))
                frame, conditions = self._narrowed(self._added(frame, part, elsewhere), conditions)
        for condition in conditions:
            frame = frame.filter(self.scope.truth(condition, frame))
        return frame

    def _narrowed(self, frame: pl.DataFrame, conditions: list[Expression]) -> tuple[pl.DataFrame, list[Expression]]:
        """Apply the conditions of which all variables are bound in all rows: nothing can change them any more."""
        later = []
        for condition in conditions:
            names = set(names_in(condition))
            if has_exists(condition) or not names <= set(frame.columns) or any(frame[name].null_count() for name in names):
                later.append(condition)
            else:
                frame = frame.filter(self.scope.truth(condition, frame))
        return frame, later

    def _joined(self, frame: pl.DataFrame, triples: list[Triple], conditions: list[Expression]) -> tuple[pl.DataFrame, list[Expression]]:
        """Join triple patterns, at each step the one that makes the fewest rows."""
        left = list(triples)
        while left:
            bound = set(frame.columns)
            connected = [triple for triple in left if set(variables_in(triple)) & bound] or left
            triple = min(connected, key=lambda one: self._weight(one, bound))
            left.remove(triple)
            frame, conditions = self._narrowed(self.join(frame, self._rows(triple, frame)), conditions)
        return frame, conditions

    def _weight(self, triple: Triple, bound: set[str]) -> tuple[float, float]:
        """Guess how many rows a triple pattern makes of one, and how many it has."""
        known = [not isinstance(node, Var) or node.name in bound for node in (triple.subject, triple.object)]
        rows = size(self.book, triple.path)
        if set(variables_in(triple)) & bound:
            return (0.0 if all(known) else spread(self.book, triple.path, forward=known[0])), rows
        if triple.path.kind == "iri" and not isinstance(triple.object, Var):
            rows = self.book.of(triple.path.iri).filter(pl.col("object") == self._number(triple.object)).height
        return (inf if triple.path.kind in {"maybe", "many"} else rows), rows

    def _number(self, term: Term) -> int:
        number = self.scope.number(term) if isinstance(term, Iri) else self.book.number(term)
        if number is None and (isinstance(term, Iri) or term.datatype):
            raise NotCoveredError(str(term))
        return self.book.terms.height + 10**6 if number is None else number

    def _rows(self, triple: Triple, frame: pl.DataFrame) -> pl.DataFrame:
        if triple.path.kind == "var":
            pairs = pl.concat([pl.DataFrame(schema={"subject": TERM, "object": TERM, "path": TERM}), *self._by_any(triple, frame)])
        else:
            pairs = self._way(triple, frame)
        for side, node in (("subject", triple.subject), ("object", triple.object)):
            if not isinstance(node, Var):
                pairs = pairs.filter(pl.col(side) == self._number(node))
        if triple.subject == triple.object and isinstance(triple.subject, Var):
            pairs = pairs.filter(pl.col("subject") == pl.col("object"))
        told = {"object": triple.object, "subject": triple.subject, "path": Var(triple.path.iri)}
        return pairs.select(pl.col(side).alias(node.name) for side, node in told.items() if side in pairs.columns and isinstance(node, Var))

    def _by_any(self, triple: Triple, frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
        """Give the pairs of each property that a variable may be, with the property's number."""
        held = {node.name for node in (triple.subject, triple.object) if isinstance(node, Var)} & set(frame.columns)
        if triple.path.iri in frame.columns:
            numbers = frame[triple.path.iri].unique().drop_nulls()
            iris = [str(text) for text in self.scope.text(numbers)]
        else:
            iris = list(self.book.places)
        for iri in iris:
            pairs = self.book.of(iri)
            for side, node in (("subject", triple.subject), ("object", triple.object)):
                if isinstance(node, Var) and node.name in held:
                    pairs = pairs.join(frame.select(pl.col(node.name).alias(side)).unique(), on=side, how="semi")
            yield pairs.with_columns(pl.lit(self.scope.number(Iri(iri)), TERM).alias("path"))

    def _way(self, triple: Triple, frame: pl.DataFrame) -> pl.DataFrame:
        """Follow a path; one of several steps is followed once, for questions name it again and again."""
        if triple.path.kind != "seq":
            return joined(self.book, triple.path, self._ends(triple, frame))
        if triple.path not in self._ways:
            self._ways[triple.path] = joined(self.book, triple.path, None)
        return self._ways[triple.path]

    def _ends(self, triple: Triple, frame: pl.DataFrame) -> pl.Series | None:
        known = [node.name for node in (triple.subject, triple.object) if isinstance(node, Var) and node.name in frame.columns]
        return frame[known[0]].drop_nulls().unique() if known else None

    def join(self, frame: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
        """Join solutions on the variables that both have."""
        frame, rows, shared = self._matched(frame, rows)
        if shared:
            return frame.join(rows, on=shared)
        if frame.height * rows.height > _MOST:
            message = "two patterns have nothing in common"
            raise NotCoveredError(message)
        return frame.join(rows, how="cross")

    def _matched(self, frame: pl.DataFrame, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
        """Bring the shared variables of two frames to the same types; what is not bound would go with anything, which no join does."""
        rows = rows.drop(UNIT, strict=False)
        shared = [name for name in rows.columns if name in frame.columns]
        for name in shared:
            if frame[name].null_count() or rows[name].null_count():
                raise NotCoveredError(name)
            if frame[name].dtype != rows[name].dtype:
                one, other = (self._strings(column) for column in (frame[name], rows[name]))
                frame, rows = frame.with_columns(one), rows.with_columns(other)
        return frame, rows, shared

    def _strings(self, column: pl.Series) -> pl.Series:
        if column.dtype == TERM and self.scope.kinds(column) <= {STRING}:
            return self.scope.text(column).alias(column.name)
        if column.dtype != pl.String():
            raise NotCoveredError(column.name)
        return column

    def _added(
        self, frame: pl.DataFrame, part: Bind | UnionGroup | Group | OptionalGroup | Select | Values, needed: frozenset[str] | None
    ) -> pl.DataFrame:
        if isinstance(part, Bind):
            if part.name in frame.columns:
                raise NotCoveredError(part.name)
            return frame.with_columns(self.scope.value(part.value, frame).alias(part.name))
        if isinstance(part, Values):
            return self.join(frame, self._given(part))
        if isinstance(part, OptionalGroup):
            return self._maybe(frame, part.group)
        if isinstance(part, Select):
            return self.join(frame, self._select(self, part, self._seed(frame, open_to(part))))
        groups = part.groups if isinstance(part, UnionGroup) else (part,)
        return self.stacked([self._branch(frame, group, needed) for group in groups])

    def _branch(self, frame: pl.DataFrame, group: Group, needed: frozenset[str] | None) -> pl.DataFrame:
        rows = self.solutions(group, self._seed(frame, mentioned(group)), None if needed is None else needed.union(frame.columns))
        idle = set() if needed is None else set(rows.columns) - needed - set(frame.columns)
        return self.join(frame, rows.drop(idle))

    def _given(self, values: Values) -> pl.DataFrame:
        columns = zip(*values.rows, strict=True)
        found = [
            pl.concat([self.scope.constant(term, 1) for term in terms]).alias(name)
            for name, terms in zip(values.names, columns, strict=True)
        ]
        return pl.DataFrame(found)

    def stacked(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        """Put solutions below one another."""
        names = list(dict.fromkeys(name for frame in frames for name in frame.columns))
        columns = [
            [frame[name] if name in frame.columns else pl.Series([None], dtype=TERM).new_from_index(0, frame.height) for frame in frames]
            for name in names
        ]
        return pl.DataFrame([pl.concat(self.scope.alike(parts)).alias(name) for name, parts in zip(names, columns, strict=True)])

    def _seed(self, frame: pl.DataFrame, names: Iterable[str]) -> pl.DataFrame | None:
        """Give what is known of the variables of a pattern, each once, so that it is not solved for more than that."""
        shared = sorted(set(names) & set(frame.columns))
        if not shared or any(frame[name].null_count() for name in shared):
            return None
        return frame.select(*shared).unique().with_columns(pl.lit(value=True).alias(UNIT))

    def _maybe(self, frame: pl.DataFrame, group: Group) -> pl.DataFrame:
        inner = Group(tuple(part for part in group.parts if not isinstance(part, Filter)))
        conditions = [part.condition for part in group.parts if isinstance(part, Filter)]
        rows = self.solutions(inner, self._seed(frame, mentioned(inner)))
        frame, rows, shared = self._matched(frame, rows)
        if not shared:
            raise NotCoveredError(str(group))
        if not conditions:
            return frame.join(rows, on=shared, how="left")
        numbered = frame.with_row_index(_ROW)
        found = numbered.join(rows, on=shared)
        for condition in conditions:
            found = found.filter(self.scope.truth(condition, found))
        return pl.concat([found, numbered.join(found, on=_ROW, how="anti")], how="diagonal").drop(_ROW)

    def _exists(self, group: Group, frame: pl.DataFrame) -> pl.Series:
        """Tell for each row whether a group has a solution that goes with it."""
        either = next((part for part in group.parts if isinstance(part, UnionGroup)), None)
        rest = tuple(part for part in group.parts if part is not either)
        if either and all(isinstance(part, Filter) for part in rest):
            return reduce(lambda one, other: one | other, (self._exists(Group((*inner.parts, *rest)), frame) for inner in either.groups))
        shared = sorted(set(mentioned(group)) & set(frame.columns))
        if any(frame[name].null_count() for name in shared):
            raise NotCoveredError(str(shared))
        known = frame.select(*shared).with_columns(pl.lit(value=True).alias(UNIT)).with_row_index(_ROW)
        start = known.drop(_ROW).unique()
        if start.height > _MANY:
            # what the patterns bind by themselves need not be known before: few solutions may be left of them
            bound = {name for part in group.parts if isinstance(part, Triple) for name in variables_in(part)}
            start = start.drop(bound, strict=False).unique()
        found = known.join(self.solutions(group, start), on=[*shared, UNIT], how="semi")
        return known.select(pl.col(_ROW).is_in(found[_ROW].implode()))[_ROW]


def _steps(group: Group) -> Iterator[tuple[list[Triple], Bind | UnionGroup | Group | OptionalGroup | Select | Values | None]]:
    """Give runs of triple patterns, each with the pattern of another kind that ends it; conditions end nothing."""
    triples: list[Triple] = []
    for part in group.parts:
        if isinstance(part, Triple):
            triples.append(part)
        elif not isinstance(part, Filter):
            yield triples, part
            triples = []
    yield triples, None
