"""The machine that a figure was taken on, in one line."""

from __future__ import annotations

import os
import platform
from pathlib import Path


def machine() -> str:
    """Say how large it is; no name, no path."""
    memory = Path("/proc/meminfo")
    kilobytes = int(memory.read_text(encoding="ascii").split()[1]) if memory.exists() else 0
    return (
        f"{os.cpu_count()} cores, {kilobytes / 2**20:.0f} GiB, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
