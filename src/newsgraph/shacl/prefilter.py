"""A fast prefilter for SHACL over columns: it finds the nodes that may violate a shape, which are all that do and few others.

For each constraint there is a check for values that certainly conform. All other values, and all nodes with an unsupported constraint, make
a suspect, and a SHACL engine decides; see `validation.check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from newsgraph.core.vocabulary import expand
from newsgraph.query.statement_columns import StatementColumns
from newsgraph.shacl.shapes import Rule, Shape
from newsgraph.shacl.value_checks import CERTAIN, NEVER, number

_TYPE, _SUBCLASS = expand("rdf:type"), expand("rdfs:subClassOf")
_NO_NODES = pl.Series("subject", [], pl.UInt32())
_SINGLE_VALUE = frozenset({"class", "or", *CERTAIN})


def unknown_rules(shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """Return the unsupported constraints, each as `SHAPE RULE`; all nodes that they apply to are suspects."""
    known = _SINGLE_VALUE | _Prefilter(StatementColumns(pl.DataFrame(), {})).all_values.keys()
    return tuple(f"{shape.name} {rule.name}" for shape in shapes for rule in _all_rules(shape) if rule.name not in known)


def _all_rules(shape: Shape) -> Iterator[Rule]:
    yield from shape.rules
    for part in shape.properties:
        yield from _all_rules(part)


def suspect_nodes(columns: StatementColumns, shapes: tuple[Shape, ...]) -> tuple[str, ...]:
    """Return the IRIs of the nodes that may violate a shape, sorted. Shapes must target classes; others are in `unknown_rules`."""
    prefilter = _Prefilter(columns)
    suspects = pl.concat([_NO_NODES, *(nodes for shape in shapes for nodes in prefilter.suspects(shape))]).unique()
    return tuple(sorted(columns.terms["text"].gather(suspects)))


@dataclass(frozen=True)
class _Prefilter:
    """The checks over the columns of one graph."""

    columns: StatementColumns

    def suspects(self, shape: Shape) -> Iterator[pl.Series]:
        """Yield the nodes that may violate a shape, constraint by constraint."""
        focus = self.instances(shape.targets)
        nodes = focus.to_frame().with_columns(pl.col("subject").alias("object"))
        yield from (self._uncertain(nodes, self._certain(rule)) for rule in shape.rules)
        for part in shape.properties:
            values = self._values(part).join(focus.to_frame(), on="subject", how="semi")
            if part.properties:
                yield focus
            yield from (self._violating(rule, values, focus, inverse=part.inverse) for rule in part.rules)

    def instances(self, classes: tuple[str, ...]) -> pl.Series:
        """Return the instances of some classes and of their subclasses."""
        subclasses = self.columns.of(_SUBCLASS)
        numbers = {self.columns.numbers[iri] for iri in classes if iri in self.columns.numbers}
        while more := set(subclasses.filter(pl.col("object").is_in(numbers))["subject"]) - numbers:
            numbers |= more
        return self.columns.of(_TYPE).filter(pl.col("object").is_in(numbers))["subject"].unique()

    def _values(self, part: Shape) -> pl.DataFrame:
        pairs = self.columns.of(part.path)
        return pairs.select(pl.col("object").alias("subject"), pl.col("subject").alias("object")) if part.inverse else pairs

    def _violating(self, rule: Rule, values: pl.DataFrame, focus: pl.Series, *, inverse: bool) -> pl.Series:
        if rule.name in _SINGLE_VALUE:
            return self._uncertain(values, self._certain(rule))
        if rule.name not in self.all_values or (inverse and rule.name.startswith("lessThan")):
            return focus
        return self.all_values[rule.name](rule.value, values, focus)

    @cached_property
    def all_values(self) -> Mapping[str, Callable[[object, pl.DataFrame, pl.Series], pl.Series]]:
        """The checks of constraints on all values of a node: from parameter, pairs and nodes to the nodes that may violate it."""
        return {
            "minCount": lambda least, values, focus: (
                focus.to_frame().join(values, on="subject", how="anti")["subject"] if least == 1 else focus
            ),
            "maxCount": lambda most, values, _: values.group_by("subject").len().filter(pl.col("len") > pl.lit(most))["subject"],
            "lessThan": lambda prop, values, _: self._unordered(values, str(prop), lambda one, other: one < other),
            "lessThanOrEquals": lambda prop, values, _: self._unordered(values, str(prop), lambda one, other: one <= other),
            "disjoint": lambda prop, values, _: values.join(self.columns.of(str(prop)), on=["subject", "object"], how="semi")["subject"],
            "uniqueLang": lambda _, values, __: self._repeated_languages(values),
        }

    def _unordered(self, values: pl.DataFrame, prop: str, in_order: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> pl.Series:
        both = self._with_terms(values).join(self._with_terms(self.columns.of(prop)), on="subject", suffix="_other")
        return both.filter(in_order(number(), number("_other")).fill_null(value=False).not_())["subject"]

    def _repeated_languages(self, values: pl.DataFrame) -> pl.Series:
        tagged = self._with_terms(values).filter(pl.col("language") != "").with_columns(pl.col("language").str.to_lowercase())
        return tagged.group_by("subject", "language").len().filter(pl.col("len") > 1)["subject"]

    def _with_terms(self, values: pl.DataFrame) -> pl.DataFrame:
        """Add the terms of the objects as columns."""
        return values.hstack(self.columns.terms[values["object"]])

    def _uncertain(self, values: pl.DataFrame, certain: pl.Expr) -> pl.Series:
        """Return the subjects of the values that do not certainly conform."""
        return self._with_terms(values).filter(certain.fill_null(value=False).not_())["subject"]

    def _certain(self, rule: Rule) -> pl.Expr:
        """Return which values certainly conform to a constraint on a single value."""
        if rule.name == "class":
            return pl.col("object").is_in(self.instances((str(rule.value),)).implode())
        if rule.name == "or" and isinstance(rule.value, tuple):
            return pl.any_horizontal(self._shape_certain(part) for part in rule.value)
        return CERTAIN[rule.name](rule.value) if rule.name in CERTAIN else NEVER

    def _shape_certain(self, part: Shape) -> pl.Expr:
        if not part.path and not part.properties:
            return pl.all_horizontal(self._certain(rule) for rule in part.rules)
        if part.path and not part.inverse and part.rules == (Rule("minCount", 1),) and not part.properties:
            return pl.col("object").is_in(self.columns.of(part.path)["subject"].unique().implode())
        return NEVER
