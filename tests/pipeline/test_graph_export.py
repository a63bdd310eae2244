"""A graph that exists is exported from its tables, and no file is left that describes another graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from folders import titled
from newsgraph.cli.app import main
from newsgraph.core.errors import InputError
from newsgraph.export import FORMAT_FILES
from newsgraph.export.parquet import read_tables
from newsgraph.pipeline.graph_export import export_into
from output_files import files


def _build(folder: Path, *options: str) -> Result:
    command = ["build", str(folder / "in"), "-o", str(folder / "out"), "--extractor", "rules", "-q", *options]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Build a small graph and remove its documents."""
    titled(tmp_path / "in", a="Sanofi buys Owkin")
    _build(tmp_path, "-f", "turtle")
    return tmp_path


def test_export_adds_formats_to_a_folder_and_the_build_is_still_up_to_date(built: Path) -> None:
    before = files(built / "out")
    result = CliRunner().invoke(main, ["export", str(built / "out"), "-f", "csv,ftm"])
    assert result.exit_code == 0, result.output
    assert str(built / "out" / "entities.ftm.json") in result.output.splitlines()
    assert {name: files(built / "out")[name] for name in before if not name.startswith(".newsgraph")} == {
        name: content for name, content in before.items() if not name.startswith(".newsgraph")
    }
    times = {path: path.stat().st_mtime_ns for path in (built / "out").glob("[a-z]*.*")}
    _build(built, "-f", "turtle")
    assert {path: path.stat().st_mtime_ns for path in (built / "out").glob("[a-z]*.*")} == times
    assert CliRunner().invoke(main, ["verify", str(built / "out"), "-q"]).exit_code == 0


def test_a_build_of_one_format_keeps_the_others_true(built: Path) -> None:
    titled(built / "in", b="Fennimore acquires Brightmoor")
    _build(built, "-f", "csv")
    assert "Brightmoor" in (built / "out" / "graph.ttl").read_text("utf-8")
    titled(built / "fresh" / "in", a="Sanofi buys Owkin", b="Fennimore acquires Brightmoor")
    _build(built / "fresh", "-f", "csv,turtle")
    assert (built / "out" / "graph.ttl").read_bytes() == (built / "fresh" / "out" / "graph.ttl").read_bytes()


def test_another_folder_says_which_graph_its_files_describe(built: Path) -> None:
    there = built / "there"
    export_into(built / "out", ["ftm"], there)
    assert json.loads((there / "export.json").read_text("utf-8"))["formats"] == ["ftm"]
    first = (there / "entities.ftm.json").read_bytes()
    titled(built / "in", b="Fennimore acquires Brightmoor")
    _build(built)
    written = export_into(built / "out", ["turtle"], there)
    assert [path.name for path in written.files] == ["entities.ftm.json", "graph.ttl"]
    assert (there / "entities.ftm.json").read_bytes() != first
    assert sorted(path.name for path in there.iterdir() if path.is_file()) == ["entities.ftm.json", "export.json", "graph.ttl"]


def test_another_folder_may_be_without_texts(built: Path) -> None:
    export_into(built / "out", ["parquet"], built / "there", text=False)
    assert read_tables(built / "there")["articles"]["text"].null_count() == 1
    with pytest.raises(InputError, match="has files with the texts"):
        export_into(built / "out", ["csv"], text=False)


def test_a_folder_with_another_graph_is_refused(built: Path) -> None:
    titled(built / "other" / "in", a="Sanofi buys Owkin")
    _build(built / "other")
    before = files(built / "other" / "out")
    with pytest.raises(InputError, match="holds another graph"):
        export_into(built / "out", ["csv"], built / "other" / "out")
    assert files(built / "other" / "out") == before


@pytest.mark.parametrize("content", ["", "{", '{"formats": 3}'])
def test_an_unreadable_record_of_an_export_is_refused(built: Path, content: str) -> None:
    (built / "there").mkdir()
    (built / "there" / "export.json").write_text(content, "utf-8")
    with pytest.raises(InputError, match=r"export\.json: cannot be read"):
        export_into(built / "out", ["csv"], built / "there")


def test_a_folder_without_a_graph_and_an_unknown_format_are_refused(built: Path) -> None:
    with pytest.raises(InputError, match="contains no newsgraph graph"):
        export_into(built / "in", ["csv"])
    with pytest.raises(InputError, match="format docx: is not known"):
        export_into(built / "out", ["docx"])
    assert set(FORMAT_FILES) >= {"ftm", "neo4j"}
