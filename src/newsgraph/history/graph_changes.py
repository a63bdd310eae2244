"""The changes from one graph to the next that a reader of news cares for: nodes that are new, gone or say something else.

Counts of articles, confidences and the like are no changes here; `diff` compares everything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from newsgraph.core.graph_tables import GraphTables
from newsgraph.core.withheld_text import shortened
from newsgraph.diff.renamed_nodes import Renaming, find_renaming

Shown = str | float | None
"""A value of a field: times and days in ISO 8601."""

# Kind of nodes -> column of its label, and the fields whose changes count.
COMPARED: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "events": ("label", ("status", "amount", "currency", "percent", "count", "when", "part")),
    "companies": ("name", ("name",)),
    "stories": ("name", ("size",)),
    "organisations": ("name", ()),
    "people": ("name", ()),
    "products": ("name", ()),
    "articles": ("title", ("title",)),
}
COLUMNS: Mapping[str, tuple[str, ...]] = {
    kind: tuple(dict.fromkeys(("iri", label, *fields))) for kind, (label, fields) in COMPARED.items()
} | {"dataset": ("base",)}
"""The columns of an earlier graph that are read to find its changes."""


class ChangedField(msgspec.Struct, frozen=True, array_like=True):
    """A field with its earlier and its present value."""

    field: str
    old: Shown
    new: Shown


class NodeChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one node: `what` is `new`, `gone`, `changed` or `renamed`.

    `kind` is a table of nodes. `iri` is the present IRI, or the last one of a node that is gone; `old_iri` that of a node that was renamed.
    """

    what: str
    kind: str
    iri: str
    label: str
    fields: tuple[ChangedField, ...] = ()
    old_iri: str = ""


def changes_between(old: GraphTables, new: GraphTables) -> tuple[NodeChange, ...]:
    """Return the changes from an old graph to a new one, by kind and then by IRI.

    Nodes are compared by IRI; one whose IRI the new graph replaces counts as the same, and is renamed. Of the old graph only `COLUMNS`
    are needed. Labels have at most 25 words. Raises InputError for tables that do not form a graph.
    """
    names = find_renaming(old, new)
    return tuple(change for kind in COMPARED for change in sorted(_changes(kind, old, new, names), key=_order))


def _changes(kind: str, old: GraphTables, new: GraphTables, names: Renaming) -> Iterator[NodeChange]:
    label, fields = COMPARED[kind]
    first, second, renamed = old[kind].select(COLUMNS[kind]), new[kind].select(COLUMNS[kind]), names.new
    if not names.names and names.old_base == names.new_base:  # then equal rows are nodes that have not changed, as nearly all
        first, second = (one.join(other, on=one.columns, how="anti", nulls_equal=True) for one, other in ((first, second), (second, first)))
    before, after = _rows(first.iter_rows(named=True)), _rows(second.iter_rows(named=True))
    successors = {iri: renamed(iri) for iri in before}
    earlier: dict[str, str] = {}
    for iri, successor in successors.items():
        if successor in after and (successor == iri or successor not in before):
            earlier.setdefault(successor, iri)
    for iri, row in after.items():
        was = earlier.get(iri)
        if was is None:
            yield NodeChange(what="new", kind=kind, iri=iri, label=_label(row, label))
        elif changed := tuple(_fields(before[was], row, fields)):
            yield NodeChange(what="changed", kind=kind, iri=iri, label=_label(row, label), fields=changed)
    for iri, row in before.items():
        successor = successors[iri]
        if successor not in after:
            yield NodeChange(what="gone", kind=kind, iri=iri, label=_label(row, label))
        elif successor != iri:
            yield NodeChange(what="renamed", kind=kind, iri=successor, label=_label(after[successor], label), old_iri=iri)


def _rows(rows: Iterable[dict[str, object]]) -> dict[str, dict[str, object]]:
    return {str(row["iri"]): row for row in rows}


def _fields(before: Mapping[str, object], after: Mapping[str, object], fields: Iterable[str]) -> Iterator[ChangedField]:
    for field in fields:
        if before[field] != after[field]:
            yield ChangedField(field, _shown(before[field]), _shown(after[field]))


def _shown(value: object) -> Shown:
    if value is None:
        return None
    return float(value) if isinstance(value, int | float) else shortened(str(value))


def _label(row: Mapping[str, object], column: str) -> str:
    return shortened(str(row[column] or row["iri"]))


def _order(change: NodeChange) -> tuple[str, str, str]:
    return change.what, change.iri, change.old_iri
