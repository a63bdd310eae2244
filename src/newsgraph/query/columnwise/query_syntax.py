"""The words of a question, and what a question is made of once it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsgraph.rdf.terms import Term


class NotCoveredError(Exception):
    """A question, or a graph, with something that only a SPARQL engine knows how to handle."""


@dataclass(frozen=True, slots=True)
class Var:
    """A variable by its name; those of blank nodes and of steps of a path have names that no question can write."""

    name: str


@dataclass(frozen=True, slots=True)
class Path:
    """A way along properties: `kind` is iri, var, seq, alt, inverse, maybe (?) or many (*); `iri` is full, or a variable's name."""

    kind: str
    iri: str = ""
    parts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """A function, an operator or an aggregate of some arguments; `name` is in upper case, or the sign of the operator."""

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
    """A pattern of one statement."""

    subject: Var | Term
    path: Path
    object: Var | Term


@dataclass(frozen=True, slots=True)
class Filter:
    """A condition on all solutions of a group."""

    condition: Expression


@dataclass(frozen=True, slots=True)
class Bind:
    """A value that gets a name."""

    value: Expression
    name: str


@dataclass(frozen=True, slots=True)
class OptionalGroup:
    """What is added where it is there: OPTIONAL."""

    group: Group


@dataclass(frozen=True, slots=True)
class UnionGroup:
    """Patterns of which each gives solutions: UNION."""

    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Values:
    """Rows of given terms."""

    names: tuple[str, ...]
    rows: tuple[tuple[Term, ...], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Patterns between braces."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Select:
    """A question, or one inside another: `shown` are names with what they stand for, None for a variable of the pattern itself."""

    shown: tuple[tuple[str, Expression | None], ...]
    group: Group
    distinct: bool = False
    grouped: tuple[str, ...] = ()
    having: tuple[Expression, ...] = ()
    order: tuple[tuple[Expression, bool], ...] = ()
    limit: int | None = None


Part = Triple | Filter | Bind | OptionalGroup | UnionGroup | Values | Group | Select

AGGREGATES = frozenset({"COUNT", "SUM", "MIN", "MAX", "GROUP_CONCAT"})
FUNCTIONS = {"BOUND": 1, "STR": 1, "LCASE": 1, "STRAFTER": 2, "SUBSTR": 3, "REPLACE": 3, "IF": 3}
"""Functions with a fixed number of arguments; COALESCE takes any."""

_TOKEN = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<iri><[^<>"{}|^`\\\s]*>)|(?P<var>\?[A-Za-z_]\w*)|(?P<string>"(?:[^"\\\n\r]|\\.)*")"""
    r"""|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z][\w-]*:[A-Za-z_][\w-]*|[A-Za-z][\w-]*:)|(?P<word>[A-Za-z_]\w*)"""
    r"""|(?P<sign>&&|\|\||!=|<=|>=|\^\^|[][{}().,;=<>!|/^*?+-])""",
    re.DOTALL,
)


def tokens(text: str) -> list[tuple[str, str]]:
    """Split a question into tokens, each with its kind; whitespace and comments fall out. Raises `NotCoveredError`."""
    found, at = [], 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise NotCoveredError(text[at : at + 20])
        at = match.end()
        if match.lastgroup != "space":
            found.append((str(match.lastgroup), match[0]))
    return found
