"""A Dask cluster of this machine: the same functions, the same bytes, and what a killed worker does."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from build_inputs import differing, documents, slow_documents
from newsgraph.core.errors import InputError, NewsgraphError
from newsgraph.pipeline.graph_build import BuildOptions, build
from output_files import files
from worker_processes import BUILD, children, is_worker, kept, wait_for

SUPPORT = Path(__file__).parents[1] / "support"
# Every test starts a cluster in a process of its own, which leaves no loop, socket or setting of Dask behind.
ON_CLUSTER = BUILD.format(workers='2, cluster="local"')
RUN = """
from newsgraph.executor import open_executor
from executor_parts import die_on_three, fail_on_three, refuse_three, square
if __name__ == "__main__":
    print(sorted(open_executor(2, "local").run({function}, range(5))))
"""


def started(folder: Path, code: str) -> subprocess.Popen[str]:
    """Run a script; it may import the support modules of the tests."""
    script = folder / "script.py"
    script.write_text(code)
    path = os.pathsep.join([str(SUPPORT), *filter(None, [os.environ.get("PYTHONPATH")])])
    environment = os.environ | {"PYTHONPATH": path}
    return subprocess.Popen(
        [sys.executable, script], cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.fixture
def dask() -> None:
    pytest.importorskip("distributed", reason="Dask is an extra: pip install 'newsgraph[dask]'")


def test_where_dask_is_missing_it_is_told_how_to_install_it(tmp_path: Path) -> None:
    folder = documents(tmp_path / "in", [1])
    code = "import sys; sys.modules['distributed'] = None; from newsgraph.cli.app import main; main()"
    command = [sys.executable, "-c", code, "build", str(folder), "-o", str(tmp_path / "out"), "--cluster", "local"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert result.stderr == "error: --cluster: needs the package distributed. Install it with: pip install 'newsgraph[dask]'\n"


def test_a_far_cluster_needs_a_folder_that_all_see(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="needs a folder"):
        build([documents(tmp_path / "in", [1])], BuildOptions(extractor="rules", cluster="tcp://127.0.0.1:1"))


@pytest.mark.usefixtures("dask")
def test_a_cluster_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.executor.dask_cluster._WAIT", 0.1)
    folder = documents(tmp_path / "in", [1])
    with pytest.raises(NewsgraphError, match="no scheduler answers"):
        build([folder], BuildOptions(extractor="rules", cluster="tcp://127.0.0.1:1", cache=tmp_path / "cache"))


@pytest.mark.usefixtures("dask")
def test_parts_have_their_results_and_nothing_is_logged(tmp_path: Path) -> None:
    running = started(tmp_path, RUN.format(function="square"))
    assert running.communicate() == ("[(0, 0), (1, 1), (2, 4), (3, 9), (4, 16)]\n", "")


# Where workers die, Dask may be starting others in their place when the cluster ends, and these may then complain.


@pytest.mark.usefixtures("dask")
def test_a_part_that_kills_is_given_up_and_the_others_have_their_results(tmp_path: Path) -> None:
    running = started(tmp_path, RUN.format(function="die_on_three"))
    printed, _ = running.communicate()
    assert (running.returncode, printed) == (0, "[(0, 0), (1, 1), (2, 2), (3, None), (4, 4)]\n")


@pytest.mark.usefixtures("dask")
def test_an_error_of_ours_comes_out_as_itself_and_nothing_is_logged(tmp_path: Path) -> None:
    _, told = started(tmp_path, RUN.format(function="refuse_three")).communicate()
    assert told.endswith("newsgraph.core.errors.InputError: 3: is refused. Take another\n")
    assert "distributed.worker" not in told


@pytest.mark.usefixtures("dask")
def test_two_workers_of_a_cluster_write_the_same_bytes(tmp_path: Path, whole: dict[str, bytes]) -> None:
    slow_documents(tmp_path / "in")
    running = started(tmp_path, ON_CLUSTER)
    _, told = running.communicate()
    assert (running.returncode, told) == (0, "")
    assert differing(files(tmp_path / "out"), whole) == []


@pytest.mark.usefixtures("dask")
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs /proc to see processes")
def test_a_killed_worker_of_a_cluster_changes_nothing(tmp_path: Path, whole: dict[str, bytes]) -> None:
    slow_documents(tmp_path / "in")
    running = started(tmp_path, ON_CLUSTER)
    wait_for(lambda: len(kept(tmp_path)) >= 2)
    os.kill(next(filter(is_worker, children(running.pid))), signal.SIGKILL)
    running.communicate()
    assert running.returncode == 0
    assert differing(files(tmp_path / "out"), whole) == []


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a scheduler with one worker that nothing restarts; the address, and the worker's process."""
    pytest.importorskip("distributed", reason="Dask is an extra: pip install 'newsgraph[dask]'")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(SUPPORT), *filter(None, [os.environ.get("PYTHONPATH")])])}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", address, "--no-dashboard"]
    serving = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    worker = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    yield address, worker
    for process in (worker, serving):
        process.kill()
        process.wait()


ON_SCHEDULER = """
from newsgraph.executor import dask_cluster, open_executor
from executor_parts import die_on_three, square
dask_cluster._LOOK, dask_cluster._WORKERLESS = 0.5, {wait}
if __name__ == "__main__":
    print(list(open_executor(1, "{address}").run({function}, {parts})))
"""


def test_a_cluster_whose_last_worker_is_gone_ends_with_an_error(tmp_path: Path, scheduler: tuple[str, subprocess.Popen[bytes]]) -> None:
    address, worker = scheduler
    first = started(tmp_path, ON_SCHEDULER.format(wait=60, address=address, function="square", parts=[2]))
    assert first.communicate(timeout=120)[0] == "[(2, 4)]\n"  # which waited for the worker
    worker.kill()
    worker.wait()
    second = started(tmp_path, ON_SCHEDULER.format(wait=5, address=address, function="square", parts=[2, 3]))
    _, printed = second.communicate(timeout=120)
    assert f"NewsgraphError: the cluster {address} has had no worker for 5 seconds. Start workers with 'dask worker ADDRESS'" in printed


@pytest.mark.usefixtures("dask")
def test_a_cluster_whose_last_worker_dies_at_work_ends_with_an_error(
    tmp_path: Path, scheduler: tuple[str, subprocess.Popen[bytes]]
) -> None:
    address, _ = scheduler
    running = started(tmp_path, ON_SCHEDULER.format(wait=10, address=address, function="die_on_three", parts=[2, 3, 4]))
    _, printed = running.communicate(timeout=120)
    assert "has had no worker for 10 seconds" in printed
