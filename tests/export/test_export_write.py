"""Writing is whole or not at all, and equal graphs are equal files."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from folders import titled
from newsgraph.cli.app import main
from newsgraph.core.errors import ExportError, InputError
from newsgraph.core.graph_tables import SCHEMAS, GraphTables, make_tables
from newsgraph.export import DEFAULT_FORMATS, EXPORTERS, FORMAT_FILES, write
from newsgraph.export.shared_work import SharedWork
from sample import sample_graph


def _bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_two_writes_of_one_graph_are_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(sample_graph(), tmp_path / name, EXPORTERS)
    first, second = _bytes(tmp_path / "one"), _bytes(tmp_path / "two")
    assert [name for name in first if first[name] != second[name]] == []
    assert len(first) > 2 * len(SCHEMAS)


def test_rows_in_another_order_give_the_same_bytes(tmp_path: Path) -> None:
    graph = sample_graph()
    write(graph, tmp_path / "one", EXPORTERS)
    write(make_tables({name: table.reverse() for name, table in graph.tables.items()}), tmp_path / "two", EXPORTERS)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")


def test_write_gives_the_files_it_wrote_and_leaves_nothing_else(tmp_path: Path) -> None:
    paths = write(sample_graph(), tmp_path, EXPORTERS)
    assert list(paths) == sorted(path for path in tmp_path.rglob("*") if path.is_file())


def test_parquet_and_the_iris_are_written_always(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path, [])
    assert set(_bytes(tmp_path)) == {"iris.csv", "tables/manifest.json", *(f"tables/{name}.parquet" for name in SCHEMAS)}


@pytest.mark.parametrize("name", EXPORTERS)
def test_a_format_makes_the_files_that_are_listed_for_it(name: str, tmp_path: Path) -> None:
    made = EXPORTERS[name](sample_graph(), tmp_path)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in made) == sorted(FORMAT_FILES[name])


def test_formats_that_a_folder_has_are_written_anew_with_another_graph(tmp_path: Path, seed_graph: GraphTables) -> None:
    write(sample_graph(), tmp_path / "out", EXPORTERS)
    write(seed_graph, tmp_path / "out", ["turtle"])
    write(seed_graph, tmp_path / "fresh", EXPORTERS)
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "fresh")


def test_a_format_whose_files_were_removed_is_not_written_again(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path, ["turtle", "gexf"])
    (tmp_path / "graph.gexf").unlink()
    write(sample_graph(), tmp_path, ["turtle"])
    assert {path.name for path in tmp_path.iterdir()} == {"graph.ttl", "iris.csv", "tables"}


def test_files_that_newsgraph_does_not_write_stay(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path, ["csv"])
    mine = [tmp_path / "notes.md", tmp_path / "csv" / "mine.csv", tmp_path / "tables" / "mine.parquet"]
    for path in mine:
        path.write_text("mine", "utf-8")
    write(sample_graph(), tmp_path, [])
    assert all(path.is_file() for path in mine)


def test_a_folder_without_a_graph_keeps_files_of_any_name(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("mine", "utf-8")
    write(sample_graph(), tmp_path, [])
    assert (tmp_path / "graph.ttl").read_text("utf-8") == "mine"


def test_files_behind_a_link_to_another_folder_stay(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path / "out", ["csv"])
    (tmp_path / "out" / "csv").rename(tmp_path / "elsewhere")
    (tmp_path / "out" / "csv").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    write(sample_graph(), tmp_path / "out", [])
    assert (tmp_path / "elsewhere" / "nodes.csv").is_file()


def test_the_default_is_turtle_parquet_and_the_explorer(tmp_path: Path) -> None:
    write(sample_graph(), tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"graph.ttl", "iris.csv", "tables", "graph.html", "ask.html"}
    assert set(DEFAULT_FORMATS) < set(EXPORTERS)


def test_an_unknown_format_is_refused_and_the_known_ones_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"format docx: is not known\. Choose from: turtle"):
        write(sample_graph(), tmp_path, ["docx"])


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("", "utf-8")
    with pytest.raises(InputError, match="cannot be written"):
        write(sample_graph(), tmp_path / "taken")


def test_a_failed_write_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(graph: GraphTables, folder: Path, workers: int = 1, shared: SharedWork | None = None) -> tuple[Path, ...]:
        del graph, workers, shared
        (folder / "graph.ttl").write_text("half", "utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(EXPORTERS, "turtle", fail)
    with pytest.raises(InputError, match="No space left"):
        write(sample_graph(), tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", EXPORTERS)
def test_an_empty_graph_can_be_written(name: str, tmp_path: Path) -> None:
    empty = make_tables({"dataset": sample_graph()["dataset"]})
    assert EXPORTERS[name](empty, tmp_path)


def _broken(_graph: GraphTables, folder: Path, workers: int = 1, shared: SharedWork | None = None) -> tuple[Path, ...]:
    del workers, shared
    (folder / "graph.gexf").write_text("half", "utf-8")
    message = "a  thing\nnobody foresaw"
    raise ValueError(message)


def test_a_format_that_fails_costs_its_files_and_the_others_are_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(sample_graph(), tmp_path, ["csv", "gexf", "turtle"])
    monkeypatch.setitem(EXPORTERS, "gexf", _broken)
    with pytest.raises(
        ExportError, match=r"format gexf: could not be written \(ValueError: a thing nobody foresaw\); the other formats were"
    ):
        write(sample_graph(), tmp_path, ["csv", "gexf", "turtle"])
    assert {path.name for path in tmp_path.iterdir()} == {"csv", "graph.ttl", "iris.csv", "tables"}


def test_a_format_without_which_there_is_no_output_fails_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(EXPORTERS, "iris", _broken)
    with pytest.raises(ValueError, match="nobody foresaw"):
        write(sample_graph(), tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_build_says_which_format_failed_and_the_next_one_tries_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    titled(tmp_path / "in", a="Sanofi buys Owkin")
    command = ["build", str(tmp_path / "in"), "-o", str(tmp_path / "out"), "--extractor", "rules", "-q", "-f", "gexf,turtle"]
    with monkeypatch.context() as patch:
        patch.setitem(EXPORTERS, "gexf", _broken)
        failed = CliRunner().invoke(main, command)
    assert failed.exit_code == 1
    assert failed.output.startswith(
        "error: format gexf: could not be written (ValueError: a thing nobody foresaw); the other formats were."
    )
    assert (tmp_path / "out" / "graph.ttl").is_file()
    assert not (tmp_path / "out" / "graph.gexf").exists()
    assert CliRunner().invoke(main, command).exit_code == 0
    assert (tmp_path / "out" / "graph.gexf").is_file()
