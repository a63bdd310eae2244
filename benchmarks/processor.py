"""What a browser's processes cost, from the system's own books: processor time and memory, whoever else works on the machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser

_TICKS = os.sysconf("SC_CLK_TCK")
_PROC = Path("/proc")


class Processes(NamedTuple):
    """Process numbers of a browser: those that run pages, and the one that draws (with a graphics card, or as here without)."""

    renderers: tuple[int, ...]
    drawer: tuple[int, ...]


def processes(browser: Browser) -> Processes:
    """Ask a browser which processes it has now."""
    session = browser.new_browser_cdp_session()
    told = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()

    def of(kind: str) -> tuple[int, ...]:
        return tuple(one["id"] for one in told if one["type"] == kind)

    return Processes(of("renderer"), of("GPU"))


def seconds(number: int) -> float:
    """Give the processor time of a process so far, all its threads together, to the hundredth."""
    fields = (_PROC / str(number) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


def first_thread(number: int) -> float:
    """Give the processor time of a process's first thread in seconds: in a page's process the one that runs script, style and layout."""
    return int((_PROC / str(number) / "task" / str(number) / "schedstat").read_text(encoding="ascii").split()[0]) / 1e9


def megabytes(number: int) -> float:
    """Give the memory that a process holds now."""
    lines = dict(line.split(":", 1) for line in (_PROC / str(number) / "status").read_text(encoding="utf-8").splitlines())
    return int(lines["VmRSS"].split()[0]) * 1024 / 1e6
