"""Builds that are killed at any moment, and outputs of which any file is damaged: the answer is right, or an error, and the next build mends it."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import polars as pl
import pytest
from click.testing import CliRunner

import newsgraph
from build_inputs import differing, documents
from conftest import ROOT
from newsgraph.cli.app import main
from newsgraph.core.errors import NewsgraphError
from newsgraph.storage.derived_cache import HOME
from output_files import files
from rounds import rounds

CRASH = ROOT / "tests" / "support" / "crash.py"
QUESTION = "SELECT REDUCED ?h { ?a schema:headline ?h } ORDER BY ?h"  # REDUCED is answered by the engine
OTHER_DOCUMENTS = range(3, 9)


def command(folder: Path) -> list[str]:
    return ["build", str(folder / "in"), "-o", str(folder / "out"), "--extractor", "rules", "-q", "-f", "turtle,csv", "--workers", "1"]


def build(folder: Path) -> None:
    result = CliRunner().invoke(main, command(folder))
    assert result.exit_code == 0, result.output


def killed(folder: Path, at: int) -> int:
    """Run a build that kills itself before the n-th time that it touches the output; return how many times a whole one does."""
    code = f"from newsgraph.cli.app import main; main({command(folder)!r}, standalone_mode=False)"
    result = subprocess.run([sys.executable, CRASH, str(at), str(folder / "out"), code], capture_output=True, text=True, check=False)
    return int(result.stdout.split()[-1]) if result.stdout.split() else 0


class Reference(NamedTuple):
    """The files of an output before and after some documents are added, and how often a build between the two touches its folder."""

    old: dict[str, bytes]
    new: dict[str, bytes]
    touches: int


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Build without being killed."""
    home = tmp_path_factory.mktemp("reference")
    documents(home / "in", range(6))
    build(home)
    old = files(home / "out")
    documents(home / "in", OTHER_DOCUMENTS)
    touches = killed(home, 10**9)
    return Reference(old, files(home / "out"), touches)


@pytest.mark.parametrize("number", range(rounds(2, 30)))
def test_a_build_that_is_killed_leaves_the_old_output_or_the_new_one(number: int, tmp_path: Path, reference: Reference) -> None:
    documents(tmp_path / "in", range(6))
    build(tmp_path)
    documents(tmp_path / "in", OTHER_DOCUMENTS)
    assert differing(reference.old, reference.new)
    at = random.Random(number).randrange(1, reference.touches)  # noqa: S311 - no secret
    assert killed(tmp_path, at) == 0
    newsgraph.load(tmp_path / "out")  # finishes what was begun
    assert files(tmp_path / "out") in (reference.old, reference.new)
    build(tmp_path)
    assert differing(files(tmp_path / "out"), reference.new) == []


def _damaged(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    path.unlink()  # what is mapped into memory stays as it is
    if data and chance.random() < 0.7:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
    elif data and chance.random() < 0.7:
        path.write_bytes(data[: len(data) // 2])


def _refusal(output: Path, first: pl.DataFrame, named: pl.DataFrame) -> str:
    """Ask the engine and the columns; return why no answer is given, an empty text if both are right."""
    try:
        graph = newsgraph.load(output)
        answers = graph.query(QUESTION), graph.query("acquisitions")
    except NewsgraphError as error:
        return str(error)
    assert answers[0].equals(first)
    assert answers[1].equals(named)
    return ""


def test_a_damaged_file_gives_the_right_answer_or_an_error_and_is_mended(tmp_path: Path) -> None:
    documents(tmp_path / "in", range(6))
    build(tmp_path)
    output, chance = tmp_path / "out", random.Random(5)  # noqa: S311 - no secret
    whole = files(output)
    first = newsgraph.load(output).query(QUESTION)
    named = newsgraph.load(output).query("acquisitions")
    assert named.height
    places = sorted(path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    stored = [place for place in places if place.startswith(f"{HOME.as_posix()}/") and "/LOG" not in place]
    assert stored
    rest = [place for place in places if not place.startswith(f"{HOME.as_posix()}/")]
    for place in [*chance.sample(stored, rounds(4, len(stored))), *chance.sample(rest, rounds(8, len(rest)))]:
        if not (output / place).exists():  # it was made again under another name
            continue
        _damaged(output / place, chance)
        refusal = _refusal(output, first, named)
        if refusal:
            assert place.startswith("tables/"), f"{place}: {refusal}"
            assert place.removeprefix("tables/") in refusal
        build(tmp_path)
        assert differing(files(output), whole) == [], place
