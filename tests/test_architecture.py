"""The shape of the code, held by rules: who may import whom, which library belongs where, how files are named.

Every rule is a function from sources (module name -> text) to breaches, so that a planted breach shows that it bites.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "newsgraph"

Sources = Mapping[str, str]

LAYERS: dict[int, str] = {
    0: "errors model progress",
    1: "program lock swap places identity links vocabulary company_names sentences lexicon graph decisions kept_iris kept",
    2: "ingest extract resolve identifiers",
    3: "build linked grounds rulings namings story_links article_claims storyline facts executor export query store terms columns columnwise shapes surely suspects surroundings check claims evidence names why "
    "stats left_out score annotate explorer diff difference patch renamed proposal proposals proposed_names proposed_events company_words as_of retelling "
    "redirects recipe folder_build verify changed_files standing",
    4: "asking building widget cli changes linking measuring following reviewing verifying watching terminal library __init__ __main__",
}
"""Modules and folders of the package, from the bottom up; an import goes down, or stays where it is."""

LAYER = {name: layer for layer, names in LAYERS.items() for name in names.split()}

THIRD_PARTY: dict[str, str] = {
    "anywidget": "widget",
    "traitlets": "widget",
    "click": "asking building cli changes linking measuring following reviewing verifying terminal",
    "distributed": "executor",
    "fsspec": "places",
    "msgspec": "facts recipe resolve standing",
    "networkit": "explorer",
    "networkx": "explorer export",
    "numpy": "score explorer export resolve extract",
    "onnxruntime": "extract",
    "polars": "graph resolve explorer widget export columns columnwise store surely suspects surroundings query terms check claims evidence names why stats left_out score build library diff renamed "
    "identifiers linked grounds namings story_links article_claims storyline as_of retelling",
    "pyarrow": "identifiers",
    "pyoxigraph": "query store terms",
    "pyshacl": "check",
    "pyvis": "export",
    "ray": "executor",
    "rdflib": "export check shapes",
    "rich": "cli terminal",
    "spacy": "extract",
    "yaml": "ingest lexicon extract",
}
"""Where a library may be imported at run time; one that is not listed may be imported nowhere."""

VAGUE = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "tools"})
MOST_LINES = 300


@dataclass(frozen=True)
class Import:
    """`target` is a module name below the package, or a library's; `ours` tells which."""

    module: str
    target: str
    ours: bool
    line: int
    typing_only: bool

    def __str__(self) -> str:
        """Say where and what."""
        return f"{self.module}:{self.line} imports {self.target}"


def sources() -> dict[str, str]:
    """Read the package: `export.turtle` -> text; a folder's own file is `export.__init__`."""
    paths = sorted(PACKAGE.rglob("*.py"))
    return {".".join(path.relative_to(PACKAGE).with_suffix("").parts): path.read_text(encoding="utf-8") for path in paths}


def imports(package: Sources) -> Iterator[Import]:
    """List all imports, those inside functions as well."""
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


def _targets(node: ast.Import | ast.ImportFrom, package: Sources) -> list[str]:
    if isinstance(node, ast.Import):
        return [name.name for name in node.names]
    origin = "newsgraph" + "." * bool(node.module) + (node.module or "") if node.level else node.module or ""
    below = [f"{origin}.{name.name}" for name in node.names]
    known = [name for name in below if _is_module(name.removeprefix("newsgraph."), package)]
    return known or [origin]


def _is_module(name: str, package: Sources) -> bool:
    return name in package or f"{name}.__init__" in package


def _top(module: str) -> str:
    return module.partition(".")[0]


# --- the rules


def unknown_modules(package: Sources) -> list[str]:
    """Find modules without a layer."""
    return [f"{module} has no layer" for module in package if _top(module) not in LAYER]


def upward_imports(package: Sources) -> list[str]:
    """Find imports that go up."""
    found = [one for one in imports(package) if one.ours and not one.typing_only]
    return [str(one) for one in found if LAYER.get(_top(one.target), 9) > LAYER.get(_top(one.module), 9)]


def sideways_imports(package: Sources) -> list[str]:
    """Find imports between the folders of the second layer."""
    stages = set(LAYERS[2].split())
    tops = [(one, _top(one.module), _top(one.target)) for one in imports(package) if one.ours]
    return [str(one) for one, here, there in tops if here in stages and there in stages and here != there]


def exporter_imports(package: Sources) -> list[str]:
    """Find modules that import an exporter from beside it; what several exporters stand on is no exporter."""
    calls = [node for node in ast.walk(ast.parse(package["export.__init__"])) if isinstance(node, ast.Call) and node.args]
    exporters = {f"export.{ast.literal_eval(call.args[0])}" for call in calls if ast.unparse(call.func) == "_from"}
    inside = [one for one in imports(package) if one.ours and _top(one.module) == "export" and one.module != "export.__init__"]
    return [str(one) for one in inside if one.target in exporters]


