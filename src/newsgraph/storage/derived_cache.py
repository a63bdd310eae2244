"""What is made once from the tables of an output folder and kept beside them, in `.newsgraph/store/KEY/`.

The key is a digest of the tables' files and of the program, so what was made from other tables is never found. A thing is made
in a folder of its own and renamed when it is whole: whoever comes second finds it, or throws its own away. Where nothing can
be written nothing is kept, and that is no error. A build removes all of it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory

from newsgraph.core.graph_tables import SCHEMAS
from newsgraph.storage.code_digest import code_digest, version_of
from newsgraph.storage.folder_lock import HIDDEN

HOME = Path(HIDDEN, "store")
"""Where kept things stand below an output folder."""

_PROGRAMS = ("newsgraph", "polars", "pyoxigraph")  # one key for all that is kept, for what has another is forgotten

Stamp = tuple[tuple[str, int, int, int], ...]
"""Name, size, time and number of each file of tables: it changes where a file is written anew."""


@dataclass(frozen=True)
class TableOrigin:
    """The output folder that tables were read from, and the state of its files just before."""

    folder: Path
    stamp: Stamp


def table_origin(folder: Path) -> TableOrigin:
    """Note the state of a folder's tables; to be called before they are read."""
    return TableOrigin(folder, _stamp(folder))


def derived(origin: TableOrigin, name: str, make: Callable[[Path], None]) -> Path | None:
    """Give the path of the thing `name` that was made from the tables of `origin`; `make` makes it at a path where it is not there.

    None where the tables are no longer those that were read, or where nothing can be written; errors of `make` other than OSError
    come out.
    """
    try:
        home = origin.folder / HOME
        place = home / _key(origin.folder)
        if _stamp(origin.folder) != origin.stamp:
            return None
        if not (place / name).exists():
            _make(place / name, make)
            _forget(path for path in home.iterdir() if path != place and not path.name.startswith("."))
        return place / name
    except OSError:
        return None


def remove(folder: Path) -> None:
    """Remove all that was kept in an output folder; what cannot be removed is never found again, for its key is another."""
    home = folder / HOME
    if not home.parent.is_symlink() and not home.is_symlink():
        rmtree(home, ignore_errors=True)


def _make(path: Path, make: Callable[[Path], None]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".partial-", dir=path.parent, ignore_cleanup_errors=True) as partial:
        make(Path(partial) / path.name)
        try:
            (Path(partial) / path.name).rename(path)
        except OSError:
            if not path.exists():  # else another process was first
                raise


def _forget(paths: Iterable[Path]) -> None:
    for path in paths:
        rmtree(path, ignore_errors=True)


def _tables(folder: Path) -> list[Path]:
    return [path for name in SCHEMAS if (path := folder / "tables" / f"{name}.parquet").exists()]


def _stamp(folder: Path) -> Stamp:
    found = [(path.name, path.stat()) for path in _tables(folder)]
    return tuple((name, state.st_size, state.st_mtime_ns, state.st_ino) for name, state in found)


def _key(folder: Path) -> str:
    whole = hashlib.sha256("\n".join((code_digest("**/*.py", "data/*.ttl"), *map(version_of, _PROGRAMS))).encode())
    for path in _tables(folder):
        with path.open("rb") as file:
            whole.update(f"\n{path.name} {hashlib.file_digest(file, 'sha256').hexdigest()}".encode())
    return whole.hexdigest()[:16]
