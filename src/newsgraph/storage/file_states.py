"""What the file system says of a file without its being read: whether it is the file that it was."""

from __future__ import annotations

import os
from pathlib import Path

FileState = tuple[int, int, int, int]
"""The inode of a file, its size in bytes, and the times of the last change of its content and of its inode, in nanoseconds."""

SETTLING = 2_000_000_000
"""Nanoseconds for which a change may leave no other time than the change before it: FAT has the coarsest clock, of two seconds."""


def file_state(path: Path | str) -> FileState | None:
    """Return the state of a file or a folder, of its target if it is a link; None if there is none or it cannot be reached."""
    try:
        return state_of(os.stat(path))  # noqa: PTH116 - it takes half of Path's time, and a build asks for each of its documents
    except OSError:
        return None


def state_of(stat: os.stat_result) -> FileState:
    """Return the state that a result of `os.stat` describes."""
    return stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def is_settled(state: FileState, now: int) -> bool:
    """Return whether every change from `now` on (nanoseconds since 1970) gives a file another state."""
    return max(state[2:]) + SETTLING < now
