"""Temporary folders beside files that stay: each is locked while its process lives, so that what a killed process left is known and removed.

The lock is one of the system, which ends with the process, however that ends. Its file is `NAME.lock` beside the folder.
"""

from __future__ import annotations

import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

_TRIES = 10


class ScratchFolder:
    """An empty folder that is removed at the end; what killed processes left in the same place goes first."""

    def __init__(self, parent: Path, prefix: str) -> None:
        """Make a folder in another one; its name begins with `prefix`. Raises OSError if that cannot be done there."""
        remove_abandoned(parent, prefix)
        self._path, self._lock = _locked_folder(parent, prefix)

    def __enter__(self) -> Path:
        """Return the path of the folder."""
        return self._path

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Remove the folder and its lock."""
        shutil.rmtree(self._path, ignore_errors=True)
        _unlock(self._lock)


def remove_abandoned(parent: Path, prefix: str) -> None:
    """Remove the folders in a place whose processes are gone."""
    with suppress(OSError):
        for folder in sorted({path.with_name(path.name.removesuffix(".lock")) for path in parent.glob(f"{prefix}*")}):
            if folder.is_symlink():
                continue
            with suppress(OSError, Timeout, NotImplementedError):
                lock = FileLock(_lock_file(folder), thread_local=False)
                lock.acquire(timeout=0)
                shutil.rmtree(folder, ignore_errors=True)
                _unlock(lock)


def _locked_folder(parent: Path, prefix: str) -> tuple[Path, FileLock]:
    for _ in range(_TRIES):
        folder = parent / f"{prefix}{secrets.token_hex(8)}"
        lock = FileLock(_lock_file(folder), thread_local=False)
        try:
            lock.acquire(timeout=0)  # before the folder is there, so that nobody takes it for an abandoned one
        except Timeout:  # another process looked whether it is abandoned, just then
            continue
        except NotImplementedError as error:
            message = "this disk has no locks"
            raise OSError(message) from error
        try:
            folder.mkdir()
        except OSError:
            _unlock(lock)
            raise
        return folder, lock
    message = "no temporary folder could be locked"
    raise OSError(message)


def _lock_file(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}.lock")


def _unlock(lock: FileLock) -> None:
    with suppress(OSError):
        Path(lock.lock_file).unlink(missing_ok=True)  # while it is held: nobody locks a file that is about to go
    lock.release()
