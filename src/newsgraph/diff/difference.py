"""The difference between two graphs as values: nodes that are new, gone, changed or renamed, and rows of tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, order=True)
class NodeReference:
    """A reference to a node: its IRI and label."""

    iri: str
    label: str


Value = str | int | float | date | NodeReference | tuple[str | NodeReference, ...] | None
"""The value of a field; dates and times are as in `graph_tables.SCHEMAS`."""


@dataclass(frozen=True, slots=True)
class NodeSummary:
    """A node that is new or gone, with its most informative fields: `date`, `articles`, `origins` and so on."""

    iri: str
    label: str
    facts: tuple[tuple[str, Value], ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field with its old and its new value.

    For a field with several values (aliases, members, the parties in a role), `old` and `new` are tuples of those that
    only the old or only the new graph contains.
    """

    field: str
    old: Value
    new: Value


@dataclass(frozen=True, slots=True)
class ChangedNode:
    """A node of both graphs, with its IRI and label in the new one and the fields that differ."""

    iri: str
    label: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, order=True)
class ReplacedNode:
    """A node of the old graph that has another IRI in the new one, and the rule that replaced it."""

    old: NodeReference
    new: NodeReference
    rule: str


@dataclass(frozen=True, slots=True)
class KindDifference:
    """The differences in one table of `graph_tables.NODE_TABLES`; `before` and `after` are the numbers of its nodes.

    `new` and `gone` start with the nodes that most articles mention; in `changed`, nodes that differ only in counts come last. `became`
    lists the renamed nodes.
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
    """The number of rows that only the old or only the new graph contains; a changed row counts in both."""

    table: str
    gone: int
    new: int


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference between two graphs.

    `made` lists the fields of table `dataset` that differ (base, versions); `kinds` has one entry for every table of nodes; `rows` only
    has tables that differ, in any column.
    """

    made: tuple[FieldChange, ...]
    kinds: tuple[KindDifference, ...]
    rows: tuple[RowDifference, ...]

    @property
    def empty(self) -> bool:
        """Whether the graphs are the same."""
        return not (self.made or self.rows or any(kind.became for kind in self.kinds))

    def kind(self, name: str) -> KindDifference:
        """Return the differences in one table of nodes: `difference.kind("events")`."""
        return next(kind for kind in self.kinds if kind.kind == name)
