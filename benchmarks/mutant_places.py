"""Where a module may be changed so that a fault of meaning comes of it, and a sample of such mutants.

A place is a node of the syntax tree with all edits of it. A sample takes places by their number and one edit each, so that it is the same
whatever names have.
"""

from __future__ import annotations

import ast
import csv
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mutant_edits import Edit, Source, condition_edits, expression_edits, statement_edits

# What is never changed, and why. Decorators, types, imports and docstrings are no behaviour; neither is the text of an error, which
# is for people: f-strings, what `raise` is given, and strings with a blank between letters are left alone. Patterns of regular
# expressions are knowledge, which is measured on texts, not by mutants.
_NAMES = frozenset({"__slots__", "__all__"})
_KEYWORDS = {
    "encoding": "our files are UTF-8, as is the default on most systems",
    "errors": "how a broken byte of a message is shown",
    "indent": "the look of a file for people",
    "prefix": "the name of a temporary folder",
    "maxsize": "the size of a cache",
    "maxlen": "the size of a cache",
    "strict": "a check of lengths that are equal",
    "slots": "memory alone",
    "init": "held by the type checker",
    "frozen": "held by the type checker",
    "gc": "memory alone",
    "ignore_cleanup_errors": "a temporary folder that cannot be removed",
}
_PROSE = re.compile(r"\w[\w,.;:'’)]* \S*\w")
_PATTERNS, _CODECS = "compile", frozenset({"encode", "decode"})
_SHORT, _ROUND = 120, 30  # characters that are shown of a change
_SILENT = (ast.Import, ast.ImportFrom, ast.Raise, ast.Assert, ast.JoinedStr, ast.arg)
_TABLES = (ast.Dict, ast.Set, ast.List, ast.Tuple)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Mutant:
    """One edit of a module; `module` is its path below the package, `function` where it is, empty on the top level of the module."""

    module: str
    place: int
    number: int
    line: int
    function: str
    change: str
    edit: Edit

    @property
    def id(self) -> str:
        """Name the mutant by its place and its edit."""
        return f"{self.module}:{self.place}.{self.number}"


@dataclass(frozen=True)
class Equivalent:
    """A mutant that changes nothing that anybody could see, and why."""

    module: str
    function: str
    change: str
    reason: str

    def is_meant(self, mutant: Mutant) -> bool:
        """Return whether a mutant is this one, whatever its local variables are called."""
        return (self.module, self.function, _nameless(self.change)) == (mutant.module, mutant.function, _nameless(mutant.change))


