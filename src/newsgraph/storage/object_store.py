"""Folders on object storage (`s3://bucket/news`, `memory://x`, `file:///x`), copied to and from a folder of this machine.

Each is named by an address that fsspec understands. What gives access stands in the environment, never in an output or a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from newsgraph.core.errors import InputError, MissingExtraError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

Wanted = Callable[[str], bool]
"""Tells of the name of a file whether it is worth copying."""

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/{1,3}(.*)", re.DOTALL)  # a path has made one slash of two
_SECRET = re.compile(r"^[^/@]*@")
_EXTRA = "s3"
_HINT = "Check the address, and that the environment gives access to it"


def address_of(place: Path | str) -> str | None:
    """Give the address of a place that is no path of this machine, else None."""
    match = _ADDRESS.fullmatch(str(place))
    if match is None or Path(place).exists():
        return None
    return f"{match[1]}://{'/' if match[1] == 'file' else ''}{match[2]}"


def shown_address(address: str) -> str:
    """Write an address for people: without what may give access."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{_SECRET.sub('', rest).partition('?')[0]}"


@contextmanager
def local_copy(place: Path, wanted: Wanted) -> Iterator[Path]:
    """Give a place as a path of this machine: as it is, or, of an address, a copy of its files that are wanted, gone in the end.

    Hidden files are passed over. Raises InputError where the address cannot be read, MissingExtraError where a package is missing.
    """
    address = address_of(place)
    if address is None:
        yield place
        return
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        yield _fetched(address, Path(folder), wanted)


def _fetched(address: str, folder: Path, wanted: Wanted) -> Path:
    with _opened(address, "read") as (system, root):
        target = folder / (PurePosixPath(root).name or "files")
        if system.isfile(root):
            system.get_file(root, str(target))
            return target
        names = sorted(system.find(root))
        if not names:
            raise InputError(shown_address(address), "holds nothing", _HINT)
        target.mkdir()
        for name in names:
            below = PurePosixPath(name).relative_to(PurePosixPath(root))
            hidden = any(part.startswith(".") for part in below.parts)
            if not hidden and below.parts and wanted(below.name):
                (target / below).parent.mkdir(parents=True, exist_ok=True)
                system.get_file(name, str(target / below))
    return target


def upload(folder: Path, address: str) -> None:
    """Put the files of a folder up, those of the graph after all others; hidden ones stay here. Raises as `local_copy` does."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path.relative_to(folder))]
    with _opened(address, "written") as (system, root):
        for path in sorted(files, key=lambda path: path.name.startswith("graph")):
            target = f"{root}/{path.relative_to(folder).as_posix()}"
            system.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
            system.put_file(str(path), target)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


@contextmanager
def _opened(address: str, done: str) -> Iterator[tuple[AbstractFileSystem, str]]:
    """Open the file system of an address; what it raises is told by its kind alone, because its words may hold secrets."""
    where = shown_address(address)
    try:
        import fsspec  # noqa: PLC0415 - optional
    except ImportError as error:
        raise MissingExtraError(where, "fsspec", _EXTRA) from error
    try:
        system, root = fsspec.url_to_fs(address)
        yield system, root.rstrip("/")
    except ImportError as error:
        scheme = address.partition("://")[0]
        raise MissingExtraError(where, "s3fs" if scheme in {"s3", "s3a"} else f"that fsspec needs for {scheme}://", _EXTRA) from error
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - each file system has errors of its own
        what = f"cannot be {done} ({type(error).__name__})"
        raise InputError(where, what, _HINT) from None
