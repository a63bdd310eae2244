"""New files in the place of old ones: all or none, whenever the process is killed and whatever the disk says."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.export import EXPORTERS, FILES, write
from newsgraph.export.parquet import read_tables
from newsgraph.storage.atomic_swap import put_in_place, recover, staging
from newsgraph.storage.folder_lock import HIDDEN, BusyError, hold_lock
from output_files import files, new_graph
from sample import sample_graph
from worker_processes import wait_for

SUPPORT = Path(__file__).parents[1] / "support"
WRITE_NEW = """
from pathlib import Path
from newsgraph.export import write
from output_files import new_graph
write(new_graph(), Path({folder!r}), ["turtle", "csv"])
"""


def run(number: int, folder: Path) -> subprocess.CompletedProcess[str]:
    """Write the new graph in a process that is killed before it touches the folder for the n-th time."""
    path = os.pathsep.join([str(SUPPORT), *filter(None, [os.environ.get("PYTHONPATH")])])
    code = WRITE_NEW.format(folder=str(folder))
    return subprocess.run(
        [sys.executable, SUPPORT / "crash.py", str(number), folder, code],
        env=os.environ | {"PYTHONPATH": path}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the old output."""
    folder = tmp_path_factory.mktemp("old")
    write(sample_graph(), folder, ["turtle"])
    return folder


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Give the files of the new output."""
    folder = tmp_path_factory.mktemp("new")
    write(new_graph(), folder, ["turtle", "csv"])
    return files(folder)


@pytest.fixture(scope="module")
def touches(tmp_path_factory: pytest.TempPathFactory, old: Path) -> int:
    """Count how often writing touches the folder."""
    folder = shutil.copytree(old, tmp_path_factory.mktemp("counted") / "out")
    return int(run(0, folder).stdout)


@pytest.mark.parametrize("part", [0.05, 0.3, 0.55, 0.62, 0.7, 0.8, 0.9, 0.95, 0.99])
def test_a_killed_build_leaves_the_old_output_or_the_new_one(
    tmp_path: Path, old: Path, new: dict[str, bytes], touches: int, part: float
) -> None:
    folder = shutil.copytree(old, tmp_path / "out")

    assert run(int(touches * part), folder).returncode == -9
    read_tables(folder)

    assert files(folder) in (files(old), new)


def test_both_outcomes_are_seen_at_the_two_ends(tmp_path: Path, old: Path, new: dict[str, bytes], touches: int) -> None:
    early, late = (shutil.copytree(old, tmp_path / name) for name in ("early", "late"))
    run(touches // 3, early)
    run(touches - 3, late)
    for folder in (early, late):
        read_tables(folder)
    assert (files(early), files(late)) == (files(old), new)


def test_a_build_after_a_killed_one_leaves_nothing_else(tmp_path: Path, old: Path, touches: int) -> None:
    folder = shutil.copytree(old, tmp_path / "out")
    run(touches // 2, folder)
    write(sample_graph(), folder, ["turtle"])
    assert files(folder) == files(old)
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


def half_done(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Break off while files are being moved, as a kill does."""

    def stop(_path: Path, _target: Path) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("newsgraph.storage.atomic_swap._move", stop)
        with pytest.raises(KeyboardInterrupt):
            write(new_graph(), folder, ["turtle", "csv"])


