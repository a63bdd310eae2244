"""Keep the unknown fields of an article as one line of JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from newsgraph.ingest.encoding import clean
from newsgraph.ingest.problem_notes import ProblemNotes

SECRET = "secured"  # noqa: S105 - an opaque field of feeds, which is never exported
MAX_DEPTH = 6
MAX_LENGTH = 20_000  # code points of one article's extra fields as JSON


def extra_json(fields: Mapping[str, object], notes: ProblemNotes) -> str:
    """Return unknown fields as one JSON object with sorted keys, or an empty text if there are none.

    The field `secured` is left out at every depth, and so are control characters. Values that are nested too deep or too long are left
    out and noted.
    """
    if not fields:
        return ""
    members: list[str] = []
    too_large: list[str] = []
    room = MAX_LENGTH
    for name in sorted(set(fields) - {SECRET}):
        member = _member(name, fields[name], room)
        if member is None or len(member) > room:
            too_large.append(clean(name))
        else:
            room -= len(member)
            members.append(member)
    if too_large:
        what = "is an unknown field" if len(too_large) == 1 else f"and {len(too_large) - 1} more are unknown fields"
        notes.add(too_large[0], f"{what}, too long or nested too deep to keep", "Remove what is not used, or shorten it")
    return f"{{{', '.join(members)}}}" if members else ""


def _member(name: str, value: object, room: int) -> str | None:
    try:
        plain = _Plain(room).value(value, 0)
    except _TooLargeError:
        return None
    return f"{json.dumps(clean(name), ensure_ascii=False)}: {json.dumps(plain, ensure_ascii=False, sort_keys=True)}"


class _TooLargeError(Exception):
    """A value that is nested too deep or has too many parts to be kept."""


class _Plain:
    """Copies a raw value into one that JSON can hold, and gives up before the copy grows large."""

    def __init__(self, room: int) -> None:
        self._room = room

    def value(self, raw: object, depth: int) -> object:
        self._room -= len(raw) if isinstance(raw, str) else 1
        if self._room < 0 or depth > MAX_DEPTH:
            raise _TooLargeError
        if isinstance(raw, str):
            return clean(raw)
        if isinstance(raw, list):
            return [self.value(item, depth + 1) for item in raw]
        if isinstance(raw, Mapping):
            return {clean(str(key)): self.value(item, depth + 1) for key, item in raw.items() if key != SECRET}
        if isinstance(raw, float) and not math.isfinite(raw):
            return None
        return raw
