"""How far along a reported event is: denied, rumoured, planned or completed, otherwise announced."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newsgraph.core.model import Status
from newsgraph.extract.text.word_lists import read_yaml

_ORDER = (Status.DENIED, Status.RUMOURED, Status.PLANNED, Status.COMPLETED)


@cache
def _cues() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    data = read_yaml("status_cues.yaml")
    return tuple((status, re.compile(rf"(?<![\w-])(?:{data[status.value]})(?![\w-])")) for status in _ORDER)


@lru_cache(maxsize=4096)  # called with the same line for every rule that matched in it
def status_of(line: str) -> Status:
    """Return the status that the words of a delexicalized sentence state."""
    return next((status for status, cue in _cues() if cue.search(line)), Status.ANNOUNCED)
