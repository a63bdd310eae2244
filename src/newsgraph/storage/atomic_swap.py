"""Replace the files of an output folder all at once: a reader gets the old output or the new one, whenever a build is killed.

The new files are written completely to `.newsgraph/staged`. Then the journal is written, a list of the files to move and to remove;
from that moment the output is the new one. Then the files are moved. If a build is killed before the journal is written, its staged
files are deleted by the next build; if it is killed later, the next build or reader finishes what the journal lists.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from newsgraph.core.errors import InputError, UnwritableError
from newsgraph.core.given_files import read_regular
from newsgraph.storage.folder_lock import HIDDEN, hold_lock

_RECOVERY_WAIT = 30.0  # seconds to wait for a build that is moving its files into place, which takes milliseconds


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Yield an empty folder for new files, which are written there at the paths that they will have below `folder`.

    The caller holds the lock of `folder`.
    """
    staged = folder / HIDDEN / "staged"
    _discard(folder)
    staged.mkdir(parents=True)
    try:
        yield staged
    finally:
        if not _journal(folder).exists():
            shutil.rmtree(staged, ignore_errors=True)


def put_in_place(folder: Path, moves: Iterable[str], removals: Iterable[str]) -> None:
    """Move staged files to their places and remove others; names are paths below `folder`, with `/`.

    Raises OSError. If that happens before the journal is written, nothing has changed; if later, `recover` finishes the work.
    """
    moves, removals = sorted(moves), sorted(removals)
    staged = folder / HIDDEN / "staged"
    for name in moves:
        _check_place(folder / name)
        _sync_file(staged / name)
    for parent in {(staged / name).parent for name in moves} | {staged}:
        _sync_folder(parent)
    partial = _journal(folder).with_name("swap.partial")
    partial.unlink(missing_ok=True)
    with partial.open("x", encoding="utf-8") as file:
        json.dump({"moves": moves, "removals": removals}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(_journal(folder))
    _sync_folder(folder / HIDDEN)
    _finish(folder, moves, removals)


def is_elsewhere(folder: Path, path: Path) -> bool:
    """Return whether a file is behind a link to another folder, which others may share: nothing is removed there."""
    return path.parent != folder and path.parent.is_symlink()


def is_unsettled(folder: Path) -> bool:
    """Return whether files are being moved into place, or were when a build was killed."""
    return _journal(folder).exists()


def recover(folder: Path, names: Collection[str]) -> None:
    """Finish moving the files of a killed build into place; `names` are those of all files that newsgraph may write.

    Waits for a build that is moving its files. Raises InputError if the move cannot be finished.
    """
    if is_unsettled(folder):
        try:
            with hold_lock(folder, _RECOVERY_WAIT):
                recover_held(folder, names)
        except UnwritableError as error:
            hint = "Build again, or run this as a user who can write to the folder"
            raise InputError(str(folder), "holds an output that a killed build had only half moved into place", hint) from error


def recover_held(folder: Path, names: Collection[str]) -> None:
    """Recover as `recover` does, in a process that already holds the lock. Raises UnwritableError."""
    if is_unsettled(folder):
        moves, removals = _read_journal(folder, names)
        try:
            _finish(folder, moves, removals)
        except OSError as error:
            raise UnwritableError(folder, error) from error


def _read_journal(folder: Path, names: Collection[str]) -> tuple[list[str], list[str]]:
    """Read the files to move and to remove; other names than `names` are refused, because a folder may come from a stranger."""
    try:
        journal = json.loads(read_regular(_journal(folder)))
        moves, removals = journal["moves"], journal["removals"]
        if all(name in names for name in (*moves, *removals)):
            return moves, removals
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    raise InputError(str(_journal(folder)), "is not a list of files that this version of newsgraph writes", "Remove it and build again")


def _finish(folder: Path, moves: Iterable[str], removals: Iterable[str]) -> None:
    """Move and remove the files that are not yet moved and removed, then the journal."""
    staged = folder / HIDDEN / "staged"
    for name in moves:
        if os.path.lexists(staged / name):
            _move(staged / name, folder / name)
    for name in removals:
        if not is_elsewhere(folder, folder / name):
            (folder / name).unlink(missing_ok=True)
    for parent in {(folder / name).parent for name in (*moves, *removals)}:
        _sync_folder(parent)
        if parent != folder:
            with suppress(OSError):  # raised unless it is empty
                parent.rmdir()
    _journal(folder).unlink()
    shutil.rmtree(staged, ignore_errors=True)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # The user has this part of the output on another disk.
        partial = target.with_name(f".partial-{target.name}")
        partial.unlink(missing_ok=True)
        shutil.copyfile(path, partial)
        _sync_file(partial)
        partial.replace(target)
        path.unlink()


def _check_place(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() or not os.access(target.parent, os.W_OK | os.X_OK):
        number = errno.EISDIR if target.is_dir() else errno.EACCES
        raise OSError(number, os.strerror(number), str(target))


def _sync_file(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "posix" and folder.is_dir():
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _discard(folder: Path) -> None:
    """Remove the staged files that killed builds left, those of older versions too."""
    shutil.rmtree(folder / HIDDEN / "staged", ignore_errors=True)
    (folder / HIDDEN / "swap.partial").unlink(missing_ok=True)
    for path in folder.glob(f"{HIDDEN}/*.partial-*"):  # files that are kept from build to build: NAME.partial-PROCESS
        if path.suffix.removeprefix(".partial-").isdecimal():
            path.unlink(missing_ok=True)
    for path in folder.glob(".partial-*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _journal(folder: Path) -> Path:
    return folder / HIDDEN / "swap.json"
