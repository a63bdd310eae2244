"""How much a build does, as the number of calls of functions: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

_CALLS = frozenset({"call", "c_call"})


def counted_calls(work: Callable[[], object]) -> int:
    """Return the number of calls of functions, of Python's and of C's, while `work` runs in this thread."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:  # noqa: ANN401 - as Python has it
        nonlocal calls
        calls += event in _CALLS

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
