"""Which variables the parts of a question name."""

from __future__ import annotations

from collections.abc import Iterator

from newsgraph.query.columnwise.query_syntax import (
    Bind,
    Call,
    Exists,
    Expression,
    Filter,
    Group,
    OptionalGroup,
    Select,
    Triple,
    UnionGroup,
    Values,
    Var,
)


def variables_in(triple: Triple) -> Iterator[str]:
    """Give the variables of a triple pattern."""
    yield from (node.name for node in (triple.subject, triple.object) if isinstance(node, Var))
    if triple.path.kind == "var":
        yield triple.path.iri


def open_to(select: Select) -> Iterator[str]:
    """Give the variables of a question inside another of which no more need be asked than is known: its rows do not depend on others'."""
    if select.limit is None:
        worked_out = any(value is not None for _, value in select.shown) and not select.grouped
        yield from select.grouped or (() if worked_out else (name for name, _ in select.shown))


def named_outside(select: Select) -> frozenset[str]:
    """Give the variables that a question names outside its pattern."""
    values = [value for _, value in select.shown if value is not None]
    keys = [key for key, _ in select.order]
    found = [name for part in (*values, *select.having, *keys) for name in names_in(part)]
    return frozenset([*(name for name, _ in select.shown), *select.grouped, *found])


def mentioned(group: Group) -> Iterator[str]:
    """Give the variables that a group names, without those that only a question inside it knows."""
    for part in group.parts:
        if isinstance(part, Triple):
            yield from variables_in(part)
        elif isinstance(part, Filter):
            yield from names_in(part.condition)
        elif isinstance(part, Bind):
            yield from (part.name, *names_in(part.value))
        elif isinstance(part, Values):
            yield from part.names
        elif isinstance(part, Select):
            yield from (name for name, _ in part.shown)
        else:
            for inner in part.groups if isinstance(part, UnionGroup) else (part.group if isinstance(part, OptionalGroup) else part,):
                yield from mentioned(inner)


def names_in(expression: Expression) -> Iterator[str]:
    """Give the variables of an expression."""
    if isinstance(expression, Var):
        yield expression.name
    elif isinstance(expression, Exists):
        yield from mentioned(expression.pattern)
    elif isinstance(expression, Call):
        for arg in expression.args:
            yield from names_in(arg)


def has_exists(expression: Expression) -> bool:
    """Tell whether an expression asks for a pattern."""
    return isinstance(expression, Exists) or any(has_exists(arg) for arg in getattr(expression, "args", ()))
