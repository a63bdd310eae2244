"""Parts run one after the other in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from newsgraph.executor.protocol import Part, Result


class InProcessExecutor:
    """Runs a part when its result is asked for."""

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """See `Executor.run`; a part that breaks this process is the end of it."""
        return ((part, function(part)) for part in parts)
