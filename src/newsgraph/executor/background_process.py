"""One more process, which does a piece of work while this one goes on with another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from functools import partial

from newsgraph.executor.gc_pause import gc_paused
from newsgraph.executor.processes import pool_of
from newsgraph.executor.protocol import Part, Result


class BackgroundProcess:
    """Begins work in the process beside this one; where that one dies, the work is done here."""

    def __init__(self) -> None:
        """Start the process when there is work for it."""
        self._pool = pool_of(1)

    def __call__(self, work: Callable[[Part], Result], given: Part, /) -> Callable[[], Result]:
        """Begin a piece of work and give what its result is asked by."""
        here = partial(work, given)
        try:
            future = self._pool.submit(_quietly, work, given)
        except BrokenProcessPool:
            return here

        def result() -> Result:
            try:
                return future.result()
            except BrokenProcessPool:
                return here()

        return result

    def close(self) -> None:
        """End the process."""
        self._pool.shutdown(cancel_futures=True)


@contextmanager
def in_background() -> Iterator[BackgroundProcess]:
    """Give a process beside this one, for as long as the block lasts."""
    other = BackgroundProcess()
    try:
        yield other
    finally:
        other.close()


def _quietly(work: Callable[[Part], Result], given: Part) -> Result:
    with gc_paused():
        return work(given)
