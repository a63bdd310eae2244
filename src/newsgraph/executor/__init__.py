"""One function over many parts: in this process, in several, or on a cluster; every executor has the same one method."""

from __future__ import annotations

from newsgraph.executor.background_process import beside
from newsgraph.executor.gc_pause import collector_off
from newsgraph.executor.in_process import Here
from newsgraph.executor.processes import Processes, processors
from newsgraph.executor.protocol import LOCAL, RAY, TRIES, Executor

__all__ = ["LOCAL", "RAY", "TRIES", "Executor", "Here", "Processes", "beside", "collector_off", "open_executor", "processors"]


def open_executor(workers: int, cluster: str = "") -> Executor:
    """Give the executor for so many worker processes, one being this process, or for a Dask or Ray cluster by its address.

    A cluster of this machine, `local` or `ray`, has so many workers. Raises MissingExtraError where Dask or Ray is not installed,
    NewsgraphError where the cluster cannot be reached.
    """
    if cluster == RAY or cluster.startswith(f"{RAY}://"):
        from newsgraph.executor.ray_cluster import RayTasks  # noqa: PLC0415 - Ray is optional and slow to load

        return RayTasks(cluster, workers)
    if cluster:
        from newsgraph.executor.dask_cluster import Cluster  # noqa: PLC0415 - Dask is optional and slow to load

        return Cluster(cluster, workers)
    return Processes(workers) if workers > 1 else Here()
