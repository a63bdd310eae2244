"""What every executor can do: run one function over many parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol, TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")

TRIES = 3  # a part that breaks its worker so often is given up

LOCAL = "local"
"""The Dask cluster that is made of this machine."""


class Executor(Protocol):
    """A way of running one function over many parts: here, in processes, on a cluster."""

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """Give `(part, function(part))` for every part, in the order of finishing; None for a part that broke its worker `TRIES` times.

        `function` gives no None. It and the parts must be picklable, and running a part twice must do no harm: a part whose
        worker died runs again. An error that `function` raises comes out here and ends the run.
        """
        ...
