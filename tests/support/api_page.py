"""The text of `docs/api.md`: signatures and docstrings of the public names, read from the source without running it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator

import newsgraph
from source_tree import sources

_HEAD = """\
# API reference

What `import newsgraph as ng` offers. Every name, parameter and attribute here is public and stays, or is announced in the
[changelog](../CHANGELOG.md) when it changes. Modules below `newsgraph` are internal, except for sources of names that are plugged in
(`newsgraph.extract.models.span_sources`) and RDF patches (`newsgraph.diff.rdf_patch`). This page is generated from the docstrings.

The tables of a graph are described in [data.md](data.md).
"""
_FIRST = ("build", "load", "NewsGraph")
_WIDTH = 100  # characters of a signature on one line
_Function = ast.FunctionDef | ast.AsyncFunctionDef
_SHOWN = frozenset({"__getitem__"})
_EXAMPLE = re.compile(r"(?:^>>> .*\n(?:.+\n)*\n?)+", re.MULTILINE)


def api_page() -> str:
    """Return the text of the page."""
    package = sources()
    names = [*_FIRST, *(name for name in newsgraph.__all__ if name not in (*_FIRST, "__version__"))]
    parts = [_HEAD, "\n", *(f"- [`{name}`](#{name.lower()})\n" for name in names), "- `__version__`: the version, as text\n"]
    for name in names:
        node = _definition(package, name)
        parts += _function(node, "##") if isinstance(node, _Function) else _class(node, _inherited(package, node))
    return "".join(parts)


def _definition(package: dict[str, str], name: str) -> _Function | ast.ClassDef:
    """Find a public name in the module that defines it."""
    module = getattr(newsgraph, name).__module__.removeprefix("newsgraph.")
    text = package[module if module in package else f"{module}.__init__"]
    return next(node for node in ast.parse(text).body if isinstance(node, _Function | ast.ClassDef) and node.name == name)


def _inherited(package: dict[str, str], node: ast.ClassDef) -> list[ast.stmt]:
    """Return what a class has from classes of the interface, which are one public class in several files."""
    parents = [
        one for name, text in package.items() if name.startswith("api.") for one in ast.parse(text).body if isinstance(one, ast.ClassDef)
    ]
    names = {ast.unparse(base) for base in node.bases}
    return [one for parent in parents if parent.name in names for one in parent.body]


def _class(node: ast.ClassDef, inherited: list[ast.stmt]) -> Iterator[str]:
    bases = "" if inherited else ", ".join(ast.unparse(base) for base in node.bases)
    yield f"\n## {node.name}\n\n```text\nclass {node.name}{f'({bases})' if bases else ''}\n```\n\n{_documentation(node)}"
    fields = [one for one in node.body if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)]
    if fields:
        yield "\n```text\n" + "".join(f"{ast.unparse(one)}\n" for one in fields) + "```\n"
    for one in (*inherited, *node.body):
        if isinstance(one, _Function) and (one.name in _SHOWN or not one.name.startswith("_")):
            yield from _function(one, "###", node.name)


def _function(node: _Function, heading: str, owner: str = "") -> Iterator[str]:
    title = f"{owner}.{node.name}" if owner else node.name
    yield f"\n{heading} {title}\n\n```text\n{_signature(node, method=bool(owner))}\n```\n\n{_documentation(node)}"


def _signature(node: _Function, *, method: bool) -> str:
    """Write a signature as in the source, on several lines if it is long; `self` is left out."""
    if any("property" in ast.unparse(one) for one in node.decorator_list):
        return f"{node.name}: {ast.unparse(node.returns) if node.returns else 'object'}"
    arguments = node.args
    if method:
        arguments.args = arguments.args[1:]
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    parts = list(_parts(arguments))
    whole = f"{node.name}({', '.join(parts)}){returns}"
    if len(whole) <= _WIDTH:
        return whole
    lines = "".join(f"    {part},\n" for part in parts)
    return f"{node.name}(\n{lines}){returns}"


def _parts(arguments: ast.arguments) -> Iterator[str]:
    """Yield the parameters one by one, with annotations, defaults and the marks between their kinds."""
    plain = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(plain) - len(arguments.defaults)) + list(arguments.defaults)
    for at, (one, default) in enumerate(zip(plain, defaults, strict=True), start=1):
        yield _parameter(one, default)
        if at == len(arguments.posonlyargs):
            yield "/"
    if arguments.vararg:
        yield f"*{ast.unparse(arguments.vararg)}"
    elif arguments.kwonlyargs:
        yield "*"
    for one, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        yield _parameter(one, default)
    if arguments.kwarg:
        yield f"**{ast.unparse(arguments.kwarg)}"


def _parameter(one: ast.arg, default: ast.expr | None) -> str:
    return ast.unparse(one) if default is None else f"{ast.unparse(one)} = {ast.unparse(default)}"


def _documentation(node: _Function | ast.ClassDef) -> str:
    """Return a docstring as Markdown: examples in blocks of their own."""
    text = inspect.cleandoc(ast.get_docstring(node) or "") + "\n"
    return _EXAMPLE.sub(lambda found: f"```pycon\n{found[0].rstrip()}\n```\n\n", text).rstrip() + "\n"
