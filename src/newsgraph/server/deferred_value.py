"""A value that is worked out once, in a thread of its own, for all requests that need it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, TypeVar

from newsgraph.core.errors import InputError
from newsgraph.server.exchange import RefusalError

T = TypeVar("T")
_UNREADABLE = "The graph cannot be read: its files are damaged or gone. The server's log says which."
_PREPARING = "The server is still preparing this part of the graph. Ask again in a moment."


class DeferredValue(Generic[T]):
    """A value that `make` works out at the first call; later calls wait for the same result."""

    def __init__(self, make: Callable[[], T], patience: float) -> None:
        """`patience` is how many seconds a request waits before it is refused with 503."""
        self._make, self._patience = make, patience
        self._result: Future[T] = Future()
        self._values: list[T] = []
        self._guard = threading.Lock()
        self._is_started = False

    def start(self) -> None:
        """Begin to work the value out, if nobody has."""
        with self._guard:
            if self._is_started:
                return
            self._is_started = True
        threading.Thread(target=self._run, daemon=True).start()

    @property
    def is_done(self) -> bool:
        """Whether the value was worked out, or cannot be."""
        return self._result.done()

    def get(self) -> T:
        """Return the value. Raises RefusalError if it takes too long or files cannot be read, and what else `make` raised."""
        if self._values:  # a page asks for the graph a hundred times: no lock is taken for that
            return self._values[0]
        self.start()
        try:
            return self._result.result(self._patience)
        except TimeoutError as error:
            raise RefusalError(503, _PREPARING, {"Retry-After": "5"}) from error

    def if_done(self) -> T | None:
        """Return the value if it was worked out already, else None."""
        return self._values[0] if self._values else None

    def wait(self) -> None:
        """Begin, and wait until the value is there or cannot be worked out, however long that takes."""
        self.start()
        self._result.exception()

    def _run(self) -> None:
        try:
            self._values.append(self._make())
            self._result.set_result(self._values[0])
        except InputError as error:  # names a folder of this machine, which only the log may
            print(f"error: {error}", file=sys.stderr)  # noqa: T201 - the log of the server
            self._result.set_exception(RefusalError(503, _UNREADABLE))
        except BaseException as error:  # noqa: BLE001 - whoever waits gets it
            self._result.set_exception(error)
