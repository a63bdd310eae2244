"""The package as sources, and the imports in them, for rules about its shape."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "newsgraph"

Sources = Mapping[str, str]
"""The text of each module by its name below the package: `export.turtle`, `export.__init__`."""


@dataclass(frozen=True)
class Import:
    """`target` is a module name below the package, or a library's; `ours` says which of the two."""

    module: str
    target: str
    ours: bool
    line: int
    typing_only: bool

    def __str__(self) -> str:
        """Return where it is and what it imports."""
        return f"{self.module}:{self.line} imports {self.target}"


def sources() -> dict[str, str]:
    """Read the package."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text(encoding="utf-8") for path in paths}


def imports(package: Sources) -> Iterator[Import]:
    """Yield all imports, those inside functions as well."""
    for module, text in package.items():
        tree = ast.parse(text)
        typing_only = {
            id(inner)
            for node in ast.walk(tree)
            if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
            for inner in ast.walk(node)
        }
        for node in ast.walk(tree):
            if isinstance(node, (ast.Import, ast.ImportFrom)):
                for name in _targets(node, package):
                    first, _, rest = name.partition(".")
                    ours = first == "newsgraph"
                    yield Import(module, (rest or "__init__") if ours else first, ours, node.lineno, id(node) in typing_only)


def room(module: str) -> str:
    """Return the room of a module: the folder on the top level, or the module itself where it lies there."""
    return module.partition(".")[0]


def _targets(node: ast.Import | ast.ImportFrom, package: Sources) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    origin = "newsgraph" + "." * bool(node.module) + (node.module or "") if node.level else node.module or ""
    below = [f"{origin}.{name.name}" for name in node.names]
    known = [name for name in below if _is_module(name.removeprefix("newsgraph."), package)]
    return known or [origin]


def _is_module(name: str, package: Sources) -> bool:
    return name in package or f"{name}.__init__" in package
