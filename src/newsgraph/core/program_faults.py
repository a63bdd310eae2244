"""Errors that nobody foresaw, in words that are the same in every run."""

from __future__ import annotations

import traceback
from pathlib import Path

REPORT_IT = "Please report this fault of newsgraph, with the document if you may"
"""What to do about such an error."""
_PACKAGE = Path(__file__).parents[1]


def fault(error: Exception) -> str:
    """Return the kind of an error, and the file of newsgraph in which it was raised; its message may differ from run to run.

    >>> fault(OverflowError("too large"))
    'OverflowError'
    """
    places = [Path(frame.filename) for frame in traceback.extract_tb(error.__traceback__)]
    ours = [place.relative_to(_PACKAGE).as_posix() for place in places if place.is_relative_to(_PACKAGE)]
    return f"{type(error).__name__} in {ours[-1]}" if ours else type(error).__name__
