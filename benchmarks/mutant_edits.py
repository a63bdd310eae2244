"""The small changes that a fault could be: each a piece of a module's source and the text that takes its place.

What is changed: conditions (turned round, always true, always false), comparisons and their boundaries, `and` and `or`, `not`, arithmetic,
constants, returned values, members of sets and tables, sort keys, slices, and statements that act (a call for its effect, a
`continue`, an assignment to what was there before).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

_COMPARED: dict[type[ast.cmpop], tuple[str, tuple[str, ...]]] = {
    ast.Lt: (r"<", ("<=", ">=")),
    ast.LtE: (r"<=", ("<", ">")),
    ast.Gt: (r">", (">=", "<=")),
    ast.GtE: (r">=", (">", "<")),
    ast.Eq: (r"==", ("!=",)),
    ast.NotEq: (r"!=", ("==",)),
    ast.Is: (r"\bis\b", ("is not",)),
    ast.IsNot: (r"\bis\s+not\b", ("is",)),
    ast.In: (r"\bin\b", ("not in",)),
    ast.NotIn: (r"\bnot\s+in\b", ("in",)),
}
_OTHER_SIGN: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
_LEAVES_OUT = (ast.Add, ast.Sub, ast.BitOr, ast.BitAnd)  # one operand alone is often of the same type
_OTHER_FUNCTION = {"min": "max", "max": "min", "any": "all", "all": "any"}
_SORTERS = frozenset({"sorted", "sort"})
_PLAIN_METHODS = frozenset({"casefold", "lower", "upper", "strip", "rstrip", "lstrip"})
# An empty value by how the type of what a function returns is written; the first that fits counts.
_EMPTY = (
    (re.compile(r"\| None$"), ("None",)),
    (re.compile(r"^bool$"), ("True", "False")),
    (re.compile(r"^str$"), ('""',)),
    (re.compile(r"^bytes$"), ('b""',)),
    (re.compile(r"^(?:int|float)$"), ("0",)),
    (re.compile(r"^(?:list|Sequence|Iterable)\b"), ("[]",)),
    (re.compile(r"^tuple\[.*\.\.\.\]$"), ("()",)),
    (re.compile(r"^(?:dict|Mapping)\b"), ("{}",)),
    (re.compile(r"^(?:set|frozenset)\b"), ("frozenset()",)),
)


class Edit(NamedTuple):
    """The bytes `start` to `end` of a source, and what they become."""

    start: int
    end: int
    text: str


class Source:
    """The text of a module, and where the nodes of its tree are in it."""

    def __init__(self, text: str) -> None:
        """Count where the lines begin; nodes are counted in bytes."""
        self.raw = text.encode()
        self._lines = [0, *(at + 1 for at, byte in enumerate(self.raw) if byte == ord("\n"))]

    def span(self, node: ast.AST) -> tuple[int, int]:
        """Return where a statement or an expression begins and ends."""
        if not isinstance(node, ast.stmt | ast.expr | ast.keyword) or node.end_lineno is None or node.end_col_offset is None:
            message = f"{node} has no place"
            raise TypeError(message)
        return self._lines[node.lineno - 1] + node.col_offset, self._lines[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.AST) -> str:
        """Return the text of a statement or an expression, without the brackets round it."""
        return self.cut(*self.span(node))

    def cut(self, start: int, end: int) -> str:
        """Return the text between two places."""
        return self.raw[start:end].decode()

    def between(self, left: ast.AST, right: ast.AST, pattern: str) -> tuple[int, int] | None:
        """Find an operator between two operands."""
        start, end = self.span(left)[1], self.span(right)[0]
        match = re.search(pattern.encode(), self.raw[start:end])
        return (start + match.start(), start + match.end()) if match else None

    def changed(self, edit: Edit) -> str:
        """Return the whole source with one edit."""
        return (self.raw[: edit.start] + edit.text.encode() + self.raw[edit.end :]).decode()


def expression_edits(source: Source, node: ast.expr) -> Iterator[Edit]:
    """Change an expression wherever it is."""
    match node:
        case ast.Compare():
            yield from _compared(source, node)
        case ast.BoolOp():
            yield from _joined(source, node)
        case ast.BinOp():
            yield from _calculated(source, node)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand) if not isinstance(operand, ast.Constant):
            yield Edit(*source.span(node), f"({source.text(operand)})")
        case ast.Constant():
            yield from _constants(source, node)
        case ast.Call():
            yield from _called(source, node)
        case ast.Set(elts=members) | ast.List(elts=members) | ast.Tuple(elts=members):
            yield from _members_left_out(source, node, list(map(source.text, members)))
        case ast.Dict(keys=keys, values=values):
            pairs = zip(keys, values, strict=True)
            yield from _members_left_out(
                source, node, [f"{source.text(key)}: {source.text(value)}" if key else f"**{source.text(value)}" for key, value in pairs]
            )
        case ast.Slice():
            yield from _open_slices(source, node)


def condition_edits(source: Source, test: ast.expr, *, fixed: Sequence[str]) -> Iterator[Edit]:
    """Turn a condition round, or let it always be what `fixed` names."""
    yield Edit(*source.span(test), f"not ({source.text(test)})")
    for value in fixed:
        yield Edit(*source.span(test), value)


def statement_edits(source: Source, node: ast.stmt, function: ast.FunctionDef | ast.AsyncFunctionDef | None) -> Iterator[Edit]:
    """Leave a statement out that acts, or let it do less; `function` is the one that it is in."""
    span = source.span(node)
    match node:
        case ast.Expr(value=ast.Yield(value=ast.expr()) | ast.YieldFrom()):
            yield Edit(*span, "yield from ()")
        case ast.Expr(value=ast.Call()) | ast.Continue() | ast.Break() | ast.Raise() | ast.Delete():
            yield Edit(*span, "pass")
        case ast.AugAssign(target=target, op=op, value=value):
            yield Edit(*span, "pass")
            yield Edit(*span, f"{source.text(target)} = {source.text(value)}")
            if isinstance(op, ast.BitAnd | ast.BitOr):
                yield Edit(*span, f"{source.text(target)} {_OTHER_SIGN[type(op)][1]}= {source.text(value)}")
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield Edit(*span, "pass")
        case ast.Assign(targets=[ast.Name(id=name)]) if function is not None and _is_bound_before(function, name, node):
            yield Edit(*span, "pass")
        case ast.Return(value=ast.expr() as value) if function is not None and function.returns is not None:
            yield from _emptied(source, value, source.text(function.returns))


def _compared(source: Source, node: ast.Compare) -> Iterator[Edit]:
    for (left, right), op in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
        pattern, others = _COMPARED[type(op)]
        if found := source.between(left, right, pattern):
            yield from (Edit(*found, other) for other in others)


def _joined(source: Source, node: ast.BoolOp) -> Iterator[Edit]:
    word, other = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
    start, end = source.span(node)
    places = [found for left, right in pairwise(node.values) if (found := source.between(left, right, rf"\b{word}\b"))]
    if len(places) == len(node.values) - 1:
        whole, at = "", start
        for left, right in places:
            whole += source.cut(at, left) + other
            at = right
        yield Edit(start, end, whole + source.cut(at, end))
        yield Edit(start, end, source.cut(places[0][1], end).strip())
        yield Edit(start, end, source.cut(start, places[-1][0]).strip())


def _calculated(source: Source, node: ast.BinOp) -> Iterator[Edit]:
    signs = _OTHER_SIGN.get(type(node.op))
    found = source.between(node.left, node.right, re.escape(signs[0])) if signs else None
    if signs is None or found is None:
        return
    start, end = source.span(node)
    if not isinstance(node.op, ast.Add | ast.Sub | ast.Div) or any(map(_is_number, (node.left, node.right))):
        yield Edit(*found, signs[1])  # else it may be text, lists, days or paths, and every test would fail
    if isinstance(node.op, _LEAVES_OUT):
        yield Edit(start, end, f"({source.cut(start, found[0]).strip()})")
        if not isinstance(node.op, ast.Sub):
            yield Edit(start, end, f"({source.cut(found[1], end).strip()})")


def _is_number(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float)


def _constants(source: Source, node: ast.Constant) -> Iterator[Edit]:
    value = node.value
    if isinstance(value, bool):
        texts = [str(not value)]
    elif isinstance(value, int):
        texts = [str(value + 1), *([str(value - 1)] if value else [])]
    elif isinstance(value, float):
        texts = [repr(value * 2), repr(value / 2)] if value else ["1.0"]
    elif isinstance(value, str):
        texts = ['""'] if value else ['"x"']
    elif isinstance(value, bytes):
        texts = ['b""'] if value else ['b"x"']
    else:
        texts = []
    yield from (Edit(*source.span(node), text) for text in texts)


def _called(source: Source, node: ast.Call) -> Iterator[Edit]:
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
    if isinstance(node.func, ast.Name) and name in _OTHER_FUNCTION:
        yield Edit(*source.span(node.func), _OTHER_FUNCTION[name])
    if name in _SORTERS and all(word.arg != "reverse" for word in node.keywords):
        parts = [*map(source.text, (*node.args, *node.keywords)), "reverse=True"]
        yield Edit(*source.span(node), f"{source.text(node.func)}({', '.join(parts)})")
    if isinstance(node.func, ast.Attribute) and name in _PLAIN_METHODS and not node.keywords:
        yield Edit(*source.span(node), source.text(node.func.value))


def _members_left_out(source: Source, node: ast.expr, members: Sequence[str]) -> Iterator[Edit]:
    text = source.text(node)
    opening, closing = (text[0], text[-1]) if text[0] in "([{" else ("(", ")")
    for at in range(len(members)) if len(members) > 1 else ():
        rest = [*members[:at], *members[at + 1 :]]
        comma = "," if opening == "(" and len(rest) == 1 else ""
        yield Edit(*source.span(node), f"{opening}{', '.join(rest)}{comma}{closing}")


def _open_slices(source: Source, node: ast.Slice) -> Iterator[Edit]:
    start, end = source.span(node)
    colon = source.cut(start, end).find(":")
    if node.lower is not None and not isinstance(node.lower, ast.Constant):
        yield Edit(start, start + colon, "")
    if node.upper is not None and node.lower is None and not isinstance(node.upper, ast.Constant):
        yield Edit(start + colon + 1, end, "")


def _emptied(source: Source, value: ast.expr, returns: str) -> Iterator[Edit]:
    empty = next((texts for pattern, texts in _EMPTY if pattern.search(returns.strip("\"'"))), ())
    yield from (Edit(*source.span(value), text) for text in empty if text != source.text(value))


def _is_bound_before(function: ast.FunctionDef | ast.AsyncFunctionDef, name: str, node: ast.stmt) -> bool:
    arguments = {one.arg for one in ast.walk(function.args) if isinstance(one, ast.arg)}
    before = (one for one in ast.walk(function) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and one.id == name)
    return name in arguments or any(one.lineno < node.lineno for one in before)
