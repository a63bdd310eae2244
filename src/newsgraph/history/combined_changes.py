"""The changes of several builds as if they were one."""

from __future__ import annotations

from collections.abc import Iterable

from newsgraph.history.build_records import BuildRecord
from newsgraph.history.graph_changes import ChangedField, NodeChange

_Key = tuple[str, str]


def combined(records: Iterable[BuildRecord]) -> tuple[NodeChange, ...]:
    """Return the changes from before the first record to after the last one, by kind, what and IRI.

    What came and went again is no change, nor is a field that has its first value again.
    """
    changes: dict[_Key, NodeChange] = {}
    for record in records:
        for change in sorted(record.changes, key=_renamed_first):
            _add(changes, change)
    return tuple(sorted(changes.values(), key=lambda change: (change.kind, change.what, change.iri)))


def _renamed_first(change: NodeChange) -> int:
    return ("renamed", "gone", "new", "changed").index(change.what)


def _add(changes: dict[_Key, NodeChange], change: NodeChange) -> None:
    if change.what == "renamed":
        earlier = changes.pop((change.kind, change.old_iri), None)
        if earlier is not None:
            changes.setdefault((change.kind, change.iri), _with(earlier, iri=change.iri, label=change.label))
        return
    key = (change.kind, change.iri)
    earlier = changes.get(key)
    if earlier is None:
        changes[key] = change
    elif change.what == "gone":
        changes.pop(key)
        if earlier.what != "new":
            changes[key] = change
    elif earlier.what == "gone":  # it is back; what it says may be another thing than before, which its fields do not tell
        changes.pop(key)
    elif earlier.what == "new":
        changes[key] = _with(earlier, label=change.label)
    elif fields := _fields(earlier.fields, change.fields):
        changes[key] = _with(change, fields=fields)
    else:
        changes.pop(key)


def _fields(earlier: tuple[ChangedField, ...], later: tuple[ChangedField, ...]) -> tuple[ChangedField, ...]:
    first = {one.field: one.old for one in (*later, *earlier)}
    last = {one.field: one.new for one in (*earlier, *later)}
    return tuple(ChangedField(field, first[field], last[field]) for field in sorted(last) if first[field] != last[field])


def _with(change: NodeChange, **values: object) -> NodeChange:
    fields = {name: getattr(change, name) for name in NodeChange.__struct_fields__} | values
    return NodeChange(**fields)
