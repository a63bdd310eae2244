"""Files that somebody names or has put in a place: only regular ones are read, because a pipe may be waited for without end."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from newsgraph.core.errors import InputError

_STREAMS = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")  # how a shell names what it pipes into a command


def check_given_file(path: Path, *, read_once: bool = False) -> None:
    """Raise InputError if a file is a pipe, a device or a socket; one that is missing is told by who reads it.

    Of a file that is `read_once`, the standard input and other streams that a shell hands over will do.
    """
    if read_once and str(path).startswith(_STREAMS):
        return
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise InputError(str(path), "is not a regular file", "Write what it holds into a file, and name that.")


def check_name(path: Path) -> None:
    """Raise InputError if the name of a file or folder is not in UTF-8: no table, JSON or RDF can have it, and polars takes no such path."""
    try:
        str(path).encode()
    except UnicodeEncodeError as error:
        shown = os.fsencode(path).decode("utf-8", "backslashreplace")
        raise InputError(shown, "has a name that is not in UTF-8", "Rename it.") from error


def read_regular(path: Path) -> bytes:
    """Return the bytes of a regular file. Raises OSError for a pipe or a device too, which would be waited for or have no end."""
    check_regular(path, path.stat())
    return path.read_bytes()


def check_regular(path: Path, state: os.stat_result) -> None:
    """Raise OSError if the state of a file is that of no regular one."""
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "not a regular file", str(path))
