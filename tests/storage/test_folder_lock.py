"""One build into a folder at a time: who waits, who is told, and what is left of the lock."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from newsgraph.core.errors import UnwritableError
from newsgraph.storage.folder_lock import HIDDEN, BusyError, hold_lock


def lock_of(folder: Path) -> Path:
    return folder / HIDDEN / "lock"


def holder_of(folder: Path) -> Path:
    return folder / HIDDEN / "lock.pid"


def assert_busy(folder: Path, told: str = rf"\(process {os.getpid()}\)", wait: float = 0) -> None:
    with pytest.raises(BusyError, match=told), hold_lock(folder, wait):
        pass


def assert_free(folder: Path) -> None:
    with hold_lock(folder):
        pass


@pytest.fixture(autouse=True)
def _locks_are_let_go_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no lock go only because nobody refers to it any more."""
    monkeypatch.setattr(FileLock, "__del__", lambda _lock: None, raising=False)


# --- who has it


def test_the_process_that_holds_the_lock_is_named_and_nothing_else(tmp_path: Path) -> None:
    holder_of(tmp_path).parent.mkdir()
    holder_of(tmp_path).write_text("12345678901234567890\n and what else a killed build wrote")
    with hold_lock(tmp_path):
        assert holder_of(tmp_path).read_text() == f"{os.getpid()}\n"
        assert lock_of(tmp_path).is_file()
        assert_busy(tmp_path)
    assert_free(tmp_path)


def test_without_waiting_a_second_one_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_sleep(_seconds: float) -> None:
        message = "waits"
        raise AssertionError(message)

    with hold_lock(tmp_path):
        monkeypatch.setattr(time, "sleep", no_sleep)
        with pytest.raises(BusyError), hold_lock(tmp_path):
            pass
        assert holder_of(tmp_path).read_text() == f"{os.getpid()}\n"
        assert_busy(tmp_path)  # the one that was refused took nothing away


@pytest.mark.parametrize("content", ["", "no number", "12x", "-5", "\xff"])
def test_a_process_that_is_not_known_is_not_named(tmp_path: Path, content: str) -> None:
    with hold_lock(tmp_path):
        holder_of(tmp_path).write_bytes(content.encode("latin-1"))
        assert_busy(tmp_path, "another build is at work here\\. Wait for it to end")
        holder_of(tmp_path).unlink()
        assert_busy(tmp_path, "another build is at work here\\. Wait for it to end")


@pytest.mark.parametrize("content", ["12345678901234567890", "12345678901234567890123", " 12345678901234567890"])
def test_a_process_id_has_twenty_digits_at_most(tmp_path: Path, content: str) -> None:
    with hold_lock(tmp_path):
        holder_of(tmp_path).write_text(content)
        assert_busy(tmp_path, rf"\(process {content[:20].strip()}\)")


# --- who waits


def on_sleep(monkeypatch: pytest.MonkeyPatch, number: int, act: Callable[[], object]) -> list[float]:
    """Do something in place of the sleep of a number, and note how long each would have been."""
    noted: list[float] = []

    def sleep(seconds: float) -> None:
        noted.append(seconds)
        if len(noted) == number:
            act()

    monkeypatch.setattr(time, "sleep", sleep)
    return noted


def test_one_that_waits_has_the_lock_when_the_other_lets_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ExitStack()
    first.enter_context(hold_lock(tmp_path))
    holder_of(tmp_path).write_text("1\n")
    waited = on_sleep(monkeypatch, 3, first.close)
    with hold_lock(tmp_path, wait=600):
        assert len(waited) == 3
        assert holder_of(tmp_path).read_text() == f"{os.getpid()}\n"
        assert_busy(tmp_path)
    assert all(0 < seconds < 1 for seconds in waited)


def test_one_that_waits_gives_up_when_its_time_is_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with hold_lock(tmp_path):
        waited = on_sleep(monkeypatch, 0, lambda: None)
        assert_busy(tmp_path, wait=0.05)
    assert waited


Acquire = Callable[..., Any]


@pytest.mark.parametrize(
    ("wait", "step", "tries"), [(0.0, 0.5, 3), (0.0, 1.0, 2), (0.0, 2.0, 1), (5.0, 2.0, 4), (5.0, 3.0, 3), (5.0, 6.0, 2)]
)
def test_a_folder_that_goes_away_again_and_again_is_told_one_second_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wait: float, step: float, tries: int
) -> None:
    given: list[float] = []

    def gone(_lock: FileLock, timeout: float, **_: object) -> None:
        assert lock_of(tmp_path).parent.is_dir()
        lock_of(tmp_path).parent.rmdir()
        given.append(timeout)
        raise FileNotFoundError

    monkeypatch.setattr(FileLock, "acquire", gone)
    monkeypatch.setattr(time, "monotonic", lambda: 1000.0 + step * len(given))
    with pytest.raises(UnwritableError), hold_lock(tmp_path, wait):
        pass
    assert given == [max(wait - step * number, 0) for number in range(tries)]


def test_a_folder_that_the_other_removed_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acquire: Acquire = FileLock.acquire
    tried: list[object] = []

    def gone_once(lock: FileLock, **options: object) -> object:
        tried.append(options)
        if len(tried) == 1:
            (tmp_path / "out" / HIDDEN).rmdir()
            (tmp_path / "out").rmdir()
            raise FileNotFoundError
        return acquire(lock, **options)

    monkeypatch.setattr(FileLock, "acquire", gone_once)
    with hold_lock(tmp_path / "out"):
        assert lock_of(tmp_path / "out").is_file()
        assert len(tried) == 2


# --- what stands in the way


def test_a_link_in_the_place_of_a_file_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("precious")
    holder_of(tmp_path).parent.mkdir()
    holder_of(tmp_path).symlink_to(tmp_path / "mine")
    with hold_lock(tmp_path):
        assert holder_of(tmp_path).read_text() == f"{os.getpid()}\n"
    assert (tmp_path / "mine").read_text() == "precious"


def test_where_the_process_cannot_be_noted_nothing_is_locked(tmp_path: Path) -> None:
    holder_of(tmp_path).mkdir(parents=True)
    with pytest.raises(UnwritableError), hold_lock(tmp_path):
        pass
    holder_of(tmp_path).rmdir()
    assert_free(tmp_path)


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UnwritableError, match="file/out"), hold_lock(tmp_path / "file" / "out"):
        pass


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


def test_files_of_the_lock_that_are_gone_already_are_no_error(tmp_path: Path) -> None:
    with hold_lock(tmp_path):
        holder_of(tmp_path).unlink()
        lock_of(tmp_path).unlink()
    assert list(tmp_path.iterdir()) == []


def test_an_error_of_the_builder_comes_out_and_frees_the_lock(tmp_path: Path) -> None:
    message = "a bug"
    with pytest.raises(KeyError, match=message), hold_lock(tmp_path / "out"):
        raise KeyError(message)
    assert not (tmp_path / "out").exists()
    assert_free(tmp_path / "out")
