"""Work that nothing waits for yet: begun now, asked for later."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Given = TypeVar("Given")
Result = TypeVar("Result")


class DeferTask(Protocol):
    """Begins a piece of work, in this process or in another, and gives what its result is asked by."""

    def __call__(self, work: Callable[[Given], Result], given: Given, /) -> Callable[[], Result]:
        """Begin; `work` and `given` must be picklable."""
        ...


def run_at_once(work: Callable[[Given], Result], given: Given, /) -> Callable[[], Result]:
    """Do the work here and now."""
    result = work(given)
    return lambda: result
