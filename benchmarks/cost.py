"""What a command costs: wall time, processor time and peak memory, its workers' included, taken from outside while it runs."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

_PROC = Path("/proc")
_LOOK, _SEARCH = 0.05, 5  # seconds between two looks at what is known; every so many looks new processes are searched for
_KIB_IN_MB = 1000 / 1.024


@dataclass(frozen=True, slots=True)
class Cost:
    """Wall and processor time in seconds; the most memory in megabytes that the program held, and that the largest of its workers did.

    `processor` counts the workers, too. Memory is that of one process each: what two of them share counts in both.
    """

    seconds: float
    processor: float
    megabytes: float
    worker: float = 0.0


class CommandError(Exception):
    """A command that was to be measured has failed."""


def python(*arguments: object, interpreter: str = sys.executable) -> list[str]:
    """Give the command that runs a Python program."""
    return [interpreter, *map(str, arguments)]


def cost_of(command: list[str], environment: Mapping[str, str] | None = None) -> tuple[Cost, str]:
    """Run a command to its end; give its cost and what it printed. Raises CommandError where it ends with an error."""
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=output, stderr=errors, env=environment)
        watch = _Watch(child.pid)
        watch.start()
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        held = watch.end()
        for file in (output, errors):
            file.seek(0)
        if child.returncode:
            message = f"{' '.join(command)} ended with {child.returncode}: {errors.read().decode(errors='replace')[-2000:]}"
            raise CommandError(message)
        printed = output.read().decode()
    own = held.pop(child.pid, usage.ru_maxrss / _KIB_IN_MB)
    return Cost(seconds, usage.ru_utime + usage.ru_stime, own, max(held.values(), default=0.0)), printed


class _Watch(Thread):
    """Looks at a process and its descendants: each one's peak is what the last look saw.

    The operating system's own figure at the end would mix the program's with its workers', and count what this process held
    when it started them.
    """

    def __init__(self, first: int) -> None:
        super().__init__(daemon=True)
        self._held: dict[int, float] = {}
        self._family, self._strangers = {first}, set[int]()
        self._ended = Event()

    def run(self) -> None:
        looks = 0
        while not self._ended.wait(_LOOK):
            if looks % _SEARCH == 0:
                self._search()
            looks += 1
            for number in self._family:
                if peak := _peak(number):
                    self._held[number] = peak  # not the most of all looks: until a worker starts its program it is a copy of its parent

    def end(self) -> dict[int, float]:
        self._ended.set()
        self.join()
        return self._held

    def _search(self) -> None:
        """Find new descendants; a parent is started before its child, and mostly has the lower number."""
        for number in sorted(_numbers() - self._family - self._strangers):
            parent = _parent(number)
            (self._family if parent in self._family else self._strangers).add(number)


def _numbers() -> set[int]:
    return {int(path.name) for path in _PROC.glob("[0-9]*")}


def _parent(number: int) -> int:
    try:
        return int((_PROC / str(number) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1])
    except OSError:  # it has ended
        return 0


def _peak(number: int) -> float:
    try:
        lines = (_PROC / str(number) / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # it has ended
        return 0.0
    return next((int(line.split()[1]) * 1024 / 1e6 for line in lines if line.startswith("VmHWM:")), 0.0)
