"""How long work tells how far it is."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int | None], None]
"""Is told what is being done, the steps done, and the steps in all, None where nobody knows."""
