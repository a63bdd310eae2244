"""Parts run as tasks of a Ray cluster, whose nodes see the same files by the same paths."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from logging import CRITICAL

from newsgraph.core.errors import MissingExtraError, NewsgraphError
from newsgraph.executor.protocol import RAY, TRIES, Part, Result

try:
    import ray
    from ray.exceptions import NodeDiedError, OutOfMemoryError, RayError, RayTaskError, WorkerCrashedError
except ImportError as error:
    _what = "--cluster"
    raise MissingExtraError(_what, "ray", "ray") from error

_HERE = {"include_dashboard": False, "object_store_memory": 100 << 20}  # bytes; data travels as files, and 75 MB is the least


class RayExecutor:
    """Runs parts as tasks; what becomes of a worker that dies is Ray's matter."""

    def __init__(self, address: str, workers: int) -> None:
        """Take the address of a cluster, `ray://HOST:PORT`, or `ray` for so many worker processes of this machine."""
        self._address = address
        self._manner = _HERE | {"address": "local", "num_cpus": workers} if address == RAY else {"address": address}

    def run(self, function: Callable[[Part], Result], parts: Sequence[Part]) -> Iterator[tuple[Part, Result | None]]:
        """See `Executor.run`."""
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # a build tells nobody of itself
        with ExitStack() as stack:
            try:
                stack.enter_context(ray.init(log_to_driver=False, logging_level=CRITICAL, **self._manner))
            except (OSError, RuntimeError, ValueError, RayError) as error:
                message = f"--cluster {self._address}: no Ray cluster answers ({type(error).__name__}). Start one by 'ray start --head', name it ray://HOST:10001, and set RAY_AUTH_MODE=token and RAY_AUTH_TOKEN, or RAY_AUTH_MODE=disabled, as the cluster has it."
                raise NewsgraphError(message) from error
            call = ray.remote(max_retries=TRIES - 1)(_call)
            waiting = {call.remote(function, part): part for part in parts}
            while waiting:
                (done,), _ = ray.wait(list(waiting))
                try:
                    result = ray.get(done)
                except (NodeDiedError, OutOfMemoryError, WorkerCrashedError):
                    result = None
                except RayTaskError as error:
                    raise error.cause from error
                yield waiting.pop(done), result


def _call(function: Callable[[Part], Result], part: Part) -> Result:
    return function(part)
