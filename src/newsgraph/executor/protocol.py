"""The interface of all executors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

TRIES = 3  # a part that kills its worker so often is given up

LOCAL = "local"
"""The address of a Dask cluster that is started on this machine."""


class Executor(Protocol):
    """Runs one function over many parts: in this process, in several, or on a cluster."""

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """Yield `(part, function(part))` for every part, in the order of completion; None for a part that killed its worker `TRIES` times.

        `function` never returns None. It and the parts must be picklable, and running a part twice must do no harm, since a part whose
        worker died runs again. An error that `function` raises is raised here and ends the run.
        """
        ...