def test_finishing_twice_is_finishing_once(tmp_path: Path, old: Path, new: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(old, tmp_path / "out")
    half_done(folder, monkeypatch)
    journal = folder / HIDDEN / "swap.json"
    told = journal.read_text()
    recover(folder, FILES)
    journal.parent.mkdir(exist_ok=True)
    journal.write_text(told)
    recover(folder, FILES)
    assert files(folder) == new


@pytest.mark.parametrize(
    "told",
    ['{"moves": ["../../secret"], "removals": []}', '{"moves": [], "removals": ["notes.md"]}', "[]", "{", '{"moves": [["x"]]}', '"x"'],
)
def test_a_list_that_is_not_ours_is_refused_and_moves_nothing(tmp_path: Path, old: Path, told: str) -> None:
    folder = shutil.copytree(old, tmp_path / "out")
    (folder / "notes.md").write_text("mine")
    (folder / HIDDEN).mkdir(exist_ok=True)
    (folder / HIDDEN / "swap.json").write_text(told)
    before = files(folder)
    with pytest.raises(InputError, match="Remove it and build again"):
        read_tables(folder)
    assert files(folder) == before


def test_what_was_half_put_in_place_is_told_where_it_cannot_be_finished(tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = shutil.copytree(old, tmp_path / "out")
    half_done(folder, monkeypatch)

    def refuse(*_: object, **_options: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("newsgraph.storage.folder_lock.FileLock.acquire", refuse)
    with pytest.raises(InputError, match="half moved into place"):
        read_tables(folder)


def test_a_folder_in_the_place_of_a_file_is_told_and_changes_nothing(tmp_path: Path, old: Path) -> None:
    folder = shutil.copytree(old, tmp_path / "out")
    (folder / "graph.trig").mkdir()
    with pytest.raises(UnwritableError, match="Is a directory"):
        write(new_graph(), folder, ["trig"])
    assert files(folder) == files(old)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EACCES])
def test_what_the_disk_refuses_is_one_line_and_changes_nothing(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    folder = shutil.copytree(old, tmp_path / "out")

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("newsgraph.storage.atomic_swap.os.fsync", refuse)
    with pytest.raises(UnwritableError, match=os.strerror(number)):
        write(new_graph(), folder, ["csv"])
    assert files(folder) == files(old)


def test_a_part_of_the_output_on_another_disk_is_copied_there(
    tmp_path: Path, new: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if "staged" in path.parts:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    write(new_graph(), tmp_path / "out", ["turtle", "csv"])
    assert files(tmp_path / "out") == new


def test_leftovers_of_older_versions_go(tmp_path: Path) -> None:
    (tmp_path / ".partial-abc" / "tables").mkdir(parents=True)
    write(sample_graph(), tmp_path, [])
    assert not (tmp_path / ".partial-abc").exists()


def test_files_that_killed_builds_left_half_written_go_and_others_stay(tmp_path: Path) -> None:
    hidden = tmp_path / HIDDEN
    with hold_lock(tmp_path):
        for name in ("turtle.index.partial-77", "map.npz.partial-8", "map.npz", "notes.partial-x"):
            (hidden / name).write_bytes(b"half")
        with staging(tmp_path):
            pass
        left = {path.name for path in hidden.iterdir()}
    assert left >= {"map.npz", "notes.partial-x"}
    assert not left & {"turtle.index.partial-77", "map.npz.partial-8"}


def test_staged_files_without_a_list_are_thrown_away(tmp_path: Path) -> None:
    with hold_lock(tmp_path):
        (tmp_path / HIDDEN / "staged").mkdir()
        (tmp_path / HIDDEN / "staged" / "graph.nt").write_text("half")
        with staging(tmp_path) as staged:
            assert list(staged.iterdir()) == []
            (staged / "graph.nt").write_text("whole")
            put_in_place(tmp_path, ["graph.nt"], [])
    assert files(tmp_path) == {"graph.nt": b"whole"}


def test_a_graph_that_is_replaced_while_it_is_read_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(sample_graph(), tmp_path, [])
    seen: list[str] = []

    def interrupted(path: Path, columns: list[str] | None = None) -> pl.DataFrame:
        if not seen:
            seen.append(path.name)
            write(new_graph(), tmp_path, [])
        return real(path, columns=columns)

    real = pl.read_parquet
    monkeypatch.setattr("newsgraph.export.parquet.pl.read_parquet", interrupted)

    assert read_tables(tmp_path)["articles"].equals(new_graph()["articles"])


# --- one build at a time


def test_a_second_build_is_told_the_process_of_the_first(tmp_path: Path) -> None:
    with (
        hold_lock(tmp_path),
        pytest.raises(BusyError, match=rf"another build is at work here \(process {os.getpid()}\)"),
        hold_lock(tmp_path),
    ):
        pass


def test_another_process_is_told_at_once(tmp_path: Path) -> None:
    code = f"from pathlib import Path\nfrom newsgraph.storage.folder_lock import hold_lock\nwith hold_lock(Path({str(tmp_path)!r})): pass"
    with hold_lock(tmp_path):
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert f"BusyError: {tmp_path}: another build is at work here (process {os.getpid()})" in result.stderr


def test_the_lock_of_a_killed_build_is_free(tmp_path: Path) -> None:
    code = f"import os\nfrom pathlib import Path\nfrom newsgraph.storage.folder_lock import hold_lock\nwith hold_lock(Path({str(tmp_path)!r})): os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", code], check=False)
    assert (tmp_path / HIDDEN / "lock").is_file()
    with hold_lock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_was_made_for_nothing_goes(tmp_path: Path) -> None:
    with hold_lock(tmp_path / "out"):
        pass
    assert not (tmp_path / "out").exists()


def test_a_reader_waits_for_a_build_that_puts_its_files_in_place(
    tmp_path: Path, new: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    half_done(tmp_path, monkeypatch)
    ready = tmp_path / "ready"
    code = (
        "import time\nfrom pathlib import Path\nfrom newsgraph.storage.folder_lock import hold_lock\nfrom newsgraph.storage.atomic_swap import recover_held\n"
        f"from newsgraph.export import FILES\nfolder = Path({str(tmp_path)!r})\n"
        "with hold_lock(folder):\n    (folder / 'ready').touch()\n    time.sleep(0.5)\n    recover_held(folder, FILES)\n"
    )
    with subprocess.Popen([sys.executable, "-c", code]):
        wait_for(ready.exists)
        read_tables(tmp_path)
    ready.unlink()
    assert files(tmp_path) == new


@pytest.mark.parametrize("name", EXPORTERS)
def test_every_file_of_a_format_may_be_put_in_place(name: str, tmp_path: Path) -> None:
    assert {path.relative_to(tmp_path).as_posix() for path in EXPORTERS[name](sample_graph(), tmp_path)} <= FILES
