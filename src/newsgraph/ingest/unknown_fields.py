"""Fields that newsgraph does not know: kept with the article as one line of JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping

from newsgraph.ingest.encoding import clean
from newsgraph.ingest.problem_notes import ProblemNotes

SECRET = "secured"  # noqa: S105 - an opaque field of feeds, which never leaves
MAX_DEPTH = 6
MAX_LENGTH = 20_000  # code points of one article's extra fields as JSON


def extra_json(fields: Mapping[str, object], notes: ProblemNotes) -> str:
    """Write unknown fields as one JSON object with sorted keys, or as nothing where there are none.

    `secured` is left out at every depth, control characters too; values that are too deep or too long are left out
    with a note.
    """
    if not fields:
        return ""
    kept: list[str] = []
    lost: list[str] = []
    room = MAX_LENGTH
    for name in sorted(set(fields) - {SECRET}):
        member = _member(name, fields[name], room)
        if member is None or len(member) > room:
            lost.append(clean(name))
        else:
            room -= len(member)
            kept.append(member)
    if lost:
        what = "is an unknown field" if len(lost) == 1 else f"and {len(lost) - 1} more are unknown fields"
        notes.add(lost[0], f"{what}, too long or nested too deep to keep", "Remove what no one reads, or keep it short")
    return f"{{{', '.join(kept)}}}" if kept else ""


def _member(name: str, value: object, room: int) -> str | None:
    try:
        plain = _Plain(room).value(value, 0)
    except _TooLargeError:
        return None
    return f"{json.dumps(clean(name), ensure_ascii=False)}: {json.dumps(plain, ensure_ascii=False, sort_keys=True)}"


class _TooLargeError(Exception):
    """A value that is too deep or has too many parts to be kept."""


class _Plain:
    """Copies a raw value into one that JSON can hold, and gives up before it grows large."""

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
