"""Digests of the program's own files, so that caches notice every change of the code without a version number to raise."""

from __future__ import annotations

import hashlib
import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files
from pathlib import Path
from re import match

from newsgraph.storage.file_states import state_of


@cache
def program_digest() -> str:
    """Return the SHA-256, in hex, of all files of this package, the versions of the libraries that it requires, and Python's version."""
    return hashlib.sha256("\n".join((*_versions(), code_digest("**/*"))).encode()).hexdigest()


@cache
def program_state() -> str:
    """Return a digest like `program_digest`, of the states of the files (see `file_states`) in place of what is in them.

    It takes a fifth of the time, and differs between two copies of the same program.
    """
    whole = hashlib.sha256("\n".join(_versions()).encode())
    waiting = [str(files("newsgraph"))]
    lines = []
    while waiting:
        for entry in os.scandir(waiting.pop()):
            if entry.is_dir():
                waiting += [entry.path] if entry.name != "__pycache__" else []
            else:
                lines.append(f"{entry.path} {state_of(entry.stat())}")
    whole.update("\n".join(sorted(lines)).encode())
    return whole.hexdigest()


def _versions() -> list[str]:
    names = sorted({name[0] for line in requires("newsgraph") or () if (name := match(r"[\w.-]+", line))})
    return [f"{sys.version_info[:3]}", *(f"{name} {version_of(name)}" for name in names)]


@cache
def code_digest(*patterns: str) -> str:
    """Return the SHA-256, in hex, of names and content of the files of this package that match glob patterns."""
    folder = Path(str(files("newsgraph")))
    total = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in folder.glob(pattern)}):
        if path.is_file() and path.suffix != ".pyc":
            total.update(f"{path.relative_to(folder).as_posix()} {path.stat().st_size}\n".encode())
            total.update(path.read_bytes())
    return total.hexdigest()


@cache
def version_of(package: str) -> str:
    """Return the version of an installed package, `none` if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"
