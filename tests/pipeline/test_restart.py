"""A build that is killed, or whose workers are: the next one goes on where it was, and the graph is the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from build_inputs import differing, documents, slow_documents
from newsgraph.cli.app import main
from output_files import files
from worker_processes import BUILD, children, is_worker, kept, wait_for

SUPPORT = Path(__file__).parents[1] / "support"


def started(folder: Path, workers: int) -> subprocess.Popen[str]:
    """Start a build of `in` into `out`, a bucket a document or so."""
    script = folder / "build.py"
    script.write_text(BUILD.format(workers=workers))
    return subprocess.Popen([sys.executable, script], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with documents below it."""
    slow_documents(tmp_path / "in")
    return tmp_path


linux = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")


@linux
def test_a_killed_build_goes_on_where_it_was(folder: Path, whole: dict[str, bytes]) -> None:
    killed = started(folder, workers=2)
    wait_for(lambda: len(kept(folder)) >= 3)
    workers = [child for child in children(killed.pid) if is_worker(child)]
    killed.kill()
    killed.communicate()
    wait_for(lambda: not any(map(is_worker, workers)))
    done = {path.name for path in kept(folder)}

    again = started(folder, workers=2)
    read, told = again.communicate()

    assert (again.returncode, told) == (0, "")
    assert workers
    assert int(read) <= 16 - len(done) < 16
    assert differing(files(folder / "out"), whole) == []


@linux
def test_a_killed_worker_changes_nothing(folder: Path, whole: dict[str, bytes]) -> None:
    running = started(folder, workers=2)
    wait_for(lambda: len(kept(folder)) >= 2)
    os.kill(next(child for child in children(running.pid) if is_worker(child)), signal.SIGKILL)
    _, told = running.communicate()

    assert (running.returncode, told) == (0, "")
    assert differing(files(folder / "out"), whole) == []


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_any_number_of_workers_writes_the_same_bytes(folder: Path, whole: dict[str, bytes], workers: int) -> None:
    running = started(folder, workers)
    _, told = running.communicate()

    assert (running.returncode, told) == (0, "")
    assert differing(files(folder / "out"), whole) == []


def test_a_second_build_into_a_folder_is_told_and_changes_nothing(folder: Path) -> None:
    first = started(folder, workers=1)
    wait_for(lambda: len(kept(folder)) >= 1)
    second = CliRunner().invoke(main, ["build", str(folder / "in"), "-o", str(folder / "out")])
    first.communicate()

    assert second.exit_code == 2
    assert second.stderr == (
        f"error: {folder / 'out'}: another build is at work here (process {first.pid}). Wait for it to end, or choose another folder\n"
    )
    assert first.returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of eight megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", disk], capture_output=True, check=False).returncode:
        pytest.skip("a small disk can be made by root only")
    yield disk
    subprocess.run(["umount", disk], check=True)


@pytest.mark.parametrize("room", [0, 10_000, 150_000])
def test_a_full_disk_is_one_line_and_leaves_the_old_output(tmp_path: Path, small_disk: Path, room: int) -> None:
    build = ["build", str(documents(tmp_path / "in", range(6))), "-o", str(small_disk / "out"), "--extractor", "rules"]
    assert CliRunner().invoke(main, build).exit_code == 0
    before = files(small_disk / "out")
    documents(tmp_path / "in", range(6, 12))
    free = os.statvfs(small_disk)
    (small_disk / "filling").write_bytes(bytes(free.f_bavail * free.f_frsize - room))

    result = CliRunner().invoke(main, build)

    assert result.exit_code == 2
    assert result.stderr.startswith(f"error: {small_disk / 'out'}")
    assert "No space left on device" in result.stderr
    assert result.stderr.count("\n") == 1
    assert files(small_disk / "out") == before
