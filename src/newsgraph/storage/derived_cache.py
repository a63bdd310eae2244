"""A cache of what is derived from the tables of an output folder, in `.newsgraph/store/KEY/` below it.

The key is a digest of the tables' files and of the program, so an entry derived from other tables is never used. An entry is made in a
temporary folder and renamed when it is complete; of two processes that make the same entry, the second uses or discards its own. If
nothing can be written, nothing is cached, which is not an error. What a killed process left of an entry goes when the next one is made.
Every build removes the cache. An entry has a manifest (see
`file_digests`); one that was damaged since is made again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from newsgraph.core.given_files import read_regular
from newsgraph.core.graph_tables import SCHEMAS
from newsgraph.storage.code_digest import code_digest, version_of
from newsgraph.storage.file_digests import MANIFEST, damages, sha256_of, write_manifest
from newsgraph.storage.folder_lock import HIDDEN
from newsgraph.storage.scratch_folder import ScratchFolder, remove_abandoned

HOME = Path(HIDDEN, "store")
"""Path of the cache below an output folder."""

_PROGRAMS = ("newsgraph", "polars", "pyoxigraph")  # one key for all entries, because those with other keys are removed

_STAMPS = "stamps.json"
_PARTIAL = ".partial-"  # an entry that is being made

Stamp = tuple[tuple[str, int, int, int], ...]
"""Name, size in bytes, modification time in nanoseconds and inode of each table's file: it differs once a file is written again."""


@dataclass(frozen=True)
class TableOrigin:
    """The output folder that tables were read from, and the state of its files just before."""

    folder: Path
    stamp: Stamp


def is_current(origin: TableOrigin) -> bool:
    """Return whether the files of a folder's tables are still those that were read."""
    return _stamp(origin.folder) == origin.stamp


def table_origin(folder: Path) -> TableOrigin:
    """Return the origin of a folder's tables; call it before reading them."""
    return TableOrigin(folder, _stamp(folder))


def derived(origin: TableOrigin, name: str, make: Callable[[Path], None]) -> Path | None:
    """Return the path of the entry `name` for the tables of `origin`; if it is not cached, `make` creates it at the path that it gets.

    Returns None if the tables are no longer those that were read, or if nothing can be written. Raises what `make` raises, except
    OSError.
    """
    try:
        home = origin.folder / HOME
        entries = home / _key(origin.folder)
        if _stamp(origin.folder) != origin.stamp:
            return None
        if not _is_whole(entries / name):
            _remove_all([entries / name])
            _make(entries / name, make)
            _remove_all(path for path in home.iterdir() if path != entries and not path.name.startswith("."))
        return entries / name
    except OSError:
        return None


def existing(origin: TableOrigin, name: str) -> Path | None:
    """Return the path of the entry `name` for the tables of `origin` if it was made before and is whole, else None."""
    try:
        entry = origin.folder / HOME / _key(origin.folder) / name
        return entry if _stamp(origin.folder) == origin.stamp and _is_whole(entry) else None
    except OSError:
        return None


def remove(folder: Path) -> None:
    """Remove the cache of an output folder; entries that cannot be removed are not used again, because their key differs."""
    home = folder / HOME
    if not home.parent.is_symlink() and not home.is_symlink():
        rmtree(home, ignore_errors=True)


def remove_unfinished(folder: Path) -> None:
    """Remove the entries below an output folder that processes were making when they were killed."""
    with suppress(OSError):
        for entries in sorted((folder / HOME).iterdir()):
            if not entries.is_symlink():
                remove_abandoned(entries, _PARTIAL)


def _is_whole(entry: Path) -> bool:
    """Return whether an entry is as it was made. Its files are read only if one has another state than then, as after copying."""
    stamps = entry / _STAMPS
    try:
        if json.loads(read_regular(stamps)) == _states(entry):
            return True
    except (OSError, ValueError, RecursionError):
        pass
    if damages(entry) != []:
        return False
    with suppress(OSError):
        stamps.write_text(json.dumps(_states(entry)), encoding="utf-8")
    return True


def _states(entry: Path) -> dict[str, list[int]]:
    states = {name: (entry / name).stat() for name in (*_files(entry), MANIFEST)}
    return {name: [state.st_size, state.st_mtime_ns, state.st_ctime_ns, state.st_ino] for name, state in states.items()}


def _files(entry: Path) -> list[str]:
    """Return the files of an entry, by their paths below it, without the logs and locks of an engine, which it may write anew."""
    names = [path.relative_to(entry).as_posix() for path in entry.rglob("*") if path.is_file()]
    return sorted(name for name in names if not name.startswith(("LOG", "LOCK")) and name not in {MANIFEST, _STAMPS})


def _make(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with ScratchFolder(path.parent, _PARTIAL) as partial:
        make(made := partial / path.name)
        write_manifest(made, _files(made))
        (made / _STAMPS).write_text(json.dumps(_states(made)), encoding="utf-8")
        try:
            made.rename(path)
        except OSError:
            if not path.exists():  # otherwise another process was first
                raise


def _remove_all(paths: Iterable[Path]) -> None:
    for path in paths:
        rmtree(path, ignore_errors=True)


def _tables(folder: Path) -> list[Path]:
    return [path for name in SCHEMAS if (path := folder / "tables" / f"{name}.parquet").exists()]


def _stamp(folder: Path) -> Stamp:
    states = [(path.name, path.stat()) for path in _tables(folder)]
    return tuple((name, state.st_size, state.st_mtime_ns, state.st_ino) for name, state in states)


def _key(folder: Path) -> str:
    digest = hashlib.sha256("\n".join((code_digest("**/*.py", "data/*.ttl"), *map(version_of, _PROGRAMS))).encode())
    for path in _tables(folder):
        digest.update(f"\n{path.name} {sha256_of(path)}".encode())
    return digest.hexdigest()[:16]
