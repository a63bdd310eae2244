"""The type of function that long work reports its progress to."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Called with the name of the stage, the steps done, and the steps in total (None if unknown)."""
