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
from newsgraph.cli.last_resort import LEAST_MEMORY, stream_failure, too_little_memory

FULL = Path("/dev/full")


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
