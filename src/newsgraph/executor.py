"""Run one function over many parts, in this process or in several; results come back in the order of the parts."""

from __future__ import annotations

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from newsgraph.errors import NewsgraphError


@contextmanager
def collector_off() -> Iterator[None]:
    """Keep the collector from walking again and again over the many small values, free of cycles, that a build makes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


Part = TypeVar("Part")
Result = TypeVar("Result")

_TRIES = 3


def run(function: Callable[[Part], Result], parts: Sequence[Part], workers: int) -> Iterator[Result]:
    """Give `function(part)` for every part, in order.

    With more than one worker parts run in processes; when one of them dies, the parts that were open run again. Raises
    NewsgraphError where workers die again and again. `function` and its parts must be picklable.
    """
    if workers <= 1 or len(parts) <= 1:
        yield from map(function, parts)
        return
    done = 0
    for _ in range(_TRIES):
        try:
            with ProcessPoolExecutor(min(workers, len(parts)), mp_context=multiprocessing.get_context("spawn")) as pool:
                for result in pool.map(function, parts[done:]):
                    yield result
                    done += 1
        except BrokenProcessPool:
            continue
        return
    message = f"worker processes died {_TRIES} times. Is the machine short of memory? Try again with --workers 1."
    raise NewsgraphError(message)
