"""Groups that grow together: which of many things are one, whatever the order in which pairs are met."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class UnionFind(Generic[T]):
    """Disjoint sets with union by pairs (union-find)."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        """Begin with each thing in a group of its own."""
        self._parent: dict[T, T] = {thing: thing for thing in things}

    def find(self, thing: T) -> T:
        """Give the group's representative of a thing; new things are a group of their own."""
        parent = self._parent.setdefault(thing, thing)
        while parent != self._parent[parent]:
            self._parent[thing] = self._parent[parent]
            thing, parent = parent, self._parent[parent]
        return parent

    def join(self, one: T, other: T) -> None:
        """Put two things and their groups together."""
        first, second = self.find(one), self.find(other)
        if first != second:
            self._parent[second] = first

    def members(self) -> dict[T, list[T]]:
        """Give each group's members in the order in which they came, by the first of them."""
        found: dict[T, list[T]] = {}
        for thing in self._parent:
            found.setdefault(self.find(thing), []).append(thing)
        return {members[0]: members for members in found.values()}
