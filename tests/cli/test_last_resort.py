"""Commands that cannot print, or that get too little memory, say so in one line and end with 2."""

from __future__ import annotations

import errno
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsgraph.cli.app import main
from newsgraph.cli.last_resort import LEAST_MEMORY, path_failure, stream_failure, too_little_memory
from newsgraph.export import write
from sample import sample_graph

FULL = Path("/dev/full")
SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_what_cannot_be_printed_is_one_line(option: str) -> None:
    with FULL.open("w", encoding="utf-8") as full:
        result = subprocess.run([sys.executable, "-m", "newsgraph", option], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "error: the results cannot be printed (no space left on device). Write them to a place with room\n"


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_a_full_standard_error_is_no_traceback() -> None:
    with FULL.open("w", encoding="utf-8") as full:
        assert subprocess.run([sys.executable, "-m", "newsgraph", "--help"], stdout=full, stderr=full, check=False).returncode == 2


def test_an_error_of_a_file_is_none_of_the_stream() -> None:
    assert stream_failure(OSError(errno.ENOSPC, "No space left on device", "graph.ttl")) is None
    assert stream_failure(FileNotFoundError(errno.ENOENT, "No such file or directory")) is None


def test_a_current_folder_that_is_gone_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = CliRunner().invoke(main, ["stats", str(tmp_path)])
    assert (result.exit_code, result.output) == (2, "error: the current folder was removed. Change to another one\n")


LONG = "a" * 300


@pytest.mark.parametrize(
    "arguments",
    [
        ("build", "SEEDS", "-o", LONG), ("build", LONG), ("export", "GRAPH", "-f", "csv", "-o", LONG), ("stats", LONG),
        ("review", "GRAPH", "--decisions", LONG, "--list"), ("annotate", "SEEDS", "-o", f"{LONG}.jsonl"), ("search", LONG, "x"),
        ("pack", f"{LONG}.csv", "--own", "own.csv"), ("diff", "GRAPH", LONG), ("query", LONG, "ASK {}"), ("brief", LONG),
    ],
)  # fmt: skip
def test_a_name_that_is_too_long_is_one_line(arguments: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(sample_graph(), tmp_path / "graph", ["parquet"])
    (tmp_path / "own.csv").write_text("name\nAcme\n")
    places = {"SEEDS": str(SEEDS), "GRAPH": "graph"}
    result = CliRunner().invoke(main, [places.get(argument, argument) for argument in arguments])
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert result.output.startswith("error: ")
    assert "name too long" in result.output


def test_only_what_no_file_can_be_called_is_told_of_a_path() -> None:
    assert path_failure(OSError(errno.ENAMETOOLONG, "File name too long", "a")) == "a: file name too long. Name another file or folder"
    assert path_failure(OSError(errno.EACCES, "Permission denied", "a")) is None
    assert path_failure(OSError(errno.ENAMETOOLONG, "File name too long")) is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such names")
def test_a_name_that_is_not_in_utf_8_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(sample_graph(), tmp_path / "graph", ["parquet"])
    (tmp_path / "graph").rename("p\udcff")
    write(sample_graph(), tmp_path / "graph", ["parquet"])
    (tmp_path / "in\udcff").mkdir()
    (tmp_path / "in\udcff" / "list.csv").touch()
    for arguments in (
        ("build", str(SEEDS), "-o", "o\udcff"), ("build", "in\udcff", "-o", "ok"), ("stats", "p\udcff"), ("search", "p\udcff", "x"),
        ("build", str(SEEDS), "-o", "ok", "--companies", "in\udcff/list.csv"), ("export", "graph", "-f", "csv", "-o", "o\udcff"),
    ):  # fmt: skip
        result = CliRunner().invoke(main, arguments)
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert "\\xff" in result.output
        assert result.output.endswith("has a name that is not in UTF-8. Rename it.\n")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["graph", "in\udcff", "p\udcff"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems count address space in other ways")
def test_a_process_that_may_take_too_little_memory_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (LEAST_MEMORY - 1, resource.RLIM_INFINITY))
    result = CliRunner().invoke(main, ["stats", "nowhere"])
    assert result.exit_code == 2
    assert (
        result.output == "error: this process may use only 1,499 MB of memory, and newsgraph needs 1,500 MB. Raise the limit (ulimit -v)\n"
    )
    for enough in (LEAST_MEMORY, resource.RLIM_INFINITY):
        monkeypatch.setattr("resource.getrlimit", lambda _, enough=enough: (enough, enough))
        assert too_little_memory() is None


def test_the_end_of_memory_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr("newsgraph.cli.stats.load", exhausted)
    result = CliRunner().invoke(main, ["stats", "nowhere"])
    assert result.exit_code == 2
    assert result.output.startswith("error: not enough memory.")
