"""Hostile documents, end to end: each is read or named, and what is written can be read by others."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

import newsgraph
from folders import wrong_offsets
from hostile_documents import heavy_documents, light_documents
from newsgraph.cli.app import main
from newsgraph.export import EXPORTERS
from rounds import NIGHTLY

FORMATS = ",".join(name for name in EXPORTERS if name != "html" or NIGHTLY)
SYNTAXES = {
    "graph.ttl": ox.RdfFormat.TURTLE,
    "graph.nt": ox.RdfFormat.N_TRIPLES,
    "graph.nq": ox.RdfFormat.N_QUADS,
    "graph.trig": ox.RdfFormat.TRIG,
}
ASKED = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

# A process that may take only so much; it prints the most memory that it took, in KB. `ru_maxrss` would be that of the tests' own process
# where that is more: Linux hands it on to a child.
_BOUNDED = """
import re, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
from newsgraph.cli.app import main
try:
    main(sys.argv[1:])
finally:
    print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1], file=sys.stderr)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Build all light documents in all formats; returns the output folder and what was printed."""
    home = tmp_path_factory.mktemp("hostile")
    (home / "in").mkdir()
    for name, data in light_documents().items():
        (home / "in" / name).write_bytes(data)
    result = CliRunner().invoke(
        main, ["build", str(home / "in"), "-o", str(home / "out"), "--extractor", "rules", "-v", "-f", FORMATS, "--workers", "1"]
    )
    assert result.exit_code == 1, result.output
    return home / "out", result.output


def test_each_document_is_read_or_named(built: tuple[Path, str]) -> None:
    graph = newsgraph.load(built[0])
    known = {*graph.tables["article_sources"]["source"], *graph.tables["problems"]["source"]}
    assert sorted(name for name in set(light_documents()) - known if name.isprintable()) == []
    assert len(known) == len(light_documents()) > 200  # names that cannot be printed have escapes


def test_nothing_unprintable_comes_to_the_terminal(built: tuple[Path, str]) -> None:
    assert [line for line in built[1].split("\n") if not line.isprintable()] == []
    assert "Traceback" not in built[1]


def test_no_document_runs_anything(built: tuple[Path, str]) -> None:
    assert [path for folder in (built[0], built[0].parent, Path.cwd()) for path in folder.glob("pwned*")] == []


def test_the_graph_keeps_its_shapes_and_offsets(built: tuple[Path, str]) -> None:
    graph = newsgraph.load(built[0])
    assert [finding.line() for finding in graph.check()] == []
    assert wrong_offsets(graph.tables) == []


def test_every_syntax_holds_the_same_statements(built: tuple[Path, str]) -> None:
    read = {name: {quad.triple for quad in ox.parse(path=str(built[0] / name), format=form)} for name, form in SYNTAXES.items()}
    assert {len(triples) for triples in read.values()} == {len(read["graph.ttl"])}
    assert set.union(*read.values()) == read["graph.nt"]
    assert newsgraph.load(built[0]).query(ASKED)["n"].item() >= len(read["graph.nt"])


@pytest.fixture
def long_cells() -> Iterator[None]:
    """Let the csv module read cells of any length, for one test: its limit holds for the whole process."""
    before = csv.field_size_limit(1 << 30)
    yield
    csv.field_size_limit(before)


@pytest.mark.usefixtures("long_cells")
def test_tables_in_csv_have_a_row_each(built: tuple[Path, str]) -> None:
    tables = newsgraph.load(built[0]).tables
    for name in ("articles", "topics", "problems"):
        with (built[0] / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert sum(1 for _ in csv.reader(file)) == tables[name].height + 1


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits of memory differ elsewhere")
@pytest.mark.parametrize("name", heavy_documents() if NIGHTLY else ["cubic sentence", "100,000 topics", "body of 17 MB"])
def test_a_heavy_document_costs_little_and_is_named(name: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for file, data in heavy_documents()[name].items():
        (tmp_path / "in" / file).write_bytes(data)
    command = ["build", "in", "-o", "out", "--extractor", "rules", "--workers", "1", "-f", FORMATS if NIGHTLY else "explorer"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    result = subprocess.run(
        [sys.executable, "-c", _BOUNDED, *command], cwd=tmp_path, capture_output=True, text=True, check=False, env=environment
    )
    assert result.returncode in {0, 1, 2}, result.stderr
    assert "Traceback" not in result.stderr, result.stderr
    *told, memory = result.stderr.splitlines()
    assert int(memory) < 1_000_000, "more than 1 GB"
    if name in {"many lines", "1,000 copies", "list of companies", "one word", "brackets", "quotes", "capitals", "ampersands", "hyphens"}:
        assert result.returncode == 0
    else:
        assert told, "nothing was reported"
    if result.returncode != 2:
        rows = newsgraph.load(tmp_path / "out").query(ASKED)
        assert rows["n"].item() > 0
        assert sum(path.stat().st_size for path in (tmp_path / "out").rglob("*") if path.is_file()) < 300_000_000


def test_the_cases_are_documents_of_their_kind() -> None:
    assert json.loads(light_documents()["amount00.json"])["title"].count("9") == 309
