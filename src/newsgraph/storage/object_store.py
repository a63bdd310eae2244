"""Copy folders of object storage (`s3://bucket/news`, `memory://x`, `file:///x`) to and from this machine.

Addresses are those of fsspec. Credentials come from the environment and never appear in an output or a message.
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

NameFilter = Callable[[str], bool]
"""Returns whether a file of a name is to be copied."""

_ADDRESS = re.compile(r"([a-z][a-z0-9+.-]+):/{1,3}(.*)", re.DOTALL)  # `Path` turns two slashes into one
_SECRET = re.compile(r"^[^/@]*@")
_EXTRA = "s3"
_HINT = "Check the address, and that the environment has the credentials for it"


def address_of(place: Path | str) -> str | None:
    """Return the address of a place on object storage, None for a path of this machine."""
    match = _ADDRESS.fullmatch(str(place))
    if match is None or Path(place).exists():
        return None
    return f"{match[1]}://{'/' if match[1] == 'file' else ''}{match[2]}"


def shown_address(address: str) -> str:
    """Return an address for messages, without credentials."""
    scheme, _, rest = address.partition("://")
    return f"{scheme}://{_SECRET.sub('', rest).partition('?')[0]}"


@contextmanager
def local_copy(place: Path, name_filter: NameFilter) -> Iterator[Path]:
    """Yield a place as a path of this machine; files of an address are copied, and the copies are removed at the end of the block.

    `name_filter` chooses the files by name; hidden files are skipped. Raises InputError if the address cannot be read,
    MissingExtraError if a package is missing.
    """
    address = address_of(place)
    if address is None:
        yield place
        return
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        yield _download(address, Path(folder), name_filter)


def _download(address: str, folder: Path, name_filter: NameFilter) -> Path:
    with _file_system(address, "read") as (system, root):
        target = folder / (PurePosixPath(root).name or "files")
        if system.isfile(root):
            system.get_file(root, str(target))
            return target
        names = sorted(system.find(root))
        if not names:
            raise InputError(shown_address(address), "is empty", _HINT)
        target.mkdir()
        for name in names:
            below = PurePosixPath(name).relative_to(PurePosixPath(root))
            hidden = any(part.startswith(".") for part in below.parts)
            if not hidden and below.parts and name_filter(below.name):
                (target / below).parent.mkdir(parents=True, exist_ok=True)
                system.get_file(name, str(target / below))
    return target


def names_at(address: str) -> frozenset[str]:
    """Return the paths of the files below an address, relative to it; none if there is nothing yet. Raises as `local_copy` does."""
    with _file_system(address, "read") as (system, root):
        if not system.exists(root):
            return frozenset()
        return frozenset(PurePosixPath(name).relative_to(PurePosixPath(root)).as_posix() for name in system.find(root))


def upload(folder: Path, address: str) -> None:
    """Upload the files of a folder, those of the graph last; hidden files are skipped. Raises as `local_copy` does."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path.relative_to(folder))]
    with _file_system(address, "written to") as (system, root):
        for path in sorted(files, key=lambda path: path.name.startswith("graph")):
            target = f"{root}/{path.relative_to(folder).as_posix()}"
            system.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
            system.put_file(str(path), target)


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


@contextmanager
def _file_system(address: str, use: str) -> Iterator[tuple[AbstractFileSystem, str]]:
    """Yield the file system of an address and the path in it; its errors are reported by type only, since their text may hold secrets."""
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
    except Exception as error:  # noqa: BLE001 - each file system raises its own errors
        what = f"cannot be {use} ({type(error).__name__})"
        raise InputError(where, what, _HINT) from None
