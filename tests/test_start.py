"""What is loaded at the start: modules by their names, so that no command waits for what it does not use."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from build_inputs import documents
from newsgraph.core.errors import MissingExtraError
from newsgraph.shacl.validation import check_rdf

READERS = {"newsgraph.extract", "newsgraph.resolve", "newsgraph.ingest.archives", "newsgraph.pipeline.graph_build"}
HEAVY = {"numpy", "onnxruntime", "networkx", "rdflib", "pyoxigraph", "pyvis", "pandas", "pyarrow", "pyshacl", "yaml"}
ALL = READERS | HEAVY | {"polars", "rich"}


def loaded(code: str) -> set[str]:
    """Run Python and return the names of the modules that it has loaded at its end."""
    whole = f"import json, sys\n{code}\nprint(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", whole], check=True, capture_output=True, text=True)
    return set(json.loads(result.stdout.splitlines()[-1]))


def run(*arguments: object) -> str:
    """Return code that runs a command of the command line and goes on."""
    return (
        f"from newsgraph.cli.app import main\nsys.argv = {['newsgraph', *map(str, arguments)]!r}\ntry:\n main()\nexcept SystemExit:\n pass"
    )


@pytest.mark.parametrize("code", ["import newsgraph", "import newsgraph.cli.app", run("--help")])
def test_the_package_and_its_help_load_nothing_heavy(code: str) -> None:
    assert loaded(code) & ALL == set()


def test_a_build_of_known_inputs_loads_tables_and_nothing_that_reads_or_resolves(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(3))
    settled = "import newsgraph.storage.file_states as states\nstates.SETTLING = -10**18"
    command = run("build", folder, "-o", tmp_path / "out", "--extractor", "rules", "--quiet")
    first, again = loaded(f"{settled}\n{command}"), loaded(f"{settled}\n{command}")

    assert first > READERS
    assert again & (READERS | HEAVY) == set()


def test_a_build_by_rules_into_tables_loads_no_model_and_no_drawing(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", range(3))
    command = run("build", folder, "-o", tmp_path / "out", "--extractor", "rules", "--format", "turtle", "--quiet")

    assert loaded(command) & {"onnxruntime", "networkx", "pyoxigraph", "pyvis", "pandas", "pyarrow", "pyshacl"} == set()


def without(package: str, code: str) -> str:
    """Run Python as if a package were not installed, and return what it prints last."""
    whole = f"import sys\nsys.modules[{package!r}] = None\n{code}"
    result = subprocess.run([sys.executable, "-c", whole], check=False, capture_output=True, text=True)
    return (result.stderr or result.stdout).splitlines()[-1]


def test_a_pack_without_pyarrow_is_answered_with_the_command_that_brings_it(tmp_path: Path) -> None:
    documents(tmp_path / "in", range(3))
    (tmp_path / "pack.csv").write_text("name\nSanofi\n", encoding="utf-8")
    said = "packs of company identifiers: needs the package pyarrow. Install it with: pip install 'newsgraph[arrow]'"

    assert said in without("pyarrow", run("pack", tmp_path / "new.csv", "--own", tmp_path / "pack.csv"))
    build = run("build", tmp_path / "in", "-o", tmp_path / "out", "--pack", tmp_path / "pack.csv", "--extractor", "rules", "--quiet")
    assert said in without("pyarrow", build)


def test_a_check_that_needs_pyshacl_is_answered_with_the_command_that_brings_it(monkeypatch: pytest.MonkeyPatch) -> None:
    rdflib = pytest.importorskip("rdflib")
    monkeypatch.setitem(sys.modules, "pyshacl", None)

    with pytest.raises(MissingExtraError, match=r"needs the package pyshacl\. Install it with: pip install 'newsgraph\[check\]'"):
        check_rdf(rdflib.Graph())
