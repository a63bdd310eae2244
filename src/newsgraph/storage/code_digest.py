"""The program itself, as far as what it writes depends on it: whoever changes a file of it need not think of another version."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from re import match


@cache
def program_digest() -> str:
    """Give a digest of all files of this package, of the libraries that it asks for, by version, and of Python's: 64 hex digits."""
    names = sorted({found[0] for line in requires("newsgraph") or () if (found := match(r"[\w.-]+", line))})
    told = (f"{sys.version_info[:3]}", *(f"{name} {version_of(name)}" for name in names), code_digest("**/*"))
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


@cache
def code_digest(*patterns: str) -> str:
    """Give a digest of those files of this package that fit patterns, names and content: 64 hex digits."""
    folder = Path(str(files("newsgraph")))
    total = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


def version_of(package: str) -> str:
    """Give the version of an installed package, `none` where it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
