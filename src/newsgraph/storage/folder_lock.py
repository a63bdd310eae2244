"""One build into a folder at a time: a lock that the system frees when its process ends, however it ends."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from newsgraph.core.errors import InputError, UnwritableError

HIDDEN = ".newsgraph"
"""The folder below an output folder that is newsgraph's own: the lock, the cache of builds, and files about to be put in place."""

_PAUSE = 0.05  # seconds between two tries


class BusyError(InputError):
    """Another process builds into the folder."""

    def __init__(self, folder: Path, process: str) -> None:
        """Name the folder and the process id of the other build, empty where it is not known."""
        what = f"another build is at work here{f' (process {process})' if process else ''}"
        super().__init__(str(folder), what, "Wait for it to end, or choose another folder")


@contextmanager
def hold_lock(folder: Path, wait: float = 0) -> Iterator[None]:
    """Keep other processes from building into a folder for as long as the block lasts.

    A folder that is missing is created, and removed again where the block leaves it empty. `wait` is how many seconds to wait for
    another process. Raises BusyError where that is not enough, UnwritableError where the folder cannot be written.
    """
    was_there = folder.is_dir()
    path = folder / HIDDEN / "lock"
    holder = path.with_name("lock.pid")
    lock = FileLock(path)
    try:
        _acquire(lock, path, wait)
        _replace_text(holder, f"{os.getpid()}\n")
    except Timeout as error:
        raise BusyError(folder, _process(holder)) from error
    except OSError as error:
        lock.release()
        raise UnwritableError(folder, error) from error
    try:
        yield
    finally:
        # Removed while it is held: a process that waits for the old file finds it gone, and locks a new one.
        for file in (holder, path):
            with suppress(OSError):
                file.unlink()
        lock.release()
        with suppress(OSError):
            (folder / HIDDEN).rmdir()
            if not was_there:
                folder.rmdir()


def _acquire(lock: FileLock, path: Path, wait: float) -> None:
    """Acquire a lock within `wait` seconds, though the process that holds it now may remove the folder when it ends."""
    deadline = time.monotonic() + wait
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=max(deadline - time.monotonic(), 0), poll_interval=_PAUSE)
        except FileNotFoundError:
            if time.monotonic() > deadline + 1:
                raise
        else:
            return


def _replace_text(path: Path, text: str) -> None:
    """Write a file anew, never through a link that lies in its place."""
    path.unlink(missing_ok=True)
    with path.open("x", encoding="ascii") as file:
        file.write(text)


def _process(holder: Path) -> str:
    try:
        with holder.open(encoding="ascii", errors="replace") as file:
            process = file.read(20).strip()
    except OSError:
        return ""
    return process if process.isdecimal() else ""
