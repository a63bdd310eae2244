"""Which nodes may break a shape: all that do, and few others, found over columns.

A rule here says what surely keeps it. Whatever is not sure, and all that a rule is for that is not known, is a suspect, and a
SHACL engine decides; see `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from newsgraph.core.vocabulary import expand
from newsgraph.query.statement_columns import StatementColumns
from newsgraph.shacl.shapes import Rule, Shape
from newsgraph.shacl.value_checks import NEVER, SURELY, number

_TYPE, _BELOW = expand("rdf:type"), expand("rdfs:subClassOf")
_NO_NODE = pl.Series("subject", [], pl.UInt32())
_ONE_BY_ONE = frozenset({"class", "or", *SURELY})


def unknown_rules(shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """List the rules that are not known here, each as `SHAPE RULE`: all nodes that they are for are suspects."""
    known = _ONE_BY_ONE | _Court(StatementColumns(pl.DataFrame(), {})).of_nodes.keys()
    return tuple(f"{shape.name} {rule.name}" for shape in shapes for rule in _all_rules(shape) if rule.name not in known)


def _all_rules(shape: Shape) -> Iterator[Rule]:
    yield from shape.rules
    for part in shape.properties:
        yield from _all_rules(part)


def suspect_nodes(columns: StatementColumns, shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """Give the IRIs of the nodes that may break a shape, sorted. Shapes must target classes; others are in `unknown_rules`."""
    court = _Court(columns)
    found = pl.concat([_NO_NODE, *(nodes for shape in shapes for nodes in court.suspects(shape))]).unique()
    return tuple(sorted(columns.terms["text"].gather(found)))


@dataclass(frozen=True)
class _Court:
    """One graph, before which rules are brought."""

    columns: StatementColumns

    def suspects(self, shape: Shape) -> Iterator[pl.Series]:
        """Give the nodes that may break a shape, rule by rule."""
        focus = self.instances(shape.targets)
        nodes = focus.to_frame().with_columns(pl.col("subject").alias("object"))
        yield from (self._odd(nodes, self._sure(rule)) for rule in shape.rules)
        for part in shape.properties:
            values = self._values(part).join(focus.to_frame(), on="subject", how="semi")
            if part.properties:
                yield focus
            yield from (self._breaking(rule, values, focus, inverse=part.inverse) for rule in part.rules)

    def instances(self, classes: tuple[str, ...]) -> pl.Series:
        """Give the nodes of some classes or of classes below them."""
        below, found = self.columns.of(_BELOW), {self.columns.numbers[one] for one in classes if one in self.columns.numbers}
        while more := set(below.filter(pl.col("object").is_in(found))["subject"]) - found:
            found |= more
        return self.columns.of(_TYPE).filter(pl.col("object").is_in(found))["subject"].unique()

    def _values(self, part: Shape) -> pl.DataFrame:
        pairs = self.columns.of(part.path)
        return pairs.select(pl.col("object").alias("subject"), pl.col("subject").alias("object")) if part.inverse else pairs

    def _breaking(self, rule: Rule, values: pl.DataFrame, focus: pl.Series, *, inverse: bool) -> pl.Series:
        if rule.name in _ONE_BY_ONE:
            return self._odd(values, self._sure(rule))
        if rule.name not in self.of_nodes or (inverse and rule.name.startswith("lessThan")):
            return focus
        return self.of_nodes[rule.name](rule.value, values, focus)

    @cached_property
    def of_nodes(self) -> Mapping[str, Callable[[object, pl.DataFrame, pl.Series], pl.Series]]:
        """Give the rules that look at all values of a node: a rule's value, the pairs and the nodes to those that may break it."""
        return {
            "minCount": lambda least, values, focus: (
                focus.to_frame().join(values, on="subject", how="anti")["subject"] if least == 1 else focus
            ),
            "maxCount": lambda most, values, _: values.group_by("subject").len().filter(pl.col("len") > pl.lit(most))["subject"],
            "lessThan": lambda prop, values, _: self._unordered(values, str(prop), lambda one, other: one < other),
            "lessThanOrEquals": lambda prop, values, _: self._unordered(values, str(prop), lambda one, other: one <= other),
            "disjoint": lambda prop, values, _: values.join(self.columns.of(str(prop)), on=["subject", "object"], how="semi")["subject"],
            "uniqueLang": lambda _, values, __: self._twice_told(values),
        }

    def _unordered(self, values: pl.DataFrame, prop: str, in_order: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> pl.Series:
        both = self._read(values).join(self._read(self.columns.of(prop)), on="subject", suffix="_other")
        return both.filter(in_order(number(), number("_other")).fill_null(value=False).not_())["subject"]

    def _twice_told(self, values: pl.DataFrame) -> pl.Series:
        told = self._read(values).filter(pl.col("language") != "").with_columns(pl.col("language").str.to_lowercase())
        return told.group_by("subject", "language").len().filter(pl.col("len") > 1)["subject"]

    def _read(self, values: pl.DataFrame) -> pl.DataFrame:
        """Put the terms of the objects beside them."""
        return values.hstack(self.columns.terms[values["object"]])

    def _odd(self, values: pl.DataFrame, sure: pl.Expr) -> pl.Series:
        """Give the subjects of the values that do not surely keep a rule."""
        return self._read(values).filter(sure.fill_null(value=False).not_())["subject"]

    def _sure(self, rule: Rule) -> pl.Expr:
        """Say which values surely keep a rule that looks at one value."""
        if rule.name == "class":
            return pl.col("object").is_in(self.instances((str(rule.value),)).implode())
        if rule.name == "or" and isinstance(rule.value, tuple):
            return pl.any_horizontal(self._all_sure(part) for part in rule.value)
        return SURELY[rule.name](rule.value) if rule.name in SURELY else NEVER

    def _all_sure(self, part: Shape) -> pl.Expr:
        if not part.path and not part.properties:
            return pl.all_horizontal(self._sure(rule) for rule in part.rules)
        if part.path and not part.inverse and part.rules == (Rule("minCount", 1),) and not part.properties:
            return pl.col("object").is_in(self.columns.of(part.path)["subject"].unique().implode())
        return NEVER
