"""How much a build does, as the number of calls of functions: the same on every machine, however busy it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import _lru_cache_wrapper
from types import FrameType
from typing import Any

from newsgraph.extract import open_extractor

_CALLS = frozenset({"call", "c_call"})
_WORDS = 1024  # entries that a cache of single names, words or addresses has room for, at least


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


def forget_words() -> None:
    """Empty the caches of names, words, addresses and whole texts, so that what was read before, by other tests too, makes no work smaller.

    Caches of the files of the package stay filled.
    """
    open_extractor.cache_clear()  # it has what was read in equal texts
    modules = [module for name, module in sys.modules.items() if name.startswith("newsgraph.")]
    for cached in {value for module in modules for value in vars(module).values() if isinstance(value, _lru_cache_wrapper)}:
        if (cached.cache_parameters()["maxsize"] or 0) >= _WORDS:
            cached.cache_clear()
