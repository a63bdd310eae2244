"""An output that nothing would change is left as it is, and whatever would change it makes it anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from build_inputs import add, change, delete, documents, rename, rule
from newsgraph.api import load
from newsgraph.pipeline.folder_build import FolderBuilt, build_into
from newsgraph.pipeline.graph_build import BuildOptions
from newsgraph.storage.code_digest import program_digest

FORMATS = ("turtle", "graphml")


def built(folder: Path, output: Path, formats: tuple[str, ...] = FORMATS, **options: Any) -> FolderBuilt:  # noqa: ANN401 - fields of BuildOptions
    """Build by rules into a folder."""
    return build_into(output, [folder], BuildOptions(extractor="rules", new_iris=True, **options), formats)


def content(output: Path) -> dict[str, bytes]:
    """Give what a build left for others: all but what is hidden."""
    paths = [path for path in sorted(output.rglob("*")) if path.is_file()]
    return {
        path.relative_to(output).as_posix(): path.read_bytes() for path in paths if not path.relative_to(output).parts[0].startswith(".")
    }


def times(output: Path) -> dict[str, int]:
    return {name: (output / name).stat().st_mtime_ns for name in content(output)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return documents(tmp_path / "in", range(6))


def test_where_nothing_changed_nothing_is_written_and_all_is_told(tmp_path: Path, folder: Path) -> None:
    first = built(folder, tmp_path / "out")
    before = times(tmp_path / "out")
    again = built(folder, tmp_path / "out")

    assert again.built.unchanged
    assert times(tmp_path / "out") == before
    assert again.files == first.files
    assert (again.built.documents, again.built.read) == (6, 0)
    assert all(again.built.tables[name].equals(first.built.tables[name]) for name in first.built.tables.tables)


@pytest.mark.parametrize(
    "step", [add, change, delete, rename, rule], ids=["a new document", "a changed one", "one gone", "one moved", "a decision and a list"]
)
def test_whatever_changes_makes_it_anew(tmp_path: Path, folder: Path, step: Callable[[Path, int], None]) -> None:
    built(folder, tmp_path / "out")
    step(folder, 7 if step is add else 1)
    again = built(folder, tmp_path / "out")
    built(folder, tmp_path / "other")

    assert not again.built.unchanged
    assert content(tmp_path / "out") == content(tmp_path / "other")


@pytest.mark.parametrize(
    "options",
    [{"base": "https://other.example/"}, {"as_of": date(2024, 5, 3)}, {"threshold": 0.7}, {"fresh": True}],
)
def test_another_option_makes_it_anew(tmp_path: Path, folder: Path, options: dict[str, Any]) -> None:
    built(folder, tmp_path / "out")
    again = built(folder, tmp_path / "out", **options)
    built(folder, tmp_path / "other", **options)

    assert not again.built.unchanged
    assert content(tmp_path / "out") == content(tmp_path / "other")


def test_another_format_makes_it_anew_and_fewer_do_not(tmp_path: Path, folder: Path) -> None:
    built(folder, tmp_path / "out")
    more = built(folder, tmp_path / "out", formats=("gexf",))
    assert not more.built.unchanged
    assert (tmp_path / "out" / "graph.gexf").is_file()
    fewer = built(folder, tmp_path / "out", formats=("turtle",))
    assert fewer.built.unchanged
    assert (tmp_path / "out" / "graph.gexf") in fewer.files


@pytest.mark.parametrize("file", ["graph.ttl", "tables/articles.parquet", "iris.csv", ".newsgraph/build.json", ".newsgraph/standing.json"])
@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(path.read_bytes() + b"\n")], ids=["gone", "changed"])
def test_a_file_that_is_not_as_it_was_is_made_anew(tmp_path: Path, folder: Path, file: str, spoil: Callable[[Path], object]) -> None:
    built(folder, tmp_path / "out")
    before = content(tmp_path / "out")
    spoil(tmp_path / "out" / file)
    again = built(folder, tmp_path / "out")

    assert again.built.unchanged == (file.endswith("standing.json") and (spoil is not Path.unlink))  # white space says nothing
    assert content(tmp_path / "out") == before


@pytest.mark.parametrize("strange", [b"", b"[]", b"\xff", b'{"fingerprint": "", "manifest": "", "files": {}}', b'{"fingerprint": 1}'])
def test_a_strange_note_is_not_believed(tmp_path: Path, folder: Path, strange: bytes) -> None:
    built(folder, tmp_path / "out")
    (tmp_path / "out/.newsgraph/standing.json").write_bytes(strange)

    assert not built(folder, tmp_path / "out").built.unchanged
    assert built(folder, tmp_path / "out").built.unchanged


def test_another_program_makes_it_anew(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    built(folder, tmp_path / "out")
    monkeypatch.setattr(import_module("newsgraph.pipeline.graph_build"), "program_digest", lambda: f"not {program_digest()}")

    assert not built(folder, tmp_path / "out").built.unchanged


def test_what_was_kept_for_questions_stays(tmp_path: Path, folder: Path) -> None:
    built(folder, tmp_path / "out")
    load(tmp_path / "out").query("decisions")
    kept = list((tmp_path / "out/.newsgraph/store").rglob("*.arrow"))
    built(folder, tmp_path / "out")

    assert kept
    assert all(path.exists() for path in kept)
