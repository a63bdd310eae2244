"""One function over many parts: in this process, in several, or on a cluster; every executor has the same one method."""

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
    """Give the executor for so many worker processes, one being this process, or for a Dask cluster by its address.

    A cluster of this machine, `local`, has so many workers. Raises MissingExtraError where Dask is not installed,
    NewsgraphError where the cluster cannot be reached.
    """
    if cluster:
        from newsgraph.executor.dask_cluster import DaskExecutor  # noqa: PLC0415 - Dask is optional and slow to load

        return DaskExecutor(cluster, workers)
    return ProcessExecutor(workers) if workers > 1 else InProcessExecutor()
