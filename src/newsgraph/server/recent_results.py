"""The results that were worked out last, by what was asked: a few things are asked for again and again, and a served graph does not change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class RecentResults(Generic[Key, Result]):
    """Results by their keys, for several threads; of more than some, those that were not asked for longest go."""

    def __init__(self, most: int) -> None:
        """Keep at most so many results."""
        self._most = most
        self._results: OrderedDict[Key, Result] = OrderedDict()
        self._guard = Lock()

    def get(self, key: Key) -> Result | None:
        """Return the result of a key, None if it is not kept."""
        with self._guard:
            if key not in self._results:
                return None
            self._results.move_to_end(key)
            return self._results[key]

    def put(self, key: Key, result: Result) -> None:
        """Keep a result, in place of the oldest if there are too many."""
        with self._guard:
            self._results[key] = result
            self._results.move_to_end(key)
            while len(self._results) > self._most:
                self._results.popitem(last=False)
