"""Run parts in processes of this machine, and again if a process dies."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from threading import Thread

from newsgraph.core.blas_threads import use_one_blas_thread
from newsgraph.core.errors import NewsgraphError
from newsgraph.executor.protocol import TRIES, Part, Result

MOST = 8  # processes without `--workers`: each holds its own copy of the lists and the model


def processor_count() -> int:
    """Return the number of processors that this process may use, at most `MOST`."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST)


class ProcessExecutor:
    """Runs parts in a number of worker processes.

    A worker that dies breaks the pool. The parts that were running at that time are suspects: each of them runs again alone, so that
    the part that kills its worker can be told from the others.
    """

    def __init__(self, workers: int) -> None:
        """Set the number of processes, at least 1."""
        self._workers = workers

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """See `Executor.run`."""
        waiting, suspects = deque(range(len(parts))), deque[int]()
        crashes = [0] * len(parts)  # of a worker while it ran the part
        lost_in_a_row = 0
        while waiting or suspects:
            with pool_of(min(self._workers, len(parts))) as pool:
                running: dict[Future[Result], int] = {}
                _check_start(pool)
                try:
                    while waiting or suspects or running:
                        _start(pool, function, parts, waiting, suspects, running, self._workers)
                        for future in wait(running, return_when=FIRST_COMPLETED).done:
                            result = future.result()
                            lost_in_a_row = 0
                            yield parts[running.pop(future)], result
                except BrokenProcessPool:
                    given_up = _requeue(running, crashes, suspects)
                except BaseException:
                    pool.shutdown(cancel_futures=True)
                    raise
                else:
                    given_up = []
            lost_in_a_row += len(given_up)
            if lost_in_a_row >= TRIES:
                message = "worker processes die again and again. Is the machine short of memory? Try again with --workers 1."
                raise NewsgraphError(message)
            for number in given_up:
                yield parts[number], None


def _check_start(pool: ProcessPoolExecutor) -> None:
    """Raise NewsgraphError if workers cannot start at all, whatever the part."""
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        message = "worker processes cannot be started. A script that builds with workers must do so under: if __name__ == '__main__'."
        raise NewsgraphError(message) from error


def _start(
    pool: ProcessPoolExecutor, function: Callable[[Part], Result], parts: Sequence[Part], waiting: deque[int], suspects: deque[int],
    running: dict[Future[Result], int], workers: int,
) -> None:  # fmt: skip
    """Keep as many parts running as there are workers, but a suspect alone: only running parts can have broken the pool."""
    if suspects:
        if not running:
            number = suspects.popleft()
            running[_submit(pool, function, parts[number], number, suspects)] = number
        return
    while waiting and len(running) < workers:
        number = waiting.popleft()
        running[_submit(pool, function, parts[number], number, waiting)] = number


def _submit(pool: ProcessPoolExecutor, function: Callable[[Part], Result], part: Part, number: int, queue: deque[int]) -> Future[Result]:
    try:
        return pool.submit(function, part)
    except BrokenProcessPool:
        queue.appendleft(number)
        raise


def _requeue(running: dict[Future[Result], int], crashes: list[int], suspects: deque[int]) -> list[int]:
    """Queue the parts that were running as suspects; return those that have used up their tries."""
    interrupted = sorted(running.values())
    for number in interrupted:
        crashes[number] += 1
    suspects.extendleft(number for number in reversed(interrupted) if crashes[number] < TRIES)
    return [number for number in interrupted if crashes[number] >= TRIES]


def pool_of(workers: int) -> ProcessPoolExecutor:
    """Return a pool of processes, which start when they are needed and end with this process."""
    # spawn: a forked copy of a process with threads (polars, onnxruntime) may hang.
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare_worker)


def _prepare_worker() -> None:
    """Set up this process for its parts, before one of them imports numpy, and end it when the build is killed: it would wait for ever."""
    use_one_blas_thread()
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    wait_for([sentinel])
    os._exit(1)
