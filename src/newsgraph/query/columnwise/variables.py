"""Which variables the parts of a question name, bind, and depend on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from newsgraph.query.columnwise.query_syntax import (
    Bind,
    Call,
    Exists,
    Expression,
    Filter,
    Group,
    MinusGroup,
    OptionalGroup,
    Part,
    Select,
    Triple,
    UnionGroup,
    Values,
    Var,
)


def variables_in(triple: Triple) -> Iterator[str]:
    """Yield the variables of a triple pattern."""
    yield from (node.name for node in (triple.subject, triple.object) if isinstance(node, Var))
    if triple.path.kind == "var":
        yield triple.path.iri


def names_in(expression: Expression) -> Iterator[str]:
    """Yield the variables of an expression."""
    if isinstance(expression, Var):
        yield expression.name
    elif isinstance(expression, Exists):
        yield from mentioned(expression.pattern)
    elif isinstance(expression, Call):
        for arg in expression.args:
            yield from names_in(arg)


def has_exists(expression: Expression) -> bool:
    """Return whether an expression contains EXISTS."""
    return isinstance(expression, Exists) or any(has_exists(arg) for arg in getattr(expression, "args", ()))


def mentioned(group: Group) -> Iterator[str]:
    """Yield the variables that a group names, without those that only a subquery inside it knows."""
    for part in group.parts:
        if isinstance(part, Filter):
            yield from names_in(part.condition)
        elif isinstance(part, Bind):
            yield from (part.name, *names_in(part.value))
        elif isinstance(part, MinusGroup):
            yield from mentioned(part.group)
        elif isinstance(part, Triple | Values | Select):
            yield from _bound_by(part)
        else:
            for inner in inner_groups(part):
                yield from mentioned(inner)


def bindable(group: Group) -> Iterator[str]:
    """Yield the variables that a group may bind."""
    for part in group.parts:
        if isinstance(part, Bind):
            yield part.name
        elif isinstance(part, Triple | Values | Select):
            yield from _bound_by(part)
        elif not isinstance(part, Filter | MinusGroup):
            for inner in inner_groups(part):
                yield from bindable(inner)


def inner_groups(part: UnionGroup | OptionalGroup | Group) -> tuple[Group, ...]:
    """Return the groups that a part consists of."""
    return part.groups if isinstance(part, UnionGroup) else (part.group if isinstance(part, OptionalGroup) else part,)


def _bound_by(part: Triple | Values | Select) -> Iterator[str]:
    if isinstance(part, Triple):
        yield from variables_in(part)
    elif isinstance(part, Values):
        yield from part.names
    else:
        yield from (name for name, _ in part.shown)


def certain(parts: Iterable[Part]) -> set[str]:
    """Return the variables that patterns bind in every solution."""
    names: set[str] = set()
    for part in parts:
        if isinstance(part, Triple | Values):
            names.update(_bound_by(part))
        elif isinstance(part, Select):
            names.update({name for name, value in part.shown if value is None} & certain(part.group.parts))
        elif isinstance(part, UnionGroup | Group):
            names.update(set.intersection(*(certain(group.parts) for group in inner_groups(part))))
    return names


def dependent(group: Group) -> set[str]:
    """Return the variables on whose values from outside the solutions of a group would depend, which SPARQL does not allow.

    SPARQL solves a group by itself, and joins it with what is around it afterwards. Solving it for the values that are known outside
    comes to the same, except for variables that OPTIONAL, MINUS, BIND or FILTER use and the group has not bound before.
    """
    names: set[str] = set()
    for place, part in enumerate(group.parts):
        used: Iterable[str] = ()
        if isinstance(part, OptionalGroup | MinusGroup):
            used = mentioned(part.group)
        elif isinstance(part, Bind):
            used = (part.name, *names_in(part.value))
        names |= set(used) - certain(group.parts[:place])
    conditions = [part.condition for part in group.parts if isinstance(part, Filter)]
    return names | ({name for condition in conditions for name in names_in(condition)} - certain(group.parts))


def seeds(select: Select) -> set[str]:
    """Return the variables of a subquery whose known values it may be solved for, as its rows do not depend on those of other values."""
    if select.limit is not None or select.offset:
        return set()
    plain = {name for name, value in select.shown if value is None}
    if select.grouped:
        plain &= {name for name, value in select.grouped if value is None}
    elif len(plain) < len(select.shown):  # an aggregate of all rows, perhaps
        return set()
    return plain - dependent(select.group)


def named_outside(select: Select) -> frozenset[str]:
    """Return the variables that a question names outside its pattern."""
    values = [value for _, value in (*select.shown, *select.grouped) if value is not None]
    names = [name for part in (*values, *select.having, *(key for key, _ in select.order)) for name in names_in(part)]
    return frozenset([*(name for name, _ in (*select.shown, *select.grouped)), *names])
