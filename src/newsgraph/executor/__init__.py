"""One function over many parts: in this process, in several, or on a cluster; every executor has the same one method."""

from __future__ import annotations

from newsgraph.executor.collector import collector_off
from newsgraph.executor.here import Here
from newsgraph.executor.processes import Processes
from newsgraph.executor.protocol import TRIES, Executor

__all__ = ["TRIES", "Executor", "Here", "Processes", "collector_off", "open_executor"]


def open_executor(workers: int) -> Executor:
    """Give the executor for so many worker processes; one is this process."""
    return Processes(workers) if workers > 1 else Here()
