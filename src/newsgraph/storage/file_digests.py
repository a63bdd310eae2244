"""A list of files with their sizes and digests, beside them in `manifest.json`, by which a damaged or half copied folder is recognized."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from newsgraph.core.given_files import check_regular, read_regular

MANIFEST = "manifest.json"
_FORMAT = 1


def write_manifest(folder: Path, names: Iterable[str]) -> Path:
    """Write the manifest of some files of a folder, by their paths below it, and return its path."""
    files = {name: {"bytes": (folder / name).stat().st_size, "sha256": sha256_of(folder / name)} for name in sorted(names)}
    path = folder / MANIFEST
    path.write_text(json.dumps({"format": _FORMAT, "files": files}, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def damages(folder: Path, *, by_size: bool = False) -> list[str] | None:
    """Return what is wrong with the files of a folder's manifest, one text for each, and with the manifest; None if there is none.

    A file is "NAME is missing", "NAME cannot be read", "NAME has 3 bytes instead of 4" or "NAME is not what was written"; that takes
    reading all, which is not done `by_size`.
    """
    try:
        text = read_regular(folder / MANIFEST).decode()
    except FileNotFoundError:
        return None
    except (OSError, ValueError):
        return [f"{MANIFEST} cannot be read"]
    try:
        manifest = json.loads(text)
        expected = {str(name): (int(file["bytes"]), str(file["sha256"])) for name, file in manifest["files"].items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return [f"{MANIFEST} is not what was written"]
    return list(_damages(folder, expected, by_size=by_size))


def _damages(folder: Path, expected: dict[str, tuple[int, str]], *, by_size: bool) -> Iterator[str]:
    for name, (size, digest) in expected.items():
        try:
            present = (folder / name).stat().st_size
            if present != size:
                yield f"{name} has {present:,} bytes instead of {size:,}"
            elif not by_size and sha256_of(folder / name) != digest:
                yield f"{name} is not what was written"
        except (FileNotFoundError, NotADirectoryError):
            yield f"{name} is missing"
        except OSError:
            yield f"{name} cannot be read"


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hex; a file that has not changed is read once a process. Raises OSError."""
    state = path.stat()
    check_regular(path, state)
    return _sha256(str(path), state.st_size, state.st_mtime_ns, state.st_ino)


@lru_cache(maxsize=1024)
def _sha256(path: str, _size: int, _changed: int, _inode: int) -> str:
    with Path(path).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