def import_cycles(package: Sources) -> list[str]:
    """Find modules that import themselves, by whatever way."""
    edges: dict[str, set[str]] = {module: set() for module in package}
    for one in imports(package):
        if one.ours and not one.typing_only:
            edges[one.module].add(one.target if one.target in package else f"{one.target}.__init__")
    reach = {module: set(targets) for module, targets in edges.items()}
    for _ in edges:
        reach = {module: targets.union(*(edges.get(target, set()) for target in targets)) for module, targets in reach.items()}
    return [f"{module} imports itself" for module, targets in reach.items() if module in targets]


def misplaced_libraries(package: Sources) -> list[str]:
    """Find third-party libraries outside the modules they belong to."""
    outside = [one for one in imports(package) if not one.ours and not one.typing_only and one.target not in sys.stdlib_module_names]
    return [str(one) for one in outside if _top(one.module) not in THIRD_PARTY.get(one.target, "").split()]


def long_modules(package: Sources) -> list[str]:
    """Find modules that hold more than one noun can fill."""
    return [f"{module} has {text.count(chr(10))} lines" for module, text in package.items() if text.count("\n") > MOST_LINES]


def vague_names(package: Sources) -> list[str]:
    """Find modules whose name tells nothing."""
    return [f"{module} says nothing" for module in package if VAGUE & set(module.replace("_", ".").split("."))]


def bare_functions(package: Sources) -> list[str]:
    """Find public functions, classes and methods without a docstring."""
    return [f"{module}.{name}" for module, text in package.items() for name in _bare(ast.parse(text), "")]


def _bare(tree: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            if not ast.get_docstring(node):
                yield prefix + node.name
            if isinstance(node, ast.ClassDef):
                yield from _bare(node, f"{node.name}.")


def unread_data(package: Sources, names: list[str]) -> list[str]:
    """Find data files that no module names, be it by their name or by that of their folder."""
    strings = {
        part
        for text in package.values()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for part in node.value.split("/")
    }
    return [name for name in names if not strings & set(name.split("/"))]


RULES: tuple[Callable[[Sources], list[str]], ...] = (
    unknown_modules, upward_imports, sideways_imports, exporter_imports, import_cycles, misplaced_libraries, long_modules,
    vague_names, bare_functions,
)  # fmt: skip


# --- the package keeps them


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule: Callable[[Sources], list[str]]) -> None:
    assert rule(sources()) == []


def test_every_data_file_is_read_by_some_module() -> None:
    data = PACKAGE / "data"
    names = [path.relative_to(data).as_posix() for path in sorted(data.rglob("*")) if path.is_file()]
    assert "words.txt" in names
    assert unread_data(sources(), names) == []


# --- and each rule bites

PLANTED: list[tuple[Callable[[Sources], list[str]], str, str]] = [
    (unknown_modules, "novelty", ""),
    (upward_imports, "model", "from newsgraph.cli.app import main"),
    (upward_imports, "graph", "def f():\n    import newsgraph.export.turtle"),
    (upward_imports, "ingest.folder", "from newsgraph import build"),
    (upward_imports, "score.card", "from newsgraph import NewsGraph"),
    (sideways_imports, "extract.money", "from newsgraph.ingest import read"),
    (sideways_imports, "resolve.companies", "def f():\n    from newsgraph import extract"),
    (exporter_imports, "export.gexf", "from newsgraph.export.turtle import write_turtle"),
    (exporter_imports, "export.gexf", "from newsgraph.export import turtle"),
    (import_cycles, "errors", "from newsgraph.core.model import Article"),
    (misplaced_libraries, "extract.money", "import polars as pl"),
    (misplaced_libraries, "export.turtle", "def f():\n    from rich.table import Table"),
    (misplaced_libraries, "ingest.folder", "import requests"),
    (long_modules, "model", "\n" * (MOST_LINES + 1)),
    (vague_names, "export.rdf_utils", ""),
    (vague_names, "helpers.money", ""),
    (bare_functions, "money", "def public(): pass"),
    (bare_functions, "money", "class Money:\n    '''M.'''\n    def public(self): pass"),
]


@pytest.mark.parametrize(("rule", "module", "text"), PLANTED, ids=lambda value: getattr(value, "__name__", None))
def test_a_planted_breach_is_caught(rule: Callable[[Sources], list[str]], module: str, text: str) -> None:
    rest = {
        "model": "import newsgraph.core.errors", "errors": "", "build": "", "extract.__init__": "", "__init__": "", "export.turtle": "",
        "export.__init__": "_from('turtle', 'write_turtle')",
    }  # fmt: skip
    assert rule(rest) == []
    assert [breach for breach in rule(rest | {module: text}) if module in breach] != []


def test_data_that_nobody_reads_is_caught() -> None:
    package = {"lexicon": "_table('companies.csv')\nFOLDER = files('newsgraph') / 'data' / 'queries'"}
    assert unread_data(package, ["companies.csv", "queries/q01.rq", "places.csv"]) == ["places.csv"]


# --- style and types


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_the_checker_finds_nothing(command: str) -> None:
    result = subprocess.run([sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
