"""Run parts one after the other in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsgraph.executor.protocol import Part, Result


class InProcessExecutor:
    """Runs each part when its result is requested."""

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """See `Executor.run`; a part that kills its process kills this one."""
        return ((part, function(part)) for part in parts)
