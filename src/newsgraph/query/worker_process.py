"""A process that answers one message after the other, each within a time; whoever asks does not feel what a question breaks there."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import weakref
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from newsgraph.query.background_priority import put_in_background
from newsgraph.query.engine_worker import read_message, write_message
from newsgraph.query.query_limits import QueryLimits

_FOREGROUND = 1.0  # seconds in which most questions are answered


class WorkerProcess:
    """A process that runs a module of newsgraph, whose messages are those of `engine_worker`; it ends with the one that started it."""

    def __init__(self, module: str, environment: Mapping[str, str] | None = None) -> None:
        """Start the process: with the same interpreter and the same newsgraph, wherever they were found, and more in its environment."""
        package = str(Path(__file__).parents[2])
        paths = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH", ""))))
        self.process = subprocess.Popen(  # noqa: S603 - a module of our own
            [sys.executable, "-m", module],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": paths, **(environment or {})},
        )  # fmt: skip
        self.end = weakref.finalize(self, _end, self.process)
        self.is_in_background = False

    @property
    def is_alive(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def exchange(self, message: Mapping[str, object], seconds: float, is_crowded: Callable[[], bool] | None = None) -> bytes | None:
        """Send a message and wait for the answer; None if it does not come in time or the process ended.

        If it takes longer than a second and `is_crowded` says so then, the process is put in the background, where it stays.
        """
        answers: list[bytes | None] = []
        source, sink = cast("BinaryIO", self.process.stdout), cast("BinaryIO", self.process.stdin)

        def exchange() -> None:
            try:
                write_message(sink, json.dumps(message).encode())
                answers.append(read_message(source))
            except (OSError, ValueError):  # the process ended
                answers.append(None)

        thread = threading.Thread(target=exchange, daemon=True)
        thread.start()
        if is_crowded is not None and seconds > _FOREGROUND:
            thread.join(_FOREGROUND)
            if thread.is_alive() and is_crowded():
                put_in_background(self.process.pid)
                self.is_in_background = True
            seconds -= _FOREGROUND
        thread.join(seconds)
        if not answers:
            return None
        if answers[0] is None:
            self.process.wait(timeout=5)  # so that its exit code is known
        return answers[0]

    def failure(self, limits: QueryLimits) -> str:
        """End the process after a question without an answer, and return why there was none. Raises QueryError if it took too long."""
        ended = self.process.poll()
        self.end()
        if ended is None:
            raise limits.too_slow()
        return f"the engine's process ended (exit code {ended}), perhaps for want of memory ({limits.memory // 2**20:,} MB are allowed)"


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with suppress(OSError):  # a message that was never read
                stream.close()
