"""What resolving knows from the build before: results by digests of all that they depend on, so that none can be out of date."""

from __future__ import annotations

from typing import Protocol

COPIES, STORIES = "copies", "stories"
"""The names under which comparisons of near-copies and of story clustering are kept."""


class BuildMemory(Protocol):
    """Keeps bytes by name from one build of this program to the next."""

    def load(self, name: str) -> bytes | None:
        """Return what was saved last; empty if nothing was or if it is damaged, None if nothing will be kept."""
        ...

    def save(self, name: str, content: bytes) -> None:
        """Save what the next build may know."""
        ...


class NoMemory:
    """Keeps nothing."""

    def load(self, name: str) -> bytes | None:  # noqa: ARG002 - see BuildMemory
        """Return that nothing is kept."""
        return None

    def save(self, name: str, content: bytes) -> None:
        """Forget it."""


NO_MEMORY = NoMemory()
