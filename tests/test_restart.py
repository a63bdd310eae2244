"""A build that is killed, or whose workers are: the next one goes on where it was, and the graph is the same bytes."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from newsgraph.cli.app import main
from newsgraph.pipeline.folder_build import build_into
from newsgraph.pipeline.graph_build import BuildOptions
from newsgraph.storage.folder_lock import HIDDEN
from test_build import differing, documents
from test_swap import files

TESTS = Path(__file__).parent
BUILD = """
if __name__ == "__main__":
    from pathlib import Path
    from importlib import import_module
    from newsgraph.pipeline.graph_build import BuildOptions
    from newsgraph.pipeline.folder_build import build_into
    for name in ("build", "facts.buckets"):
        import_module("newsgraph." + name).SIZE = 1
    made = build_into(Path("out"), [Path("in")], BuildOptions(extractor="rules", workers={workers}), ["turtle"])
    print(made.built.read)
"""


def started(folder: Path, workers: int) -> subprocess.Popen[str]:
    """Start a build of `in` into `out`, a bucket a document or so."""
    script = folder / "build.py"
    script.write_text(BUILD.format(workers=workers))
    return subprocess.Popen([sys.executable, script], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(condition: Callable[[], bool], seconds: float = 60) -> None:
    """Wait until something is so; give up after so long."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.01)


def kept(folder: Path) -> list[Path]:
    return list((folder / "out" / HIDDEN / "facts").glob("*.msgpack"))


def children(process: int) -> list[int]:
    """List the processes that a process started; Linux tells."""
    return [int(child) for file in Path(f"/proc/{process}/task").glob("*/children") for child in file.read_text().split()]


def is_worker(process: int) -> bool:
    try:
        return b"spawn_main" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def slow_documents(folder: Path) -> Path:
    """Make a folder of documents that take a while to read."""
    documents(folder, range(16))
    for path in folder.rglob("*.json"):
        told = json.loads(path.read_text())
        path.write_text(json.dumps(told | {"body": "Sanofi said on Monday that it had bought Owkin for $5 million. " * 150}))
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder with documents below it."""
    slow_documents(tmp_path / "in")
    return tmp_path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of a build that nothing disturbed."""
    folder = tmp_path_factory.mktemp("whole")
    build_into(folder / "out", [slow_documents(folder / "in")], BuildOptions(extractor="rules"), ["turtle"])
    return files(folder / "out")


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
