"""A build that goes on: once more whenever something changes, until it is told to end."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from threading import Thread

import pytest

from folders import titled
from newsgraph.pipeline.graph_build import BuildOptions
from newsgraph.pipeline.input_snapshot import snapshot_inputs
from newsgraph.pipeline.watch import watch


class Watched:
    """A running `newsgraph build --watch`."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "newsgraph", "build", "in", "-o", "out", "--extractor", "rules", "--format", "turtle", "--watch"],
            cwd=folder, env=os.environ | {"PYTHONUNBUFFERED": "1"}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line.rstrip())

    def end(self) -> None:
        """Kill it, if it has not ended."""
        self.process.kill()
        self.process.wait()
        self._reader.join()
        assert self.process.stdout
        self.process.stdout.close()

    def line(self) -> str:
        """Wait for the next line."""
        return self._lines.get(timeout=120)


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    """Watch a folder of two documents."""
    titled(tmp_path / "in", a="Sanofi grows", b="Nokia grows")
    watched = Watched(tmp_path)
    yield watched
    watched.end()


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_every_change_is_built_and_told_in_one_line_until_it_is_ended(tmp_path: Path, watched: Watched, end: signal.Signals) -> None:
    assert watched.line() == "read 2 of 2 documents: 2 articles, 2 companies, 0 events in out"
    titled(tmp_path / "in", c="Toyota grows")
    assert watched.line() == "read 1 of 3 documents: 3 articles, 3 companies, 0 events in out"
    (tmp_path / "in" / "decisions.yaml").write_text("- samee: [A, B]\n")
    assert watched.line().startswith("error: ")
    (tmp_path / "in" / "decisions.yaml").write_text("- same: [Nokia, Toyota]\n")
    assert watched.line() == "read 0 of 3 documents: 3 articles, 2 companies, 0 events in out"

    watched.process.send_signal(end)

    assert watched.process.wait(60) == 0
    assert "Nokia" in (tmp_path / "out" / "graph.ttl").read_text()


def test_documents_lists_and_options_are_looked_at(tmp_path: Path) -> None:
    folder = titled(tmp_path / "in", a="Sanofi grows")
    options = BuildOptions(iris=tmp_path / "iris.csv")
    seen = [snapshot_inputs([folder], options)]
    for path in (folder / "b.json", folder / "companies.csv", folder / "decisions.yaml", tmp_path / "iris.csv"):
        path.write_text("x")
        seen.append(snapshot_inputs([folder], options))
    (folder / "a.json").write_text("changed")
    seen.append(snapshot_inputs([folder], options))
    (folder / "a.json").chmod(0o400)
    seen.append(snapshot_inputs([folder], options))
    assert all(one != other for one, other in pairwise(seen))


def test_an_input_that_goes_away_is_seen(tmp_path: Path) -> None:
    folder = titled(tmp_path / "in", a="Sanofi grows")
    before = snapshot_inputs([folder], BuildOptions())
    folder.rename(tmp_path / "elsewhere")
    assert snapshot_inputs([folder], BuildOptions()) != before


def test_what_is_still_being_written_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.pipeline.watch.PAUSE", 0)
    looks = iter([1, 1, 2, 3, 3, 3])
    acts: list[int] = []

    def look_now() -> int:
        try:
            return next(looks)
        except StopIteration:
            raise KeyboardInterrupt from None

    watch(look_now, lambda: acts.append(1))
    assert len(acts) == 2
