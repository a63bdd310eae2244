"""One build into a folder at a time: who waits, who is told, and what is left of the lock."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from newsgraph.core.errors import UnwritableError
from newsgraph.storage import folder_lock
from newsgraph.storage.folder_lock import HIDDEN, BusyError, hold_lock

if sys.platform == "win32":
    pytest.skip("locks of other systems", allow_module_level=True)

Flock = Callable[[int, int], None]


@pytest.fixture(autouse=True)
def _nothing_stays_open(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hold every test to this: a lock file that was opened is closed."""
    opened: list[int] = []
    real_open, real_close = os.open, os.close

    def note(path: str | Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        number = real_open(path, flags, mode, dir_fd=dir_fd)
        if Path(path).name == "lock":
            opened.append(number)
        return number

    def forget(number: int) -> None:
        real_close(number)
        if number in opened:
            opened.remove(number)

    monkeypatch.setattr("newsgraph.storage.folder_lock.os.open", note)
    monkeypatch.setattr("newsgraph.storage.folder_lock.os.close", forget)
    yield
    monkeypatch.undo()
    assert opened == []


def lock_of(folder: Path) -> Path:
    return folder / HIDDEN / "lock"


def refuse(number: int) -> Flock:
    def flock(_file: int, _how: int) -> None:
        raise OSError(number, os.strerror(number))

    return flock


def no_sleep(_seconds: float) -> None:
    message = "waits"
    raise AssertionError(message)


# --- who has it


def test_the_lock_names_its_process_and_nothing_else(tmp_path: Path) -> None:
    lock_of(tmp_path).parent.mkdir()
    lock_of(tmp_path).write_text("12345678901234567890\n and what else an older version wrote")
    with hold_lock(tmp_path):
        assert lock_of(tmp_path).read_text() == f"{os.getpid()}\n"


def test_whoever_may_write_the_folder_may_lock_it(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with hold_lock(tmp_path):
            assert lock_of(tmp_path).stat().st_mode & 0o777 == 0o666
    finally:
        os.umask(before)


def test_without_waiting_a_second_one_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.storage.folder_lock.time.sleep", no_sleep)
    with hold_lock(tmp_path), pytest.raises(BusyError, match=rf"\(process {os.getpid()}\)"), hold_lock(tmp_path):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", ["", "no number", "12x", "-5"])
def test_a_process_that_is_not_known_is_not_named(tmp_path: Path, content: str) -> None:
    with hold_lock(tmp_path):
        lock_of(tmp_path).write_text(content)
        with pytest.raises(BusyError, match="another build is at work here\\. Wait for it to end"), hold_lock(tmp_path):
            pass


def test_a_long_process_id_is_named_whole(tmp_path: Path) -> None:
    with hold_lock(tmp_path):
        lock_of(tmp_path).write_text("12345678901234567890")
        with pytest.raises(BusyError, match=r"\(process 12345678901234567890\)"), hold_lock(tmp_path):
            pass


def test_one_that_waits_has_the_lock_when_the_other_lets_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ExitStack()
    first.enter_context(hold_lock(tmp_path))
    waited: list[float] = []

    def let_go(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 3:
            first.close()

    monkeypatch.setattr("newsgraph.storage.folder_lock.time.sleep", let_go)
    with hold_lock(tmp_path, wait=600):
        assert len(waited) == 3
        assert lock_of(tmp_path).read_text() == f"{os.getpid()}\n"
    assert all(0 < seconds < 1 for seconds in waited)


@pytest.mark.parametrize(("wait", "tries"), [(0.0, 1), (10.0, 2), (10.5, 3), (25.0, 4)])
def test_one_that_waits_gives_up_in_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: float, tries: int) -> None:
    now = [1000.0]
    asked: list[int] = []
    real = folder_lock._lock  # noqa: SLF001 - counts how often it is tried

    def sleep(_seconds: float) -> None:
        now[0] += 10

    def count(file: int) -> None:
        asked.append(file)
        real(file)

    monkeypatch.setattr("newsgraph.storage.folder_lock.time.sleep", sleep)
    monkeypatch.setattr("newsgraph.storage.folder_lock.time.monotonic", lambda: now[0])
    with hold_lock(tmp_path):
        monkeypatch.setattr(folder_lock, "_lock", count)
        with pytest.raises(BusyError), hold_lock(tmp_path, wait):
            pass
    assert len(asked) == tries


@pytest.mark.parametrize("number", [errno.EACCES, errno.EAGAIN, errno.EPERM])
def test_a_system_that_refuses_a_lock_says_that_another_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr("newsgraph.storage.folder_lock.fcntl.flock", refuse(number))
    with pytest.raises(BusyError), hold_lock(tmp_path):
        pass


@pytest.mark.parametrize("number", [errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP])
def test_a_folder_that_knows_no_locks_is_built_into(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr("newsgraph.storage.folder_lock.fcntl.flock", refuse(number))
    with hold_lock(tmp_path):
        assert lock_of(tmp_path).is_file()


def test_another_fault_of_the_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsgraph.storage.folder_lock.fcntl.flock", refuse(errno.EIO))
    with pytest.raises(UnwritableError, match=os.strerror(errno.EIO)), hold_lock(tmp_path):
        pass


# --- a lock that goes while it is taken


@pytest.mark.parametrize("and_another_is_there", [False, True])
def test_a_lock_file_that_another_removed_meanwhile_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, and_another_is_there: bool
) -> None:
    import fcntl  # noqa: PLC0415 - not on every system

    real: Flock = fcntl.flock
    taken: list[int] = []

    def flock(file: int, how: int) -> None:
        taken.append(file)
        if len(taken) == 1:  # between opening and locking the other lets go of it
            lock_of(tmp_path).unlink()
            if and_another_is_there:
                lock_of(tmp_path).write_text("1\n")
        real(file, how)

    monkeypatch.setattr("newsgraph.storage.folder_lock.fcntl.flock", flock)
    with hold_lock(tmp_path):
        assert len(taken) == 2
        assert lock_of(tmp_path).read_text() == f"{os.getpid()}\n"
        monkeypatch.setattr("newsgraph.storage.folder_lock.fcntl.flock", real)
        with pytest.raises(BusyError), hold_lock(tmp_path):
            pass


def test_a_link_in_the_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    lock_of(tmp_path).parent.mkdir()
    lock_of(tmp_path).symlink_to(tmp_path / "mine")
    with pytest.raises(UnwritableError), hold_lock(tmp_path):
        pass
    assert (tmp_path / "mine").read_text() == "precious"


# --- what is left


def test_a_folder_that_was_there_stays_and_one_that_was_made_goes(tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    for name in ("old", "new", "a/b/c"):
        with hold_lock(tmp_path / name):
            assert lock_of(tmp_path / name).is_file()
    assert list((tmp_path / "old").iterdir()) == []
    assert not (tmp_path / "new").exists()
    assert not (tmp_path / "a/b/c").exists()


@pytest.mark.parametrize("name", ["graph.nt", f"{HIDDEN}/build.json"])
def test_what_was_put_into_the_folder_stays(tmp_path: Path, name: str) -> None:
    with hold_lock(tmp_path / "out"):
        (tmp_path / "out" / name).write_text("whole")
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == [tmp_path / "out" / name]


def test_an_error_of_the_builder_comes_out_and_frees_the_lock(tmp_path: Path) -> None:
    message = "a bug"
    with pytest.raises(KeyError, match=message), hold_lock(tmp_path / "out"):
        raise KeyError(message)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableError, match="file/out"), hold_lock(tmp_path / "file" / "out"):
        pass
