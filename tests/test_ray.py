"""A Ray cluster of this machine: the same functions, the same bytes, and what a killed worker does."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsgraph.core.errors import InputError
from newsgraph.pipeline.graph_build import BuildOptions, build
from test_build import differing, documents
from test_cluster import ON_CLUSTER, RUN, started
from test_restart import children, kept, slow_documents, wait_for, whole
from test_swap import files

__all__ = ["whole"]  # a fixture


@pytest.fixture
def ray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give Ray a home, where it puts the token of its cluster, and a folder with a short name, because it makes sockets there."""
    pytest.importorskip("ray", reason="Ray is an extra: pip install 'newsgraph[ray]'")
    folder = tempfile.mkdtemp(prefix="ray-")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("RAY_TMPDIR", folder)
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    yield
    shutil.rmtree(folder)


def on_ray(code: str) -> str:
    return code.replace('"local"', '"ray"')


def descendants(process: int) -> Iterator[int]:
    for child in children(process):
        yield child
        yield from descendants(child)


def is_at_work(process: int) -> bool:
    """Tell a worker that has a part; Ray names it by the task. The death of one of Ray's own agents would end the node."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().startswith(b"ray::_call")
    except OSError:
        return False


@pytest.mark.parametrize("address", ["ray", "ray://127.0.0.1:1"])
def test_where_ray_is_missing_it_is_told_how_to_install_it(tmp_path: Path, address: str) -> None:
    folder = documents(tmp_path / "in", [1])
    code = "import sys; sys.modules['ray'] = None; from newsgraph.cli.app import main; main()"
    command = [sys.executable, "-c", code, "build", str(folder), "-o", str(tmp_path / "out"), "--cluster", address]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "error: --cluster: needs the package ray. Install it with: pip install 'newsgraph[ray]'\n"


@pytest.mark.usefixtures("ray")
def test_a_far_cluster_needs_a_folder_that_all_see(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs a folder"):
        build([documents(tmp_path / "in", [1])], BuildOptions(extractor="rules", cluster="ray://127.0.0.1:1"))


@pytest.mark.usefixtures("ray")
def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path) -> None:
    _, told = started(tmp_path, RUN.format(function="square").replace('"local"', '"ray://127.0.0.1:1"')).communicate()
    assert "newsgraph.core.errors.NewsgraphError: --cluster ray://127.0.0.1:1: no Ray cluster answers (ConnectionError)." in told
    assert "set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN" in told


@pytest.mark.usefixtures("ray")
@pytest.mark.parametrize(
    ("function", "printed"),
    [
        ("square", "[(0, 0), (1, 1), (2, 4), (3, 9), (4, 16)]"),
        ("die_on_three", "[(0, 0), (1, 1), (2, 2), (3, None), (4, 4)]"),
    ],
)
def test_parts_have_their_results_and_one_that_kills_is_given_up(tmp_path: Path, function: str, printed: str) -> None:
    said, told = started(tmp_path, on_ray(RUN.format(function=function))).communicate()
    assert ([line for line in said.splitlines() if "(raylet)" not in line], told) == ([printed], "")  # Ray tells of a worker that died


@pytest.mark.usefixtures("ray")
def test_an_error_of_ours_comes_out_as_itself(tmp_path: Path) -> None:
    _, told = started(tmp_path, on_ray(RUN.format(function="refuse_three"))).communicate()
    assert told.endswith("newsgraph.core.errors.InputError: 3: is refused. Take another\n")


@pytest.mark.usefixtures("ray")
def test_two_workers_of_ray_write_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    slow_documents(tmp_path / "in")
    running = started(tmp_path, on_ray(ON_CLUSTER))
    _, told = running.communicate()
    assert (running.returncode, told) == (0, "")
    assert differing(files(tmp_path / "out"), whole) == []


@pytest.mark.usefixtures("ray")
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")
def test_a_killed_worker_of_ray_changes_nothing(tmp_path: Path, whole: dict[str, bytes]) -> None:
    slow_documents(tmp_path / "in")
    running = started(tmp_path, on_ray(ON_CLUSTER))
    wait_for(lambda: len(kept(tmp_path)) >= 2)
    os.kill(next(filter(is_at_work, descendants(running.pid))), signal.SIGKILL)
    said, told = running.communicate()
    assert (running.returncode, told) == (0, "")
    assert "A worker died or was killed" in said
    assert differing(files(tmp_path / "out"), whole) == []
