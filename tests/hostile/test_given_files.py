"""Files that are named as lists and questions: a pipe or a device is refused at once, because a command would wait for it without end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

import pytest

import newsgraph
from newsgraph.brief.watchlist import read_watchlist
from newsgraph.core.errors import InputError
from newsgraph.core.given_files import check_given_file
from newsgraph.core.lexicon import load_lexicon
from newsgraph.decisions.decisions_file import read_decisions
from newsgraph.decisions.stable_iris import read_iris
from newsgraph.identifiers.csv_stream import read_header
from newsgraph.identifiers.record_search import read_pack
from newsgraph.identifiers.text_file import read_text
from newsgraph.ingest import read_field_names
from newsgraph.pipeline.build_options import BuildOptions
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import build
from newsgraph.score.gold_records import read_lines
from newsgraph.share.pack_card import read_licenses

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")

READERS: dict[str, Callable[[Path], object]] = {
    "companies": load_lexicon, "ignore": lambda path: load_lexicon(ignore=path), "decisions": read_decisions,
    "iris": lambda path: read_iris(path, "https://a.example/"), "map": read_field_names, "watch": read_watchlist, "identifiers": read_text, "gleif": read_header,
    "gold": lambda path: list(read_lines(path)), "licenses": read_licenses, "pack": lambda path: list(read_pack(path)),
}  # fmt: skip
OPTIONS: dict[str, Callable[[Path], BuildOptions]] = {
    "companies": lambda path: BuildOptions(companies=path), "ignore": lambda path: BuildOptions(ignore=path),
    "decisions": lambda path: BuildOptions(decisions=path), "iris": lambda path: BuildOptions(iris=path),
    "map": lambda path: BuildOptions(field_map=path), "packs": lambda path: BuildOptions(packs=(path,)),
}  # fmt: skip


def refusal(read: Callable[[], object]) -> str:
    """Return the error of reading, for which is waited a minute."""
    answer: Future[object] = Future()

    def run() -> None:
        try:
            answer.set_result(read())
        except BaseException as error:  # noqa: BLE001 - the test looks at it
            answer.set_exception(error)

    Thread(target=run, daemon=True).start()
    with pytest.raises(InputError) as told:
        answer.result(60)
    return str(told.value)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    os.mkfifo(path)
    return path


@pytest.mark.parametrize("name", READERS)
def test_a_pipe_is_no_list(name: str, pipe: Path) -> None:
    assert f"{pipe}: is not a regular file" in refusal(lambda: READERS[name](pipe))


@pytest.mark.parametrize("name", OPTIONS)
def test_a_build_does_not_wait_for_a_pipe(name: str, pipe: Path, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Sanofi buys Owkin")
    options = OPTIONS[name](pipe)
    assert f"{pipe}: is not a regular file" in refusal(lambda: build_into(tmp_path / "out", [tmp_path / "a.md"], options, ["turtle"]))
    assert f"{pipe}: is not a regular file" in refusal(lambda: build([tmp_path / "a.md"], options))
    assert not (tmp_path / "out").exists()


def test_a_device_is_no_list() -> None:
    assert "/dev/zero: is not a regular file" in refusal(lambda: load_lexicon(Path("/dev/zero")))


def test_a_pipe_in_an_input_folder_is_no_list_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Sanofi buys Owkin")
    os.mkfifo(tmp_path / "companies.csv")
    assert newsgraph.build(tmp_path, extractor="none").articles.height == 1


@pytest.mark.parametrize("name", ["/dev/stdin", "/dev/fd/0"])
def test_a_question_may_come_from_standard_input(name: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "newsgraph", "query", str(tmp_path), "--file", name]
    done = subprocess.run(command, input="ASK {}", capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, "contains no newsgraph graph" in done.stderr) == (2, True), done.stderr
    with pytest.raises(InputError, match="is not a regular file"):
        check_given_file(Path("/dev/null"), read_once=True)
