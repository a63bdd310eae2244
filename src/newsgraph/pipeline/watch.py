"""Repeat an action whenever files change, until the user or the system ends it."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

PAUSE = 0.5  # seconds between two snapshots, at least
_SHARE = 10  # snapshots take at most one tenth of the time, however many files there are

Snapshot = TypeVar("Snapshot")


def watch(snapshot: Callable[[], Snapshot], act: Callable[[], None]) -> None:
    """Act now, and again whenever the snapshot has changed and is stable; ends on Ctrl-C and on SIGTERM."""
    with _terminable():
        try:
            while True:
                before = snapshot()
                act()
                _wait_for_change(snapshot, before)
        except KeyboardInterrupt:
            return


def _wait_for_change(snapshot: Callable[[], Snapshot], before: Snapshot) -> None:
    """Wait until files differ from before, and then until nobody is writing them any more."""
    last = before
    while True:
        start = time.monotonic()
        now = snapshot()
        if now != before and now == last:
            return
        last = now
        time.sleep(max(PAUSE, _SHARE * (time.monotonic() - start)))


@contextmanager
def _terminable() -> Iterator[None]:
    """Make SIGTERM end a loop as Ctrl-C does."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    former = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)
