"""Whether an output is what a build from nothing gives: what equals, what differs, and why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from build_inputs import DECISIONS
from folders import titled
from newsgraph.cli.app import main
from newsgraph.export import write
from newsgraph.storage.folder_lock import HIDDEN
from sample import sample_graph

BUILD = ("--extractor", "rules", "--format", "turtle,csv")


def run(*arguments: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Write documents and build them."""
    titled(tmp_path / "in", a="Sanofi buys Owkin for $5 million", b="Nokia sues Nvidia", c="Toyota said it grew")
    assert run("build", tmp_path / "in", "-o", tmp_path / "out", *BUILD).exit_code == 0
    return tmp_path


def test_an_output_as_it_was_built_is_found_equal(folder: Path) -> None:
    result = run("verify", folder / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "files identical to a build from scratch\n" in result.stdout


def test_an_output_that_was_built_in_steps_is_found_equal(folder: Path) -> None:
    titled(folder / "in", a="Sanofi sells Owkin", d="Nvidia grows")
    (folder / "in" / "b.json").unlink()
    (folder / "in" / "decisions.yaml").write_text(DECISIONS)
    run("build", folder / "in", "-o", folder / "out", *BUILD)
    assert run("verify", folder / "out", "--workers", "2").exit_code == 0


def test_kept_iris_are_those_that_were_given_though_the_build_wrote_others_in_their_place(folder: Path) -> None:
    titled(folder / "in", d="Owkin sues Nvidia")
    again = run("build", folder / "in", "-o", folder / "out", *BUILD, "--iris", folder / "out" / "iris.csv", "--as-of", "2024-06-01")
    assert again.exit_code == 0
    result = run("verify", folder / "out", "-q")
    assert (result.exit_code, result.output) == (0, "")


def test_options_hold_from_where_they_were_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    Path("mine.txt").write_text("Nokia\n")
    run("build", "in", "-o", "out", *BUILD, "--ignore", "mine.txt", "--base", "https://id.example/", "--threshold", "0.7")
    monkeypatch.chdir("/")
    assert run("verify", folder / "out").exit_code == 0


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda out: (out / "graph.ttl").write_text("mine"), "graph.ttl differs"),
        (lambda out: (out / "csv" / "nodes.csv").unlink(), "csv/nodes.csv is missing"),
        (lambda out: (out / "graph.nt").write_text("mine"), "graph.nt should not be there"),
    ],
)
def test_a_file_that_is_not_as_built_is_named(folder: Path, change: Callable[[Path], object], told: str) -> None:
    change(folder / "out")
    result = run("verify", folder / "out")
    assert (result.exit_code, result.stderr) == (1, f"{told}\n")
    assert result.stdout.endswith("; 1 file not\n")


def test_documents_that_changed_since_are_counted(folder: Path) -> None:
    titled(folder / "in", a="Sanofi sells Owkin", d="Nvidia grows", e="Nvidia grows again")
    (folder / "in" / "b.json").unlink()
    result = run("verify", folder / "out")
    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if line.startswith("since")] == [
        "since it was built, 2 documents are new", "since it was built, 1 document is gone", "since it was built, 1 document is changed",
    ]  # fmt: skip


def test_lists_that_changed_since_are_told(folder: Path) -> None:
    (folder / "in" / "ignore.txt").write_text("Nokia\n")
    assert "it was built with another version of the lists: " in run("verify", folder / "out").stderr


def test_a_build_that_cannot_be_repeated_ends_with_two(folder: Path) -> None:
    (folder / "in").rename(folder / "elsewhere")
    result = run("verify", folder / "out")
    assert result.exit_code == 2
    assert f"error: {folder / 'in'}: " in result.stderr


def test_an_output_of_the_library_does_not_tell_how_it_was_built(folder: Path) -> None:
    write(sample_graph(), folder / "out", [])
    result = run("verify", folder / "out")
    assert result.exit_code == 2
    assert "does not say how it was built" in result.stderr


@pytest.mark.parametrize("told", ["{", "{}", '{"version": 1}', "[]"])
def test_a_recipe_that_is_none_is_told(folder: Path, told: str) -> None:
    (folder / "out" / HIDDEN / "build.json").write_text(told)
    result = run("verify", folder / "out")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
