"""The solutions of patterns: one frame with a column for each variable and a row for each solution."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce

import polars as pl

from newsgraph.query.columnwise.bounded_join import compatible_join, join
from newsgraph.query.columnwise.column_store import STRING, ColumnStore
from newsgraph.query.columnwise.expression_values import Evaluator
from newsgraph.query.columnwise.join_order import most_each, weight
from newsgraph.query.columnwise.property_paths import connected
from newsgraph.query.columnwise.query_syntax import (
    Bind,
    Expression,
    Filter,
    Group,
    MinusGroup,
    NotCoveredError,
    OptionalGroup,
    Path,
    Select,
    Triple,
    UnionGroup,
    Values,
    Var,
)
from newsgraph.query.columnwise.term_columns import TERM, TermColumns, nulls
from newsgraph.query.columnwise.text_functions import check_held_texts
from newsgraph.query.columnwise.variables import (
    bindable,
    certain,
    dependent,
    has_exists,
    inner_groups,
    mentioned,
    names_in,
    seeds,
    variables_in,
)
from newsgraph.rdf.terms import Iri, Term

UNIT = "."
"""A column that every frame has, as a frame without columns has no rows."""
_ROW = "#"
_MANY = 20_000  # rows that are better not all looked up
_NO_TERM = 2**32 - 1

_Step = Bind | UnionGroup | Group | OptionalGroup | MinusGroup | Select | Values


class Solver:
    """The patterns of one question to one graph."""

    def __init__(
        self, store: ColumnStore, subquery: Callable[[Solver, Select, pl.DataFrame | None], pl.DataFrame], most_cells: int
    ) -> None:
        """`subquery` returns the rows of a subquery for the known values of its variables; `most_cells` limits intermediate results."""
        self.store = store
        self.terms = TermColumns(store)
        self.evaluator = Evaluator(self.terms, self._exists)
        self._subquery = subquery
        self._most_cells = most_cells
        self._sequences: dict[Path, pl.DataFrame] = {}

    def solutions(self, group: Group, start: pl.DataFrame | None = None, needed: frozenset[str] | None = None) -> pl.DataFrame:
        """Return the solutions of a group that go with those of `start`; `needed` are the variables that matter outside, None for all."""
        frame = pl.DataFrame({UNIT: [True]}) if start is None else start
        conditions = [part.condition for part in group.parts if isinstance(part, Filter)]
        for triples, part in _steps(group):
            frame, conditions = self._add_triples(frame, triples, conditions)
            if part is not None:
                rest = Group(tuple(other for other in group.parts if other is not part))
                elsewhere = None if needed is None else needed.union(mentioned(rest))
                frame, conditions = self._narrow(self._add(frame, part, elsewhere), conditions)
        for condition in conditions:
            frame = frame.filter(self.evaluator.truth(condition, frame))
        return frame

    def _narrow(self, frame: pl.DataFrame, conditions: list[Expression]) -> tuple[pl.DataFrame, list[Expression]]:
        """Apply the conditions whose variables are bound in all rows, as nothing can change them any more; return the others too."""
        later = []
        for condition in conditions:
            names = set(names_in(condition))
            if has_exists(condition) or not names <= set(frame.columns) or any(frame[name].null_count() for name in names):
                later.append(condition)
            else:
                frame = frame.filter(self.evaluator.truth(condition, frame))
        return frame, later

    # --- triple patterns

    def _add_triples(
        self, frame: pl.DataFrame, triples: list[Triple], conditions: list[Expression]
    ) -> tuple[pl.DataFrame, list[Expression]]:
        """Join triple patterns, each time the one that makes the fewest rows."""
        left = list(triples)
        while left:
            bound = set(frame.columns)
            candidates = [triple for triple in left if set(variables_in(triple)) & bound] or left
            triple = min(candidates, key=lambda candidate: weight(self.store, candidate, bound))
            left.remove(triple)
            joined = self.join(frame, self._rows(triple, frame), most_each(self.store, triple, bound))
            frame, conditions = self._narrow(joined, conditions)
        return frame, conditions

    def _number(self, term: Term) -> int:
        number = self.terms.number(term) if isinstance(term, Iri) else self.store.number(term)
        return _NO_TERM if number is None else number

    def _rows(self, triple: Triple, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the solutions of a triple pattern by itself, or those that may go with a frame."""
        pairs = self._by_any_property(triple, frame) if triple.path.kind == "var" else self._by_path(triple, frame)
        for side, node in (("subject", triple.subject), ("object", triple.object)):
            if not isinstance(node, Var):
                pairs = pairs.filter(pl.col(side) == self._number(node))
        columns: dict[str, str] = {}
        sides = {"subject": triple.subject, "object": triple.object, "path": Var(triple.path.iri)}
        for side in pairs.columns:
            node = sides[side]
            if isinstance(node, Var):
                if node.name in columns:
                    pairs = pairs.filter(pl.col(side) == pl.col(columns[node.name]))
                columns.setdefault(node.name, side)
        return pairs.with_columns(pl.lit(value=True).alias(UNIT)).select(
            UNIT, *(pl.col(side).alias(name) for name, side in columns.items())
        )

    def _by_any_property(self, triple: Triple, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the pairs of all properties that may go with a frame, with the number of each one's property as `path`."""
        places = list(self.store.places.values())
        pairs = self.store.pairs
        bound = {name for name in frame.columns if not frame[name].null_count()}
        if triple.path.iri in bound:
            known = set(frame[triple.path.iri].unique())
            places = [place for place in places if place.number in known]
            pairs = pl.concat([pairs.clear(), *(pairs.slice(place.start, place.length) for place in places)])
        pairs = pairs.with_row_index(_ROW)
        for side, node in (("subject", triple.subject), ("object", triple.object)):
            if not isinstance(node, Var):
                pairs = pairs.filter(pl.col(side) == self._number(node))
            elif node.name in bound and frame[node.name].dtype == TERM:
                pairs = pairs.join(frame.select(pl.col(node.name).alias(side)).unique(), on=side, how="semi", maintain_order="left")
        ends = pl.Series([place.length for place in places], dtype=TERM).cum_sum()
        numbers = pl.Series([place.number for place in places], dtype=TERM)
        return pairs.select("subject", "object", numbers.gather(ends.search_sorted(pairs[_ROW], side="right")).alias("path"))

    def _by_path(self, triple: Triple, frame: pl.DataFrame) -> pl.DataFrame:
        """Follow a path. One of several steps is followed once for the whole graph, as questions name it again and again."""
        if triple.path.kind != "seq":
            return connected(self.store, triple.path, self._ends(triple, frame))
        if triple.path not in self._sequences:
            self._sequences[triple.path] = connected(self.store, triple.path, None)
        return self._sequences[triple.path]

    def _ends(self, triple: Triple, frame: pl.DataFrame) -> pl.Series | None:
        """Return the nodes of the graph that one end of a path is known to be, None if neither end is known."""
        for node in (triple.subject, triple.object):
            if isinstance(node, Var):
                ends = frame[node.name] if node.name in frame.columns else None
                if ends is not None and not ends.null_count() and not self.terms.holds_foreign(ends):
                    return ends.unique(maintain_order=True)
            elif (number := self.store.number(node)) is not None:
                return pl.Series([number], dtype=TERM)
        return None

    # --- joins

    def join(self, frame: pl.DataFrame, rows: pl.DataFrame, most: int | None = None) -> pl.DataFrame:
        """Join solutions on the variables that both have; `most` is the most of `rows` that go with one row of `frame`, if known."""
        frame, rows, shared = self._matched(frame, rows)
        return compatible_join(frame, rows, shared, self._most_cells, most_each=most)

    def _matched(self, frame: pl.DataFrame, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame, list[str]]:
        """Bring the shared variables of two frames to equal types, and return them too."""
        rows = rows if rows.columns == [UNIT] else rows.drop(UNIT, strict=False)
        shared = [name for name in rows.columns if name in frame.columns]
        for name in shared:
            if frame[name].dtype != rows[name].dtype:
                mine, theirs = (self._strings(column) for column in (frame[name], rows[name]))
                frame, rows = frame.with_columns(mine), rows.with_columns(theirs)
        return frame, rows, shared

    def _strings(self, column: pl.Series) -> pl.Series:
        if column.dtype == TERM and self.terms.kinds(column) <= {STRING}:
            return self.terms.texts(column).alias(column.name)
        if column.dtype != pl.String():
            raise NotCoveredError(column.name)
        return column

    # --- other patterns

    def _add(self, frame: pl.DataFrame, part: _Step, needed: frozenset[str] | None) -> pl.DataFrame:
        if isinstance(part, Bind):
            if part.name in frame.columns:
                raise NotCoveredError(part.name)
            value = self.evaluator.value(part.value, frame)
            check_held_texts([*frame.iter_columns(), value])
            return frame.with_columns(value.alias(part.name))
        if isinstance(part, Values):
            return self.join(frame, self._constants(part))
        if isinstance(part, OptionalGroup):
            return self._optional(frame, part.group)
        if isinstance(part, MinusGroup):
            return self._minus(frame, part.group)
        if isinstance(part, Select):
            return self.join(frame, self._subquery(self, part, self._seed(frame, seeds(part))))
        return self.stacked([self._branch(frame, group, needed) for group in inner_groups(part)])

    def _branch(self, frame: pl.DataFrame, group: Group, needed: frozenset[str] | None) -> pl.DataFrame:
        rows = self._solved_apart(frame, group, None if needed is None else needed.union(frame.columns))
        idle = set() if needed is None else set(rows.columns) - needed - set(frame.columns)
        return self.join(frame, rows.drop(idle))

    def _solved_apart(self, frame: pl.DataFrame, group: Group, needed: frozenset[str] | None = None) -> pl.DataFrame:
        """Solve an inner group for the values that are known outside. Raises `NotCoveredError` where those would change its meaning."""
        if dependent(group) & set(frame.columns):
            raise NotCoveredError(str(group))
        return self.solutions(group, self._seed(frame, set(bindable(group))), needed)

    def _seed(self, frame: pl.DataFrame, names: set[str]) -> pl.DataFrame | None:
        """Return the known values of some variables, each combination once."""
        shared = sorted(names & set(frame.columns))
        if not shared or any(frame[name].null_count() for name in shared):
            return None
        return frame.select(UNIT, *shared).unique(maintain_order=True)

    def _constants(self, values: Values) -> pl.DataFrame:
        columns = zip(*values.rows, strict=True)
        series = [pl.concat(self.terms.alike([self.terms.constant(term, 1) for term in terms])) for terms in columns]
        return pl.DataFrame([column.alias(name) for name, column in zip(values.names, series, strict=True)])

    def stacked(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        """Put the solutions of several groups below one another."""
        names = list(dict.fromkeys(name for frame in frames for name in frame.columns))
        columns = [[frame[name] if name in frame.columns else nulls(frame.height) for frame in frames] for name in names]
        return pl.DataFrame([pl.concat(self.terms.alike(parts)).alias(name) for name, parts in zip(names, columns, strict=True)])

    def _optional(self, frame: pl.DataFrame, group: Group) -> pl.DataFrame:
        inner = Group(tuple(part for part in group.parts if not isinstance(part, Filter)))
        conditions = [part.condition for part in group.parts if isinstance(part, Filter)]
        frame, rows, shared = self._matched(frame, self._solved_apart(frame, inner))
        if not shared:
            raise NotCoveredError(str(group))
        if not conditions and not _has_nulls(frame, rows, shared):
            return join(frame, rows, shared, self._most_cells, outer=True)
        numbered = frame.with_row_index(_ROW)
        both = compatible_join(numbered, rows, shared, self._most_cells)
        for condition in conditions:
            both = both.filter(self.evaluator.truth(condition, both))
        return pl.concat([both, numbered.join(both, on=_ROW, how="anti", maintain_order="left")], how="diagonal").drop(_ROW)

    def _minus(self, frame: pl.DataFrame, group: Group) -> pl.DataFrame:
        # what is known outside and perhaps unbound inside removes nothing
        if (set(bindable(group)) & set(frame.columns)) - certain(group.parts):
            raise NotCoveredError(str(group))
        frame, rows, shared = self._matched(frame, self._solved_apart(frame, group))
        if _has_nulls(frame, rows, shared):
            raise NotCoveredError(str(shared))
        return frame.join(rows, on=shared, how="anti", maintain_order="left") if shared else frame

    def _exists(self, group: Group, frame: pl.DataFrame) -> pl.Series:
        """Return for each row whether a group has a solution that goes with it."""
        union = next((part for part in group.parts if isinstance(part, UnionGroup)), None)
        rest = tuple(part for part in group.parts if part is not union)
        if union and all(isinstance(part, Filter) for part in rest):
            return reduce(
                lambda first, second: first | second, (self._exists(Group((*inner.parts, *rest)), frame) for inner in union.groups)
            )
        shared = sorted(set(mentioned(group)) & set(frame.columns))
        if any(isinstance(part, MinusGroup) for part in group.parts) or any(frame[name].null_count() for name in shared):
            raise NotCoveredError(str(shared))
        known = frame.select(UNIT, *shared).with_row_index(_ROW)
        start = known.drop(_ROW).unique(maintain_order=True)
        if start.height > _MANY:
            # what the triple patterns bind by themselves need not be known before: few solutions may be left of them
            bound = {name for part in group.parts if isinstance(part, Triple) for name in variables_in(part)}
            start = start.drop(bound, strict=False).unique(maintain_order=True)
        matches = known.join(self.solutions(group, start), on=[UNIT, *shared], how="semi")
        return known.select(pl.col(_ROW).is_in(matches[_ROW].implode()))[_ROW]


def _has_nulls(frame: pl.DataFrame, rows: pl.DataFrame, shared: list[str]) -> bool:
    return any(side[name].null_count() for side in (frame, rows) for name in shared)


def _steps(group: Group) -> Iterator[tuple[list[Triple], _Step | None]]:
    """Yield runs of triple patterns, each with the pattern of another kind that ends it; conditions end nothing."""
    triples: list[Triple] = []
    for part in group.parts:
        if isinstance(part, Triple):
            triples.append(part)
        elif not isinstance(part, Filter):
            yield triples, part
            triples = []
    yield triples, None
