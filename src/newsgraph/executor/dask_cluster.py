"""Run parts on the workers of a Dask cluster, which must see the same files under the same paths."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from functools import partial
from logging import CRITICAL
from threading import Event, Thread

from newsgraph.core.errors import MissingExtraError, NewsgraphError
from newsgraph.executor.protocol import LOCAL, TRIES, Part, Result

try:
    from distributed import Client, Future, KilledWorker, LocalCluster, as_completed
except ImportError as error:
    _what = "--cluster"
    raise MissingExtraError(_what, "distributed", "dask") from error

_WAIT = 30  # seconds for the scheduler to answer
_WORKERLESS = 45  # seconds that a cluster may have no worker: enough to restart one that died, even on a busy machine
_LOOK = 2  # seconds between two checks of the workers
_ANY_PORT = "127.0.0.1:0"  # for the dashboard: all clusters would request the same port, and warn if it is in use


class DaskExecutor:
    """Runs parts on a cluster; the scheduler replaces workers that die."""

    def __init__(self, address: str, workers: int) -> None:
        """Set the address of the scheduler, or `local` for that number of worker processes on this machine."""
        self._address, self._workers = address, workers

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """See `Executor.run`."""
        with self._client() as client:
            suspects = []
            for part, outcome in _outcomes(client, function, parts):
                if outcome is None:  # another part may have killed the worker
                    suspects.append(part)
                else:
                    yield part, _result(outcome)
            for suspect in suspects:
                for part, outcome in _outcomes(client, function, [suspect]):
                    yield part, None if outcome is None else _result(outcome)

    @contextmanager
    def _client(self) -> Iterator[Client]:
        with ExitStack() as stack:
            if self._address == LOCAL:
                # Otherwise a worker that replaces a dead one logs until it is silenced.
                os.environ.setdefault("DASK_LOGGING__DISTRIBUTED", "critical")
                cluster = LocalCluster(n_workers=self._workers, threads_per_worker=1, dashboard_address=_ANY_PORT, silence_logs=CRITICAL)
                yield stack.enter_context(Client(stack.enter_context(cluster)))
                return
            try:
                client = stack.enter_context(Client(self._address, timeout=_WAIT))
            except (OSError, ValueError) as error:
                message = (
                    f"--cluster {self._address}: no scheduler answers. "
                    "Start one with 'dask scheduler', and workers with 'dask worker ADDRESS'."
                )
                raise NewsgraphError(message) from error
            yield client


def _outcomes(
    client: Client, function: Callable[[Part], Result], parts: Sequence[Part]
) -> Iterator[tuple[Part, Result | NewsgraphError | None]]:
    """Run parts in parallel; None for a part whose workers died again and again.

    Raises NewsgraphError if the cluster has no worker for `_WORKERLESS` seconds; Dask itself would wait for ever.
    """
    futures = client.map(partial(_outcome, function), parts, pure=False, retries=TRIES)
    part_of = dict(zip(futures, parts, strict=True))
    try:
        with _cancel_without_workers(client, futures):
            for future in as_completed(futures):
                yield part_of[future], None if isinstance(future.exception(), KilledWorker) else future.result()
    except CancelledError as error:
        message = (
            f"the cluster {client.scheduler.address} has had no worker for {_WORKERLESS} seconds. "
            "Start workers with 'dask worker ADDRESS', and run the command again: what was read is kept."
        )
        raise NewsgraphError(message) from error


@contextmanager
def _cancel_without_workers(client: Client, futures: Sequence[Future]) -> Iterator[None]:
    """Cancel the futures if the cluster is without workers for too long, or its scheduler is gone."""
    ended = Event()

    def look() -> None:
        missing = 0.0
        while not ended.wait(_LOOK):
            missing = 0.0 if _has_workers(client) else missing + _LOOK
            if missing >= _WORKERLESS:
                client.cancel(list(futures), force=True)
                return

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()


def _has_workers(client: Client) -> bool:
    try:
        return bool(client.sync(client.scheduler.ncores, callback_timeout=_LOOK))
    except (OSError, TimeoutError):
        return False


def _result(outcome: Result | NewsgraphError) -> Result:
    if isinstance(outcome, NewsgraphError):
        raise outcome
    return outcome


def _outcome(function: Callable[[Part], Result], part: Part) -> Result | NewsgraphError:
    """Run a part; newsgraph's own errors are returned, since the cluster would repeat and log a task that raises."""
    try:
        return function(part)
    except NewsgraphError as error:
        return error
