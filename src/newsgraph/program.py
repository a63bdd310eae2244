"""The program itself, as far as what it writes depends on it."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from re import match


@cache
def program() -> str:
    """Give a digest of all files of this package, of the libraries that it asks for, by version, and of Python's: 64 hex digits."""
    folder = Path(str(files("newsgraph")))
    whole = hashlib.sha256("\n".join([f"{sys.version_info[:3]}", *_libraries()]).encode())
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        whole.update(f"\n{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _libraries() -> list[str]:
    names = sorted({found[0] for line in requires("newsgraph") or () if (found := match(r"[\w.-]+", line))})
    return [f"{name} {_version(name)}" for name in names]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
