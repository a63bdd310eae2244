"""Temporary folders that are told apart from those of killed processes by their locks."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from filelock import Timeout

from newsgraph.storage import derived_cache, scratch_folder
from newsgraph.storage.derived_cache import HOME, TableOrigin, derived, table_origin
from newsgraph.storage.scratch_folder import ScratchFolder, remove_abandoned

KILLED = """
import os, sys
from pathlib import Path
from newsgraph.storage.scratch_folder import ScratchFolder
folder = ScratchFolder(Path(sys.argv[1]), ".partial-").__enter__()
(folder / "half").mkdir()
(folder / "half" / "data").write_bytes(b"x" * 1000)
os._exit(9)
"""


def kill_one(parent: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, str(parent)], check=False)


def names(parent: Path) -> list[str]:
    return sorted(path.name for path in parent.iterdir())


def test_a_folder_goes_with_its_lock_also_after_an_error(tmp_path: Path) -> None:
    with ScratchFolder(tmp_path, ".partial-") as folder:
        (folder / "a").write_text("b", encoding="utf-8")
        assert names(tmp_path) == [folder.name, f"{folder.name}.lock"]
    with pytest.raises(KeyError), ScratchFolder(tmp_path, ".partial-"):
        raise KeyError
    assert names(tmp_path) == []


def test_what_a_killed_process_left_goes_and_what_is_used_and_what_is_no_scratch_stays(tmp_path: Path) -> None:
    (tmp_path / "merged").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / ".partial-link").symlink_to(tmp_path / "other")
    kill_one(tmp_path)
    assert len(names(tmp_path)) == 5
    with ScratchFolder(tmp_path, ".partial-") as used:
        assert names(tmp_path) == sorted([".partial-link", used.name, f"{used.name}.lock", "merged", "other"])
        remove_abandoned(tmp_path, ".partial-")
        assert used.is_dir()


def test_a_folder_whose_lock_is_gone_and_a_lock_whose_folder_is_gone_are_removed(tmp_path: Path) -> None:
    (tmp_path / ".partial-old").mkdir()  # as versions before locks left it
    (tmp_path / ".partial-alone.lock").touch()
    remove_abandoned(tmp_path, ".partial-")
    assert names(tmp_path) == []
    remove_abandoned(tmp_path / "nowhere", ".partial-")


def test_many_processes_in_one_place_take_nothing_from_each_other(tmp_path: Path) -> None:
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(30):
                with ScratchFolder(tmp_path, ".partial-") as folder:
                    (folder / "a").write_text("b", encoding="utf-8")
                    assert (folder / "a").read_text("utf-8") == "b"
        except BaseException as error:  # noqa: BLE001 - shown below
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert names(tmp_path) == []


@pytest.mark.parametrize("error", [NotImplementedError(), Timeout("lock")])
def test_a_place_without_locks_is_an_error_of_the_system(error: Exception, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoLock:
        def __init__(self, *_: object, **__: object) -> None: ...

        def acquire(self, **_: object) -> None:
            raise error

    monkeypatch.setattr(scratch_folder, "FileLock", NoLock)
    with pytest.raises(OSError, match="lock"):
        ScratchFolder(tmp_path, ".partial-")
    assert names(tmp_path) == []


@pytest.fixture
def origin(tmp_path: Path) -> TableOrigin:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "articles.parquet").write_bytes(b"a")
    return table_origin(tmp_path)


def make(path: Path) -> None:
    path.mkdir()
    (path / "data").write_text("made", encoding="utf-8")


def test_an_entry_of_the_cache_that_a_killed_process_left_half_made_goes(origin: TableOrigin) -> None:
    entry = derived(origin, "first", make)
    assert entry is not None
    kill_one(entry.parent)
    assert len(names(entry.parent)) == 3
    assert derived(origin, "second", make) == entry.parent / "second"
    assert names(entry.parent) == ["first", "second"]
    kill_one(entry.parent)
    derived_cache.remove_unfinished(origin.folder)
    assert names(entry.parent) == ["first", "second"]
    assert names(origin.folder / HOME) == [entry.parent.name]
