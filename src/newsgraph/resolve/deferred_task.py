"""Work whose result is needed later: started now, in this process or in another one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")


class DeferTask(Protocol):
    """Starts a task in this process or in another one, and returns a function that waits for the result."""

    def __call__(self, task: Callable[[Argument], Result], argument: Argument, /) -> Callable[[], Result]:
        """Start a task; `task` and `argument` must be picklable."""
        ...


def run_at_once(task: Callable[[Argument], Result], argument: Argument, /) -> Callable[[], Result]:
    """Run a task in this process before returning."""
    result = task(argument)
    return lambda: result