def read_equivalents(path: Path) -> list[Equivalent]:
    """Read the list of mutants that are counted out. Every row needs a reason."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = [Equivalent(row["module"], row["function"], row["change"], row["reason"]) for row in csv.DictReader(file)]
    if bare := [row for row in rows if not row.reason.strip()]:
        message = f"{path.name}: no reason is given for {bare[0].module}: {bare[0].change}"
        raise ValueError(message)
    return rows


def mutants_of(module: str, text: str) -> list[list[Mutant]]:
    """List all mutants of a module by place, in the order of the source."""
    source = Source(text)
    found: dict[tuple[int, int], tuple[str, list[Edit]]] = {}
    for node, function, edit in _edits(source, ast.parse(text), _Around()):
        found.setdefault(source.span(node), (function, []))[1].append(edit)
    places: list[list[Mutant]] = []
    for (start, end), (function, edits) in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        line, place = source.raw.count(b"\n", 0, start) + 1, len(places)
        places.append([
            Mutant(module, place, number, line, function, _shown(source, start, end, edit), edit)
            for number, edit in enumerate(dict.fromkeys(edits))
        ])  # fmt: skip
    return places


def sample(places: Sequence[Sequence[Mutant]], text: str, size: int, seed: int) -> list[Mutant]:
    """Take one mutant each of so many places, or of all where there are fewer; `text` is the module."""
    chosen, source, tree = random.Random(seed), Source(text), ast.dump(ast.parse(text))
    found: list[Mutant] = []
    for place in chosen.sample(places, len(places)):
        if len(found) == size:
            break
        mutants = chosen.sample(place, len(place))
        found += next(([mutant] for mutant in mutants if _differs(source.changed(mutant.edit), tree)), [])
    return sorted(found, key=lambda mutant: (mutant.place, mutant.number))


@dataclass(frozen=True)
class _Around:
    """What a node lies in."""

    function: Function | None = None
    name: str = ""
    table: ast.expr | None = None
    parent: ast.AST | None = None


def _edits(source: Source, node: ast.AST, around: _Around) -> Iterator[tuple[ast.AST, str, Edit]]:
    """Find the edits of a node and of those in it; edits of the members of a table on the top level are edits of the table."""
    where = around.table or node
    if isinstance(node, ast.stmt):
        yield from ((where, around.name, edit) for edit in statement_edits(source, node, around.function))
    if isinstance(node, ast.expr) and _may_change(node, around):
        yield from ((where, around.name, edit) for edit in expression_edits(source, node))
    for test, fixed in _conditions(node):
        yield from ((test, around.name, edit) for edit in condition_edits(source, test, fixed=fixed))
    inside = _inside(node, around)
    for child in _children(node):
        yield from _edits(source, child, inside)


def _inside(node: ast.AST, around: _Around) -> _Around:
    if isinstance(node, Function | ast.ClassDef):
        name = f"{around.name}.{node.name}".lstrip(".")
        return _Around(None if isinstance(node, ast.ClassDef) else node, name, None, node)
    table = around.table or (node if around.function is None and isinstance(node, _TABLES) else None)
    return _Around(around.function, around.name, table, node)


def _conditions(node: ast.AST) -> Iterator[tuple[ast.expr, tuple[str, ...]]]:
    match node:
        case ast.If(test=test) if _runs_here(test) is None and not isinstance(test, ast.Constant):
            yield test, ("True", "False")
        case ast.IfExp(test=test):
            yield test, ("True", "False")
        case ast.While(test=test) if not isinstance(test, ast.Constant):
            yield test, ()
        case ast.comprehension(ifs=tests):
            yield from ((test, ("True",)) for test in tests)


def _may_change(node: ast.expr, around: _Around) -> bool:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return not _PROSE.search(node.value)
    if isinstance(node, ast.Tuple | ast.List):
        constants = all(isinstance(member, ast.Constant) for member in node.elts)
        listed = constants and isinstance(around.parent, ast.Compare | ast.Call | ast.comprehension | ast.Assign | ast.For)
        return listed or isinstance(around.parent, ast.Lambda | ast.ExceptHandler)
    return _runs_here(node) is None


def _children(node: ast.AST) -> Iterator[ast.AST]:
    """List what may be changed of what is in a node."""
    match node:
        case ast.Module(body=body) | ast.ClassDef(body=body):
            yield from _without_docstring(body)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            yield from node.args.defaults
            yield from (default for default in node.args.kw_defaults if default is not None)
            yield from _without_docstring(node.body)
        case ast.AnnAssign(value=value):
            yield from [value] if value is not None else []
        case ast.Assign(targets=[ast.Name(id=name)]) if name in _NAMES:
            return
        case ast.If(test=test) if (runs := _runs_here(test)) is not None:
            yield from node.body if runs else node.orelse
        case ast.Call(func=ast.Attribute(attr=name) as func) if name in _CODECS:
            yield from (func, *(value for value in node.args if not isinstance(value, ast.Constant)))
        case ast.keyword(arg=name, value=value):
            yield from [] if name in _KEYWORDS else [value]
        case _ if isinstance(node, _SILENT) or (isinstance(node, ast.Call) and getattr(node.func, "attr", "") == _PATTERNS):
            return
        case _:
            yield from ast.iter_child_nodes(node)


def _without_docstring(body: Sequence[ast.stmt]) -> Sequence[ast.stmt]:
    first = body[0] if body else None
    return body[1:] if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) else body


def _runs_here(test: ast.expr) -> bool | None:
    """Return which way a question about the system goes here; none for all other conditions."""
    if not isinstance(test, ast.Compare | ast.Name | ast.Attribute):
        return None
    text = ast.unparse(test)
    if text.endswith("TYPE_CHECKING"):
        return False
    match test:
        case ast.Compare(comparators=[ast.Constant(value=str() as value)]) if text.startswith(("sys.platform ==", "os.name ==")):
            return value in {sys.platform, "posix"}
    return None


def _differs(text: str, tree: str) -> bool:
    try:
        return ast.dump(ast.parse(text)) != tree
    except SyntaxError:
        return False


def _shown(source: Source, start: int, end: int, edit: Edit) -> str:
    """Return what was there and what comes, each on one line; of something long, what differs and a little round it."""
    before, after = source.cut(start, end), source.cut(start, edit.start) + edit.text + source.cut(edit.end, end)
    if len(before) > _SHORT:
        first = _same(before, after)
        last = min(_same(before[::-1], after[::-1]), min(len(before), len(after)) - first)
        before, after = (text[max(first - _ROUND, 0) : len(text) - last + _ROUND] for text in (before, after))
    return " -> ".join(" ".join(part.split()) or "(nothing)" for part in (before, after))


def _same(one: str, other: str) -> int:
    """Count the letters with which two texts begin alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _nameless(change: str) -> str:
    return re.sub(r"(?<![\w.])[a-z][a-z0-9_]*", "_", change)
