"""New files in the place of old ones, all or none: whoever looks finds the old output or the new one, whenever a build is killed.

The new files are written whole into `.newsgraph/staged`. Then a list of what is to be moved and removed, the journal, is
written; from there on the output counts as the new one. Then the files are moved. A journal that is found is finished first, by
the next build or the next one that reads; new files without a journal are thrown away.
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
from newsgraph.storage.folder_lock import HIDDEN, hold_lock

_PATIENCE = 30.0  # seconds to wait for a build that is just putting its files in place, which takes milliseconds


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write new files into, at the places that they are to have below `folder`; call it while holding the lock."""
    staged = folder / HIDDEN / "staged"
    _discard(folder)
    staged.mkdir(parents=True)
    try:
        yield staged
    finally:
        if not _journal(folder).exists():
            shutil.rmtree(staged, ignore_errors=True)


def put_in_place(folder: Path, moves: Iterable[str], removals: Iterable[str]) -> None:
    """Move staged files to their places and remove others; names are paths below `folder`, with `/`. Raises OSError.

    Where it fails before the journal is written, nothing has changed; where it fails later, `recover` goes on.
    """
    moves, removals = sorted(moves), sorted(removals)
    staged = folder / HIDDEN / "staged"
    for name in moves:
        _check_place(folder / name)
        _to_disk(staged / name)
    for place in {(staged / name).parent for name in moves} | {staged}:
        _folder_to_disk(place)
    partial = _journal(folder).with_name("swap.partial")
    partial.unlink(missing_ok=True)
    with partial.open("x", encoding="utf-8") as file:
        json.dump({"moves": moves, "removals": removals}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(_journal(folder))
    _folder_to_disk(folder / HIDDEN)
    _finish(folder, moves, removals)


def is_elsewhere(folder: Path, path: Path) -> bool:
    """Tell whether a file lies behind a link to another folder, which may be shared with others: nothing is removed there."""
    return path.parent != folder and path.parent.is_symlink()


def is_unsettled(folder: Path) -> bool:
    """Tell whether files are just being put in place, or were when a build was killed."""
    return _journal(folder).exists()


def recover(folder: Path, names: Collection[str]) -> None:
    """Finish what a killed build began to put in place; `names` are those of the files that newsgraph writes.

    Waits for a build that is just doing so. Raises InputError where it cannot be done.
    """
    if is_unsettled(folder):
        try:
            with hold_lock(folder, _PATIENCE):
                recover_held(folder, names)
        except UnwritableError as error:
            hint = "Build again, or run this where the folder can be written"
            raise InputError(str(folder), "holds what a killed build had only half put in place", hint) from error


def recover_held(folder: Path, names: Collection[str]) -> None:
    """Do as `recover`, in a process that holds the lock."""
    if is_unsettled(folder):
        moves, removals = _read_journal(folder, names)
        try:
            _finish(folder, moves, removals)
        except OSError as error:
            raise UnwritableError(folder, error) from error


def _read_journal(folder: Path, names: Collection[str]) -> tuple[list[str], list[str]]:
    """Read what is to be moved and removed; a folder may come from anybody, so only our own files are believed to be meant."""
    try:
        told = json.loads(_journal(folder).read_text(encoding="utf-8"))
        moves, removals = told["moves"], told["removals"]
        if all(name in names for name in (*moves, *removals)):
            return moves, removals
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    raise InputError(str(_journal(folder)), "is no list of files that this version of newsgraph writes", "Remove it and build again")


def _finish(folder: Path, moves: Iterable[str], removals: Iterable[str]) -> None:
    """Move and remove what is not yet moved and removed."""
    staged = folder / HIDDEN / "staged"
    for name in moves:
        if os.path.lexists(staged / name):
            _move(staged / name, folder / name)
    for name in removals:
        if not is_elsewhere(folder, folder / name):
            (folder / name).unlink(missing_ok=True)
    for place in {(folder / name).parent for name in (*moves, *removals)}:
        _folder_to_disk(place)
        if place != folder:
            with suppress(OSError):  # only an empty one goes
                place.rmdir()
    _journal(folder).unlink()
    shutil.rmtree(staged, ignore_errors=True)


def _move(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        # the user keeps this part of the output on another disk
        beside = target.with_name(f".partial-{target.name}")
        beside.unlink(missing_ok=True)
        shutil.copyfile(path, beside)
        _to_disk(beside)
        beside.replace(target)
        path.unlink()


def _check_place(target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir() or not os.access(target.parent, os.W_OK | os.X_OK):
        number = errno.EISDIR if target.is_dir() else errno.EACCES
        raise OSError(number, os.strerror(number), str(target))


def _to_disk(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _folder_to_disk(folder: Path) -> None:
    if os.name == "posix" and folder.is_dir():
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)


def _discard(folder: Path) -> None:
    """Remove what killed builds left, those of older versions as well."""
    shutil.rmtree(folder / HIDDEN / "staged", ignore_errors=True)
    (folder / HIDDEN / "swap.partial").unlink(missing_ok=True)
    for path in folder.glob(".partial-*"):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)


def _journal(folder: Path) -> Path:
    return folder / HIDDEN / "swap.json"
