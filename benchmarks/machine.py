"""The machine that a figure was taken on, in one line, and the memory a process holds."""

from __future__ import annotations

import os
import platform
import resource
from pathlib import Path


def machine() -> str:
    """Say how large it is; no name, no path."""
    memory = Path("/proc/meminfo")
    kilobytes = int(memory.read_text(encoding="ascii").split()[1]) if memory.exists() else 0
    return (
        f"{os.cpu_count()} cores, {kilobytes / 2**20:.0f} GiB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def resident() -> float:
    """Give the memory that this process holds now, in megabytes; its peak so far where the system does not tell."""
    return _status("VmRSS")


def peak() -> float:
    """Give the most memory that this process held, in megabytes. The usual call would count what its parent held, too."""
    return _status("VmHWM")


def _status(field: str) -> float:
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6
    lines = dict(line.split(":", 1) for line in status.read_text(encoding="utf-8").splitlines())
    return int(lines[field].split()[0]) * 1024 / 1e6
