"""What the package ships of the viewer is what its source gives; no Node.js is needed to install or to run newsgraph."""

from __future__ import annotations

import gzip
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
VIEWER = ROOT / "viewer"
SHIPPED = ROOT / "src" / "newsgraph" / "data" / "explorer"
WHOLE_MOST = 88_600  # bytes of the whole viewer's script, gzipped, as notebooks have it: no more than now
BUDGET = 75_000  # bytes that the script may have, gzipped, without the views that are unpacked when they are opened


def _node() -> str:
    node = shutil.which("node")
    if node is None or not (VIEWER / "node_modules" / "esbuild").is_dir():
        pytest.skip("no Node.js, or no packages: npm ci --ignore-scripts in viewer/")
    return node


def _run(*command: str) -> str:
    """Run a tool of the viewer with Node.js; return "" if it succeeds, and else what it says."""
    node = _node()
    if not (VIEWER / command[0]).exists():
        pytest.skip(f"{command[0]} is not installed: npm ci --ignore-scripts in viewer/")
    done = subprocess.run([node, *command], cwd=VIEWER, capture_output=True, text=True, check=False)
    return f"{done.stdout}{done.stderr}" if done.returncode else ""


def _content(path: Path) -> bytes:
    """Give a file's bytes; those inside of a packed one, as libraries pack differently."""
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def test_the_shipped_viewer_is_a_fresh_build_of_its_source(tmp_path: Path) -> None:
    subprocess.run([_node(), "build.mjs", str(tmp_path)], cwd=VIEWER, check=True)
    built, shipped = ({path.name: _content(path) for path in folder.iterdir()} for folder in (tmp_path, SHIPPED))
    assert sorted(built) == sorted(shipped)
    assert [name for name, content in built.items() if shipped[name] != content] == []


def test_names_that_the_build_shortens_are_the_script_s_own() -> None:
    """Names of the page's data and names within strings would no longer be what they stand for."""
    listed = (VIEWER / "build.mjs").read_text("utf-8").partition("const own = [")[2].partition("];")[0]
    own = re.findall(r'"(\w+)"', listed)
    sources = {path: path.read_text("utf-8") for path in (VIEWER / "src").rglob("*.ts")}
    data = re.sub(r"/\*.*?\*/", "", sources[VIEWER / "src" / "data" / "payload.ts"], flags=re.DOTALL)
    assert own
    assert own == sorted(set(own))
    assert [name for name in own if re.search(rf"\b{name}\b", data)] == []
    assert [(name, path.name) for name in own for path, text in sources.items() if re.search(rf"[\"']{name}[\"']", text)] == []


def test_the_source_has_no_type_errors() -> None:
    assert _run("node_modules/typescript/bin/tsc", "--noEmit") == ""


def test_the_linter_finds_nothing() -> None:
    assert _run("node_modules/@biomejs/biome/bin/biome", "lint", "--error-on-warnings") == ""


def test_the_unit_tests_of_the_viewer_pass() -> None:
    assert _run("test.mjs") == ""


def _packed(name: str) -> int:
    """Return the size of a script, gzipped."""
    return len(gzip.compress((SHIPPED / name).read_bytes(), mtime=0))


def test_the_whole_script_stays_small() -> None:
    assert _packed("widget.js") <= WHOLE_MOST


def test_the_licences_of_what_is_shipped_are_shipped() -> None:
    licences = (SHIPPED / "THIRD_PARTY_LICENSES").read_text("utf-8")
    assert "oxigraph" in licences
    assert "Apache License" in licences


def test_the_script_that_a_page_runs_when_it_opens_keeps_its_budget() -> None:
    assert _packed("explorer.js") <= BUDGET


def test_both_parts_of_the_page_are_little_more_than_the_script_in_one_piece() -> None:
    """What both parts need is in the first only."""
    assert _packed("explorer.js") + _packed("views.js") <= 1.03 * _packed("widget.js")
    assert len((SHIPPED / "views.js").read_bytes()) > 50_000
