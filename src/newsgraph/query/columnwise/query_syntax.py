"""The syntax tree of a question: what its parser makes and its solver reads."""

from __future__ import annotations

from dataclasses import dataclass

from newsgraph.rdf.terms import Term


class NotCoveredError(Exception):
    """A question, or a graph, has something that only a SPARQL engine can handle; or an intermediate result is too large for columns."""


@dataclass(frozen=True, slots=True)
class Var:
    """A variable by its name. Variables for blank nodes and aggregates have names that no question can write."""

    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """A property path: `kind` is iri, var, seq, alt, inverse, maybe (?), many (*) or plus (+); `iri` is full, or the name of a variable."""

    kind: str
    iri: str = ""
    parts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function, an operator or an aggregate with its arguments; `name` is in upper case, or the sign of the operator.

    `COUNT(*)` is a call without arguments.
    """

    name: str
    args: tuple[Expression, ...]
    distinct: bool = False
    separator: str = " "


@dataclass(frozen=True, slots=True)
class Exists:
    """Whether a pattern has a solution."""

    pattern: Group


Expression = Var | Term | Call | Exists


@dataclass(frozen=True, slots=True)
class Triple:
    """A pattern for one statement."""

    subject: Var | Term
    path: Path
    object: Var | Term


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on all solutions of a group."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class Bind:
    """BIND: a value that gets a name."""

    value: Expression
    name: str


@dataclass(frozen=True, slots=True)
class OptionalGroup:
    """OPTIONAL: a group whose solutions are added where there are any."""

    group: Group


@dataclass(frozen=True, slots=True)
class MinusGroup:
    """MINUS: a group that removes the solutions that are compatible with any of its solutions."""

    group: Group


@dataclass(frozen=True, slots=True)
class UnionGroup:
    """UNION: the solutions of several groups, one group after the other."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """VALUES: rows of constant terms."""

    names: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns between braces."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """A question, or a subquery: `shown` are columns with their expressions, None for a variable of the pattern itself.

    `grouped` is likewise what GROUP BY names; `order` holds keys, each with whether it is descending.
    """

    shown: tuple[tuple[str, Expression | None], ...]
    group: Group
    distinct: bool = False
    grouped: tuple[tuple[str, Expression | None], ...] = ()
    having: tuple[Expression, ...] = ()
    order: tuple[tuple[Expression, bool], ...] = ()
    limit: int | None = None
    offset: int = 0
    is_ask: bool = False


Part = Triple | Filter | Bind | OptionalGroup | MinusGroup | UnionGroup | Values | Group | Select

AGGREGATES = frozenset({"COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"})
FUNCTIONS = {
    "BOUND": (1,), "STR": (1,), "LANG": (1,), "LCASE": (1,), "UCASE": (1,), "STRLEN": (1,), "CONTAINS": (2,), "STRSTARTS": (2,),
    "STRENDS": (2,), "STRAFTER": (2,), "STRBEFORE": (2,), "SUBSTR": (2, 3), "REPLACE": (3,), "REGEX": (2, 3), "IF": (3,), "YEAR": (1,),
    "MONTH": (1,), "DAY": (1,), "ISIRI": (1,), "ISURI": (1,), "ISLITERAL": (1,),
}  # fmt: skip
"""Functions with how many arguments each may have; COALESCE and CONCAT take any number."""
ANY_NUMBER = frozenset({"COALESCE", "CONCAT"})
