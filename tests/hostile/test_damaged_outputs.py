"""Output folders in which a file is a pipe, a folder, unreadable or another's: every command ends, says which file it is, and has no traceback."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from folders import titled
from newsgraph.cli.app import main

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")

BUILD = ("build", "in", "-o", "out", "--extractor", "rules", "-q", "-f", "turtle", "--workers", "1")
ENGINE = ("query", "out", "SELECT REDUCED ?h { ?a schema:headline ?h } ORDER BY ?h")
SEARCH = ("search", "out", "Nokia")


def run(*arguments: str) -> Result:
    """Run a command in this process, in a thread that is waited for no longer than two minutes."""
    answer: Future[Result] = Future()
    Thread(target=lambda: answer.set_result(CliRunner().invoke(main, arguments)), daemon=True).start()
    result = answer.result(120)
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    return result


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build two documents, and ask what keeps something for the next question."""
    home = tmp_path_factory.mktemp("damaged")
    titled(home / "in", a="Sanofi buys Owkin for $5 million", b="Nokia sues Nvidia")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(home)
        assert [run(*command).exit_code for command in (BUILD, ENGINE, SEARCH)] == [0, 0, 0]
    return home


@pytest.fixture
def copied(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the output in a copy of the folder, which is the one where commands run."""
    shutil.copytree(whole, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy")
    return tmp_path / "copy" / "out"


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "file").write_text("x")


@pytest.mark.parametrize(
    ("file", "command", "code", "said"),
    [
        ("tables/articles.parquet", SEARCH, 2, "tables/articles.parquet"),
        ("tables/articles.parquet", ("verify", "out"), 2, "tables/articles.parquet"),
        ("tables/dataset.parquet", ("stats", "out"), 2, "tables/dataset.parquet"),
        ("tables/manifest.json", ("stats", "out"), 2, "manifest.json cannot be read"),
        ("tables/manifest.json", BUILD, 0, ""),
        (".newsgraph/build.json", ("verify", "out"), 2, ".newsgraph/build.json: cannot be read (not a regular file)"),
        (".newsgraph/history.jsonl", ("brief", "out"), 2, "history.jsonl: cannot be read (not a regular file)"),
        (".newsgraph/standing.json", BUILD, 0, ""),
        (".newsgraph/facts/1-0.msgpack", BUILD, 0, ""),
        (".newsgraph/stories.memo", BUILD, 0, ""),
        ("graph.ttl", BUILD, 0, ""),
    ],
)  # fmt: skip
def test_a_pipe_in_the_place_of_a_file_holds_up_no_command(file: str, command: tuple[str, ...], code: int, said: str, copied: Path) -> None:
    pipe(copied / file)
    if command == BUILD:
        titled(copied.parent / "in", c="Toyota sues Nokia")
    result = run(*command)
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_pipes_in_the_place_of_what_was_kept_are_made_again(copied: Path) -> None:
    for name in ("manifest.json", "stamps.json", "index.sqlite"):
        for path in (copied / ".newsgraph" / "store").rglob(name):
            pipe(path)
    assert [run(*command).exit_code for command in (ENGINE, SEARCH)] == [0, 0]


@pytest.mark.parametrize("file", ["graph.ttl", "tables/articles.parquet", ".newsgraph/build.json"])
def test_a_folder_in_the_place_of_a_file_is_named(file: str, copied: Path) -> None:
    folder(copied / file)
    titled(copied.parent / "in", c="Toyota sues Nokia")
    result = run(*BUILD)
    assert result.exit_code == 2
    assert f"error: {Path('out') / file}: cannot be written to (Is a directory)" in result.output


def test_a_table_of_the_data_set_that_is_another_is_told_by_verify(copied: Path) -> None:
    shutil.copyfile(copied / "tables" / "posts.parquet", copied / "tables" / "dataset.parquet")
    result = run("verify", "out")
    assert result.exit_code == 1
    assert "tables/dataset.parquet differs" in result.output
    assert "table of the data set is not what a build writes" in result.output


def unreadable(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Make files of a name unreadable, also for who may read everything."""

    def refuse(how: Callable[..., object]) -> Callable[..., object]:
        def read(path: Path, *arguments: object, **more: object) -> object:
            if path.name == name and "out" in path.parts:
                raise PermissionError(13, "Permission denied", str(path))
            return how(path, *arguments, **more)

        return read

    for method in ("open", "read_bytes"):
        monkeypatch.setattr(Path, method, refuse(getattr(Path, method)))


@pytest.mark.parametrize(
    ("file", "command", "code", "said"),
    [
        ("graph.ttl", ("verify", "out"), 1, "graph.ttl cannot be read (Permission denied)"),
        ("history.jsonl", ("brief", "out"), 2, "history.jsonl: cannot be read (Permission denied). Make it readable"),
        ("build.json", ("verify", "out"), 2, "build.json: cannot be read (Permission denied)"),
        ("articles.parquet", ("stats", "out"), 2, "tables/articles.parquet cannot be read"),
    ],
)  # fmt: skip
def test_a_file_that_may_not_be_read_is_told_as_such(
    file: str, command: tuple[str, ...], code: int, said: str, copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    assert copied.is_dir()
    unreadable(monkeypatch, file)
    result = run(*command)
    assert (result.exit_code, said in result.output) == (code, True), result.output
