"""The examples in the docstrings of the public interface run, offline and over the seed, and print what they show."""

from __future__ import annotations

import doctest
import inspect
import io
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import newsgraph
from conftest import ROOT
from newsgraph.core.graph_tables import GraphTables

FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
# Libraries of the notebook's viewer warn of what is not ours.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def documented() -> Iterator[tuple[str, str]]:
    """Yield the public names, and the methods of the classes of the interface, with their docstrings."""
    for name in newsgraph.__all__:
        if name == "__version__":
            continue
        value = getattr(newsgraph, name)
        yield name, inspect.getdoc(value) or ""
        if value in {newsgraph.NewsGraph, newsgraph.Analytics}:
            own = [cls for cls in value.__mro__ if cls.__module__.startswith(("newsgraph.api.", "newsgraph.analytics."))]
            methods = {
                method: function
                for cls in own
                for method, function in vars(cls).items()
                if inspect.isfunction(function) and method[0] != "_"
            }
            yield from ((f"{name}.{method}", inspect.getdoc(function) or "") for method, function in methods.items())


DOCUMENTED = dict(documented())


def failures(text: str, graph: newsgraph.NewsGraph) -> str:
    """Run the examples of a docstring, and return a report of those that fail."""
    names = {"newsgraph": newsgraph, "kg": graph, "date": date}
    report = io.StringIO()
    runner = doctest.DocTestRunner(optionflags=FLAGS, verbose=False)
    runner.run(doctest.DocTestParser().get_doctest(text, names, "example", None, 0), out=report.write)
    return report.getvalue()


@pytest.mark.parametrize("name", DOCUMENTED)
def test_an_example_prints_what_it_shows(name: str, seed_graph: GraphTables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    assert ">>> " in DOCUMENTED[name]
    assert failures(DOCUMENTED[name], newsgraph.NewsGraph(seed_graph)) == ""


def test_a_wrong_example_is_found(seed_graph: GraphTables) -> None:
    assert "Expected:\n    9" in failures(">>> kg.articles.height\n9\n", newsgraph.NewsGraph(seed_graph))


def test_all_of_the_interface_is_documented() -> None:
    assert len(DOCUMENTED) > 25
