"""Disjoint sets (union-find); the sets do not depend on the order in which pairs are joined."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class UnionFind(Generic[T]):
    """Disjoint sets that grow by joining pairs of items (union-find)."""

    def __init__(self, items: Iterable[T] = ()) -> None:
        """Start with each item in a separate set."""
        self._parent: dict[T, T] = {item: item for item in items}

    def find(self, item: T) -> T:
        """Return the representative of an item's set; an unknown item gets a new set."""
        parent = self._parent.setdefault(item, item)
        while parent != self._parent[parent]:
            self._parent[item] = self._parent[parent]
            item, parent = parent, self._parent[parent]
        return parent

    def join(self, one: T, other: T) -> None:
        """Merge the sets of two items; the merged set keeps the representative of `one`."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parent[second] = first

    def members(self) -> dict[T, list[T]]:
        """Return the members of each set, in the order in which they were added, by the first member."""
        by_root: dict[T, list[T]] = {}
        for item in self._parent:
            by_root.setdefault(self.find(item), []).append(item)
        return {members[0]: members for members in by_root.values()}
