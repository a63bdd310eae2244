"""Doing something again whenever files change, until the user or the system ends it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

PAUSE = 0.5  # seconds between two looks at least
_SHARE = 10  # looking takes at most one part of so many of the time, however many files there are

Seen = TypeVar("Seen")


def watch(look: Callable[[], Seen], act: Callable[[], None]) -> None:
    """Act now, and again when what `look` gives has changed and is at rest; ends by itself on Ctrl-C and on SIGTERM."""
    with _terminable():
        try:
            while True:
                before = look()
                act()
                _wait_for_change(look, before)
        except KeyboardInterrupt:
            return


def _wait_for_change(look: Callable[[], Seen], before: Seen) -> None:
    """Wait until files differ from before, and then until nobody is still writing them."""
    last = before
    while True:
        start = time.monotonic()
        now = look()
        if now != before and now == last:
            return
        last = now
        time.sleep(max(PAUSE, _SHARE * (time.monotonic() - start)))


@contextmanager
def _terminable() -> Iterator[None]:
    """Let SIGTERM end a loop as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    former = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)
