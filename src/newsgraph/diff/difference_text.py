"""Differences of nodes and fields in words, for lines of plain text."""

from __future__ import annotations

from datetime import date
from html import unescape

from newsgraph.core.shown_values import counted, shown
from newsgraph.diff.difference import ChangedNode, FieldChange, NodeSummary, Value

WIDE, MANY = 80, 3  # characters of a value, values of a field


def node_text(node: NodeSummary) -> str:
    """Return a node that is new or gone, with its facts."""
    facts = ", ".join(fact_text(name, value) for name, value in node.facts)
    return f"{short(node.label)}{f' ({facts})' if facts else ''}"


def fact_text(name: str, value: Value) -> str:
    """Return a fact of a node: a number with its noun, or the value."""
    if isinstance(value, int):
        return counted(value, "article" if name == "size" else name.removesuffix("s"))
    return _value(value)


def changed_text(node: ChangedNode, *, whole: bool) -> str:
    """Return a node that changed, with its fields; not `whole`, at most three values of each."""
    return f"{short(node.label)}: {'; '.join(change_text(change, None if whole else MANY) for change in node.fields)}"


def change_text(change: FieldChange, most: int | None = None) -> str:
    """Return how a field changed: old and new value, or what was added (+) and removed (-)."""
    name = change.field.replace("_", " ")
    if isinstance(change.old, tuple) and isinstance(change.new, tuple):
        parts = [f"+{_value(value)}" for value in change.new] + [f"-{_value(value)}" for value in change.old]
        more = f" and {len(parts) - most:,} more" if most is not None and len(parts) > most else ""
        return f"{name} {', '.join(parts[:most])}{more}"
    if change.field == "text":
        return f"text {len(str(change.old)):,} -> {len(str(change.new)):,} characters"
    return f"{name} {_value(change.old)} -> {_value(change.new)}"


def _value(value: Value) -> str:
    if value is None:
        return "none"
    if isinstance(value, str | int | float | date):
        return short(value) if isinstance(value, str) else shown(value)
    return short(getattr(value, "label", "")) if not isinstance(value, tuple) else ", ".join(map(_value, value))


def short(text: str) -> str:
    """Return a text of at most 80 characters."""
    plain = unescape(text)
    return plain if len(plain) <= WIDE else f"{plain[: WIDE - 1]}…"
