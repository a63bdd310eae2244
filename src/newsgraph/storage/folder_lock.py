"""One build into a folder at a time: a lock that the system frees when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsgraph.core.errors import InputError, UnwritableError

HIDDEN = ".newsgraph"
"""The folder below an output folder that is newsgraph's own: the lock, what builds keep, and what is about to be put in place."""

_PAUSE = 0.05  # seconds between two tries
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP}  # some network folders know no locks; there, nobody can be told


class BusyError(InputError):
    """A folder that another process builds into."""

    def __init__(self, folder: Path, process: str) -> None:
        """Take the folder and the other's process id, empty where it is not known."""
        other = f"another build is at work here{f' (process {process})' if process else ''}"
        super().__init__(str(folder), other, "Wait for it to end, or choose another folder")


@contextmanager
def hold_lock(folder: Path, wait: float = 0) -> Iterator[None]:
    """Let no other process build into a folder meanwhile; the folder is made where it is missing, and goes again if nothing is put in it.

    Waits for another process so many seconds. Raises BusyError, or UnwritableError where no lock can be made.
    """
    was_there = folder.is_dir()
    try:
        lock = _taken(folder, time.monotonic() + wait)
    except OSError as error:
        raise UnwritableError(folder, error) from error
    try:
        yield
    finally:
        _let_go(lock, folder / HIDDEN / "lock")
        with suppress(OSError):
            (folder / HIDDEN).rmdir()
            if not was_there:
                folder.rmdir()


def _taken(folder: Path, until: float) -> int:
    path = folder / HIDDEN / "lock"
    while True:
        path.parent.mkdir(parents=True, exist_ok=True)
        # not through a link that someone laid there
        lock = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0), 0o666)
        try:
            _lock(lock)
            if _is_still(lock, path):
                os.ftruncate(lock, 0)
                os.write(lock, f"{os.getpid()}\n".encode())
                return lock
        except (BlockingIOError, PermissionError) as error:
            if time.monotonic() >= until:
                told = os.read(lock, 20).decode("ascii", "replace").strip()
                os.close(lock)
                raise BusyError(folder, told if told.isdecimal() else "") from error
            time.sleep(_PAUSE)
        except OSError:
            os.close(lock)
            raise
        os.close(lock)


def _is_still(lock: int, path: Path) -> bool:
    """Tell whether the locked file is the one that lies there: who let go of the lock before has removed his."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 20  # the byte that is locked lies behind the process id, which can be read meanwhile

    def _lock(lock: int) -> None:
        os.lseek(lock, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(lock, msvcrt.LK_NBLCK, 1)
        finally:
            os.lseek(lock, 0, os.SEEK_SET)

    def _let_go(lock: int, path: Path) -> None:
        os.close(lock)
        with suppress(OSError):
            path.unlink()

else:
    import fcntl

    def _lock(lock: int) -> None:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise

    def _let_go(lock: int, path: Path) -> None:
        with suppress(OSError):
            path.unlink()
        os.close(lock)
