"""The shape of the code: which rooms and libraries each room may import, and what modules and classes are called.

Every rule is a function from sources (module name -> text) to breaches, so that a planted breach shows that the rule bites.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator

import pytest

from source_tree import PACKAGE, ROOT, Sources, imports, room, sources

# What each room may import: rooms below it, then libraries. The order is that of the floors; no room imports one of a later line.
ROOMS: dict[str, tuple[str, str]] = {
    "core": ("", "polars"),
    "storage": ("core", "filelock fsspec"),
    "executor": ("core", "distributed"),
    "bulletin": ("", ""),
    "identifiers": ("core", "polars pyarrow"),
    "ingest": ("core", "brotli docx lxml py3langid pyarrow pypdf striprtf trafilatura warcio yaml"),
    "extract": ("core", "numpy onnxruntime spacy yaml"),
    "decisions": ("core ingest", ""),
    "resolve": ("core decisions", "msgspec numpy"),
    "extraction_cache": ("core storage executor ingest extract resolve", "msgspec"),
    "provenance": ("core decisions resolve", "polars"),
    "rdf": ("core executor provenance", "polars rdflib"),
    "query": ("core storage executor resolve rdf", "polars pyarrow pyoxigraph duckdb"),
    "retrieval": ("core storage", "numpy polars"),
    "shacl": ("core rdf query", "polars pyshacl rdflib"),
    "diff": ("core bulletin rdf", "polars"),
    "review": ("core decisions provenance", ""),
    "explorer": ("core resolve rdf query", "anywidget networkit networkx numpy polars traitlets"),
    "export": ("core storage decisions rdf explorer", "networkx polars pyvis"),
    "share": ("core storage rdf export", "polars"),
    "site": ("core storage bulletin", "polars"),
    "analytics": ("core explorer", "networkit networkx numpy polars"),
    "report": ("core explorer analytics", "polars"),
    "score": ("core extract", "numpy polars"),
    "annotate": ("core ingest extract score", ""),
    "history": ("core diff export", "msgspec"),
    "brief": ("core storage bulletin query history", "polars"),
    "pipeline": ("core storage executor identifiers ingest extract decisions resolve extraction_cache export history", "msgspec polars"),
    "api": (
        "core storage provenance bulletin rdf query retrieval shacl diff explorer export share site analytics history brief pipeline",
        "networkx polars pyvis rdflib",
    ),
    "server": ("core storage provenance rdf query retrieval diff explorer export", "anyio h11 polars rdflib starlette uvicorn"),
    "mcp_server": ("core storage provenance query retrieval export server", "mcp mcp_types polars pydantic uvicorn"),
    "cli": (
        "core storage executor identifiers extract decisions provenance bulletin query retrieval shacl diff review export report share site score annotate history brief pipeline server mcp_server __init__",
        "click polars rich",
    ),
    "__init__": ("core provenance shacl analytics pipeline api", ""),
    "__main__": ("cli", ""),
}
# Libraries that only these modules may import, because they are heavy, or because one place decides how they are used.
DOORS = {
    "pyoxigraph": "query.sparql query.triple_store query.answer_columns query.answer_syntax query.engine_worker query.select_reader",
    "mcp": "mcp_server.tool_server",
    "onnxruntime": "extract.models.tagger",
    "duckdb": "query.sql_worker",
    "pyshacl": "shacl.validation",
    "pyarrow": "identifiers.arrow_library ingest.dialects.binary_table query.sql_worker",
    "pyvis": "export.pyvis_page api.news_graph",
    "fsspec": "storage.object_store",
    "filelock": "storage.folder_lock storage.scratch_folder",
    "starlette": "server.application",
    "anyio": "server.application",
    "uvicorn": "server.listening server.client_pace mcp_server.tool_server",
    "lxml": "ingest.web_pages.html_tree",
    "docx": "ingest.documents.word_document",
    "pypdf": "ingest.documents.pdf_text",
    "striprtf": "ingest.documents.rich_text",
    "trafilatura": "ingest.web_pages.page_body",
    "py3langid": "ingest.text_language",
    "brotli": "ingest.web_pages.brotli_content",
    "warcio": "ingest.web_pages.archived_pages",
    "yaml": "ingest.yaml_tree extract.text.word_lists",
}
VAGUE = frozenset(
    {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "tools", "one", "found", "told", "kept", "here"}
)
MOST_LINES = 300


# --- the rules


def unknown_rooms(package: Sources) -> list[str]:
    """Find modules that lie in no room."""
    return [f"{module} lies in no room" for module in package if room(module) not in ROOMS]


def unplanned_arrows(package: Sources) -> list[str]:
    """Find imports of rooms that a room may not import."""
    arrows = [one for one in imports(package) if one.ours and room(one.module) != room(one.target)]
    return [str(one) for one in arrows if not one.typing_only and room(one.target) not in _rooms(room(one.module))]


def _rooms(name: str) -> list[str]:
    return ROOMS.get(name, ("", ""))[0].split()


def circles_of_rooms(_package: Sources) -> list[str]:
    """Find rooms of the plan that may import a room on a later line."""
    order = list(ROOMS)
    return [
        f"{name} lies below {other}"
        for name in order
        for other in _rooms(name)
        if other != "__init__" and order.index(other) > order.index(name)
    ]


def misplaced_libraries(package: Sources) -> list[str]:
    """Find libraries outside the rooms and the doors that they belong to."""
    outside = [one for one in imports(package) if not one.ours and not one.typing_only and one.target not in sys.stdlib_module_names]
    return [
        str(one)
        for one in outside
        if one.target not in ROOMS.get(room(one.module), ("", ""))[1].split() or one.module not in DOORS.get(one.target, one.module).split()
    ]


def exporter_imports(package: Sources) -> list[str]:
    """Find modules that import an exporter from beside it; what several exporters share is no exporter."""
    calls = [node for node in ast.walk(ast.parse(package["export.__init__"])) if isinstance(node, ast.Call) and node.args]
    exporters = {f"export.{ast.literal_eval(call.args[0])}" for call in calls if ast.unparse(call.func) == "_exporter"}
    inside = [one for one in imports(package) if one.ours and room(one.module) == "export" and one.module != "export.__init__"]
    return [str(one) for one in inside if one.target in exporters]


def import_cycles(package: Sources) -> list[str]:
    """Find modules that import themselves, however far round."""
    edges: dict[str, set[str]] = {module: set() for module in package}
    for one in imports(package):
        if one.ours and not one.typing_only:
            edges[one.module].add(one.target if one.target in package else f"{one.target}.__init__")
    reach = {module: set(targets) for module, targets in edges.items()}
    for _ in edges:
        reach = {module: targets.union(*(edges.get(target, set()) for target in targets)) for module, targets in reach.items()}
    return [f"{module} imports itself" for module, targets in reach.items() if module in targets]


def long_modules(package: Sources) -> list[str]:
    """Find modules that hold more than one noun can name."""
    return [f"{module} has {text.count(chr(10))} lines" for module, text in package.items() if text.count("\n") > MOST_LINES]


def vague_names(package: Sources) -> list[str]:
    """Find modules whose name says nothing."""
    return [f"{module} says nothing" for module in package if VAGUE & set(module.replace("_", ".").split("."))]


def modules_of_one_name(package: Sources) -> list[str]:
    """Find modules that share their name."""
    modules = defaultdict(list)
    for module in package:
        if not module.endswith("__init__"):
            modules[module.rpartition(".")[2]].append(module)
    return [f"{' and '.join(same)} share a name" for same in modules.values() if len(same) > 1]


def classes_of_one_name(package: Sources) -> list[str]:
    """Find public classes that share their name."""
    classes = defaultdict(list)
    for module, text in package.items():
        for node in ast.parse(text).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                classes[node.name].append(f"{module}.{node.name}")
    return [f"{' and '.join(same)} share a name" for same in classes.values() if len(same) > 1]


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
    unknown_rooms, unplanned_arrows, circles_of_rooms, misplaced_libraries, exporter_imports, import_cycles, long_modules, vague_names,
    modules_of_one_name, classes_of_one_name, bare_functions,
)  # fmt: skip


# --- the package keeps them


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_package_keeps_the_rule(rule: Callable[[Sources], list[str]]) -> None:
    assert rule(sources()) == []


def test_the_plan_names_no_arrow_that_nobody_uses() -> None:
    used = {(room(one.module), room(one.target) if one.ours else one.target) for one in imports(sources())}
    planned = {(name, other) for name, (rooms, libraries) in ROOMS.items() for other in (*rooms.split(), *libraries.split())}
    assert sorted(planned - used) == []


def test_the_top_level_holds_rooms_and_the_interface_only() -> None:
    assert sorted(path.name for path in PACKAGE.glob("*.py")) == ["__init__.py", "__main__.py"]


def test_every_room_says_what_it_is_for() -> None:
    package = sources()
    assert [name for name in package if name.endswith(".__init__") and not ast.get_docstring(ast.parse(package[name]))] == []


def test_every_data_file_is_read_by_some_module() -> None:
    data = PACKAGE / "data"
    names = [path.relative_to(data).as_posix() for path in sorted(data.rglob("*")) if path.is_file()]
    assert "words.txt" in names
    assert unread_data(sources(), names) == []


# --- and each rule bites

PLANTED: list[tuple[Callable[[Sources], list[str]], str, str]] = [
    (unknown_rooms, "novelty", ""),
    (unplanned_arrows, "core.model", "from newsgraph.cli.app import main"),
    (unplanned_arrows, "core.model", "def f():\n    import newsgraph.export.turtle"),
    (unplanned_arrows, "extract.money", "from newsgraph.ingest import read"),
    (unplanned_arrows, "query.sparql", "from newsgraph.export.turtle import write_turtle"),
    (unplanned_arrows, "score.metrics", "from newsgraph import NewsGraph"),
    (exporter_imports, "export.gexf", "from newsgraph.export.turtle import write_turtle"),
    (exporter_imports, "export.gexf", "from newsgraph.export import turtle"),
    (import_cycles, "core.errors", "from newsgraph.core.model import Article"),
    (misplaced_libraries, "extract.money", "import polars as pl"),
    (misplaced_libraries, "query.columnwise.variables", "import pyoxigraph"),
    (misplaced_libraries, "export.turtle", "def f():\n    from rich.table import Table"),
    (misplaced_libraries, "ingest.folder", "import requests"),
    (long_modules, "core.model", "\n" * (MOST_LINES + 1)),
    (vague_names, "export.rdf_utils", ""),
    (vague_names, "core.helpers", ""),
    (modules_of_one_name, "score.turtle", ""),
    (classes_of_one_name, "score.mark", "class Mark:\n    '''M.'''\n"),
    (bare_functions, "money", "def public(): pass"),
    (bare_functions, "money", "class Money:\n    '''M.'''\n    def public(self): pass"),
]


@pytest.mark.parametrize(("rule", "module", "text"), PLANTED, ids=lambda value: getattr(value, "__name__", None))
def test_a_planted_breach_is_caught(rule: Callable[[Sources], list[str]], module: str, text: str) -> None:
    rest = {
        "core.model": "import newsgraph.core.errors", "core.errors": "", "extract.__init__": "", "export.turtle": "",
        "core.mark": "class Mark:\n    '''M.'''\n", "export.__init__": "_exporter('turtle', 'write_turtle')",
    }  # fmt: skip
    assert rule(rest) == []
    assert [breach for breach in rule(rest | {module: text}) if module in breach] != []


def test_a_circle_of_rooms_in_the_plan_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ROOMS, "core", ("cli", ""))
    assert circles_of_rooms({}) == ["core lies below cli"]


def test_data_that_nobody_reads_is_caught() -> None:
    package = {"core.lexicon": "_table('companies.csv')\nFOLDER = files('newsgraph') / 'data' / 'queries'"}
    assert unread_data(package, ["companies.csv", "queries/q01.rq", "places.csv"]) == ["places.csv"]


# --- style and types


@pytest.mark.parametrize("command", ["ruff check", "ruff format --check", "mypy"])
def test_the_checker_finds_nothing(command: str) -> None:
    pytest.importorskip(command.split(maxsplit=1)[0], reason="install requirements-dev.txt")
    result = subprocess.run([sys.executable, "-m", *command.split()], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
