"""How far along a reported event is: denied, rumoured, planned, completed, else announced."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from newsgraph.core.model import Status

_ORDER = (Status.DENIED, Status.RUMOURED, Status.PLANNED, Status.COMPLETED)


@cache
def _cues() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    data = yaml.safe_load((files("newsgraph") / "data" / "status_cues.yaml").read_text(encoding="utf-8"))
    return tuple((status, re.compile(rf"(?<![\w-])(?:{data[status.value]})(?![\w-])")) for status in _ORDER)


@lru_cache(maxsize=4096)  # one line is asked for every rule that matched in it
def status_of(line: str) -> Status:
    """Read the status off a marked sentence."""
    return next((status for status, cue in _cues() if cue.search(line)), Status.ANNOUNCED)
