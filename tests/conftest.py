"""Graphs that many tests look at, built once a session."""

from __future__ import annotations

import compileall
import os
import re
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

# One process of tests a core: threads of the matrix library would only wait for each other, and busily. Before anything loads numpy;
# processes that tests start take it over. What a test sets itself goes before it.
os.environ.setdefault("OMP_NUM_THREADS", "1")

from build_inputs import slow_documents
from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions, build
from output_files import files
from rounds import NIGHTLY

if TYPE_CHECKING:
    from served_site import Site

# How long an example takes depends on what else the machine does, so no test waits for a clock. By day examples are the same at each run,
# so that a change is told apart from bad luck; at night they are drawn anew.
settings.register_profile("newsgraph", deadline=None, derandomize=not NIGHTLY)
settings.load_profile("newsgraph")

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """Compile the package once, as some hundred processes that tests start load it, also where Python is told to write no bytecode."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(ROOT / "src" / "newsgraph", quiet=2)


# Imports of test modules that `pip install '.[test]'` does not bring, with the package that is needed.
_BEYOND_TEST = {
    "playwright": "playwright",
    "chromium": "playwright",
    "explorer_page": "playwright",
    "httpx2": "mcp",
    "mcp": "mcp",
    "nbclient": "nbclient",
    "nbformat": "nbformat",
    "SPARQLWrapper": "SPARQLWrapper",
    "schemathesis": "schemathesis",
    "served_site": "uvicorn",
    "packs": "pyarrow",
    "pyarrow": "pyarrow",
    "pyshacl": "pyshacl",
}


class _MissingPackage(pytest.Module):
    """A test module that is skipped, with a reason, because a package that it imports is not installed."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        """Skip the module."""
        pytest.skip(f"needs {', '.join(_missing(self.path))}: install requirements-dev.txt")


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> pytest.Module | None:
    """Skip modules that import what is not installed."""
    return _MissingPackage.from_parent(parent, path=module_path) if _missing(module_path) else None


def _missing(path: Path) -> list[str]:
    imported = set(re.findall(r"^(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    return sorted({package for name, package in _BEYOND_TEST.items() if name in imported and find_spec(package) is None})


def shared(part: str) -> Path:
    """Give a folder of third parties' texts, which lie beside the project, or skip the test."""
    folder = SHARED / part
    if not folder.is_dir():
        pytest.skip(f"the folder shared/{part} with third parties' texts is not beside the project")
    return folder


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> BuildOptions:
    """Return options with which builds of one session read the same documents once, as the best extractor takes its time."""
    return BuildOptions(cache=tmp_path_factory.mktemp("read_once"))


@pytest.fixture(scope="session")
def seed_graph(read_once: BuildOptions) -> GraphTables:
    """Give the graph of the seed."""
    return build([ROOT / "seeds"], read_once)


@pytest.fixture(scope="session")
def news_graph(read_once: BuildOptions) -> GraphTables:
    """Give the graph of the news corpus."""
    return build([shared("corpus/news")], read_once)


@pytest.fixture(scope="session")
def powerapps_graph(read_once: BuildOptions) -> GraphTables:
    """Give the graph of the Power Apps corpus."""
    return build([shared("corpus/powerapps")], read_once)


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files of a build that nothing disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    build_into(folder / "out", [slow_documents(folder / "in")], BuildOptions(extractor="rules"), ["turtle"])
    return files(folder / "out")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Serve the example news, with the address of the server as the base of its IRIs."""
    from served_site import free_port, served_site  # noqa: PLC0415 - an extra

    port = free_port()
    folder = tmp_path_factory.mktemp("served") / "output"
    options = BuildOptions(base=f"http://127.0.0.1:{port}/id/", companies=ROOT / "examples" / "companies.csv")
    build_into(folder, [ROOT / "examples" / "news"], options, ["turtle", "nquads", "explorer"])
    with served_site(folder, port=port) as served:
        yield served


@pytest.fixture(scope="session")
def site_output(site: Site) -> Path:
    """Return the folder of the graph that is served."""
    return site.graph.folder
