"""How often tests of chance repeat: few times with all other tests, many times at night (`.ci/nightly` sets NEWSGRAPH_NIGHTLY)."""

from __future__ import annotations

import os

NIGHTLY = os.environ.get("NEWSGRAPH_NIGHTLY") == "1"


def rounds(by_day: int, at_night: int) -> int:
    """Return a number of rounds."""
    return at_night if NIGHTLY else by_day
