"""What keeps a command from running or from printing, in plain words: too little memory, impossible paths, a stream that takes no more."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

LEAST_MEMORY = 1_500_000_000
"""Bytes of address space that a command needs: numpy and polars reserve memory for each of their threads when they are loaded."""
_STREAM_ERRORS = frozenset({errno.ENOSPC, errno.EIO, errno.EBADF, errno.EFBIG, errno.EDQUOT})
_PATH_ERRORS = frozenset({errno.ENAMETOOLONG, errno.ELOOP})
_MB = 1_000_000


def too_little_memory() -> str | None:
    """Return why this process may not take the memory that it needs, None if it may.

    Libraries abort where they get none, which no program can report.
    """
    try:
        import resource  # noqa: PLC0415 - Windows has none
    except ImportError:
        return None
    limit = resource.getrlimit(resource.RLIMIT_AS)[0]
    if limit == resource.RLIM_INFINITY or limit >= LEAST_MEMORY:
        return None
    needed = f"and newsgraph needs {LEAST_MEMORY // _MB:,} MB. Raise the limit (ulimit -v)"
    return f"this process may use only {limit // _MB:,} MB of memory, {needed}"


def out_of_memory() -> str:
    """Return what to say where memory ends."""
    return "not enough memory. Use fewer --workers, build a part of the documents, or use a machine with more; nothing was changed"


def stream_failure(error: OSError) -> str | None:
    """Return why standard output takes nothing more, None if the error is one of a file."""
    if error.filename is not None or error.errno not in _STREAM_ERRORS:
        return None
    return f"the results cannot be printed ({(error.strerror or 'unknown reason').lower()}). Write them to a place with room"


def lost_folder() -> str | None:
    """Return why nothing can be done in the current folder, None if it is there."""
    try:
        Path.cwd()
    except OSError:
        return "the current folder was removed. Change to another one"
    return None


def path_failure(error: OSError) -> str | None:
    """Return why a path cannot be used, None if the error is another: no file can have such a name, whichever command meets it first."""
    if error.filename is None or error.errno not in _PATH_ERRORS:
        return None
    return f"{os.fsdecode(error.filename)}: {(error.strerror or 'not a path').lower()}. Name another file or folder"


def abandon_output() -> None:
    """Send what is still to be printed nowhere, so that Python does not fail at it once more when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
