"""What differs between two graphs, as values: nodes that came, went, changed or got another IRI, and rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A node as another one refers to it."""

    iri: str
    label: str


Value = str | int | float | date | Thing | tuple[str | Thing, ...] | None
"""What a field holds; dates and times as in `graph.SCHEMAS`."""


@dataclass(frozen=True, slots=True)
class NodeSummary:
    """A node that came or went, with what a reader wants to know of it: `date`, `articles`, `origins` ..."""

    iri: str
    label: str
    facts: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its old and its new value.

    Of a field that holds several values (aliases, members, the parties in a role), `old` and `new` are tuples of those that
    only the old or only the new graph has.
    """

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class ChangedNode:
    """A node that both graphs have, as the new one names it, with the fields that differ."""

    iri: str
    label: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, order=True)
class ReplacedNode:
    """A node of the old graph that the new one knows under another IRI, and the rule by which it does."""

    old: Thing
    new: Thing
    rule: str


@dataclass(frozen=True, slots=True)
class KindDifference:
    """What became of the nodes of one table of `graph.NODE_TABLES`; `before` and `after` count them.

    `new` and `gone` have those that most articles name first; of `changed`, nodes that differ in counts alone come last.
    """

    kind: str
    before: int
    after: int
    new: tuple[NodeSummary, ...]
    gone: tuple[NodeSummary, ...]
    changed: tuple[ChangedNode, ...]
    became: tuple[ReplacedNode, ...]


@dataclass(frozen=True, slots=True)
class RowDifference:
    """How many rows of a table only the old or only the new graph has; a row that changed counts in both."""

    table: str
    gone: int
    new: int


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between two graphs.

    `made` are fields of table `dataset` (base, versions); `kinds` has one entry for every table of nodes; `rows` has only
    tables that differ, in any column.
    """

    made: tuple[FieldChange, ...]
    kinds: tuple[KindDifference, ...]
    rows: tuple[RowDifference, ...]

    @property
    def empty(self) -> bool:
        """Tell whether the graphs are the same."""
        return not (self.made or self.rows or any(kind.became for kind in self.kinds))

    def kind(self, name: str) -> KindDifference:
        """Give what became of one kind of nodes: `difference.kind("events")`."""
        return next(kind for kind in self.kinds if kind.kind == name)
