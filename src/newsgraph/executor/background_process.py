"""A second process that runs one task while this process goes on with its own work."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial

from newsgraph.executor.gc_pause import gc_paused
from newsgraph.executor.processes import pool_of
from newsgraph.executor.protocol import Part, Result


class BackgroundProcess:
    """Runs tasks in a second process; if that process dies, they run in this one."""

    def __init__(self) -> None:
        """Prepare the process, which starts with its first task."""
        self._pool = pool_of(1)

    def __call__(self, function: Callable[[Part], Result], part: Part, /) -> Callable[[], Result]:
        """Start `function(part)`; return a function that waits for the result and returns it, or raises what the task raised."""
        run_here = partial(function, part)
        try:
            future = self._pool.submit(_run_without_gc, function, part)
        except BrokenProcessPool:
            return run_here

        def result() -> Result:
            try:
                return future.result()
            except BrokenProcessPool:
                return run_here()

        return result

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def in_background() -> Iterator[BackgroundProcess]:
    """Yield a second process that lasts as long as the block."""
    process = BackgroundProcess()
    try:
        yield process
    finally:
        process.close()


def _run_without_gc(function: Callable[[Part], Result], part: Part) -> Result:
    with gc_paused():
        return function(part)
