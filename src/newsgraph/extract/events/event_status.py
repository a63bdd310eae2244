"""How far along a reported event is: ended, denied, rumoured, planned or completed, otherwise announced."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from newsgraph.core.model import Status
from newsgraph.extract.text.word_lists import read_yaml

_ORDER = (Status.ENDED, Status.DENIED, Status.RUMOURED, Status.PLANNED, Status.COMPLETED)
# "May" beside a number or after a preposition is a month and says nothing of the status.
_MONTH = re.compile(
    r"\b(?:(?:in|since|by|until|till|from|of|early|late|mid|this|last|next|on|to|for|effective|through|ending) may\b|may (?=\d)|may (?=,? (?:19|20)\d\d))"
)


@cache
def _cues() -> tuple[tuple[Status, re.Pattern[str]], ...]:
    data = read_yaml("status_cues.yaml")
    return tuple((status, re.compile(rf"(?<![\w-])(?:{data[status.value]})(?![\w-])")) for status in _ORDER)


@cache
def _announcement() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{read_yaml('status_cues.yaml')['announcement']})(?![\w-])")


@lru_cache(maxsize=4096)  # called with the same clause for every rule that matched in it
def status_of(clause: str) -> Status:
    """Return the status that the words of a delexicalized clause state.

    What a party says that it would do is its announcement: the wires write "said it would buy" where a headline has "to buy".

    >>> status_of("@0 in talks to buy @1"), status_of("@0 said on monday it would buy @1"), status_of("@0 completed its purchase of @1 in may")
    (<Status.RUMOURED: 'rumoured'>, <Status.ANNOUNCED: 'announced'>, <Status.COMPLETED: 'completed'>)
    """
    words = _announcement().sub(" ", _MONTH.sub(" ", clause))
    return next((status for status, cue in _cues() if cue.search(words)), Status.ANNOUNCED)
