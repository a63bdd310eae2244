"""Run one function over many parts: in this process, in several, or on a Dask cluster; all executors have the same method."""

from __future__ import annotations

from newsgraph.executor.background_process import in_background
from newsgraph.executor.gc_pause import gc_paused
from newsgraph.executor.in_process import InProcessExecutor
from newsgraph.executor.processes import ProcessExecutor, processor_count
from newsgraph.executor.protocol import LOCAL, TRIES, Executor

__all__ = [
    "LOCAL",
    "TRIES",
    "Executor",
    "InProcessExecutor",
    "ProcessExecutor",
    "gc_paused",
    "in_background",
    "open_executor",
    "processor_count",
]


def open_executor(workers: int, cluster: str = "") -> Executor:
    """Return the executor for a number of worker processes (1 is this process), or for a Dask cluster by its address.

    The cluster `local` is started on this machine with that number of workers. Raises MissingExtraError if Dask is not installed; its
    `run` raises NewsgraphError if the cluster cannot be reached.
    """
    if cluster:
        from newsgraph.executor.dask_cluster import DaskExecutor  # noqa: PLC0415 - Dask is optional and slow to load

        return DaskExecutor(cluster, workers)
    return ProcessExecutor(workers) if workers > 1 else InProcessExecutor()
