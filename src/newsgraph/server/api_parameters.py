"""The parameters of the REST interface: read, checked, and refused in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from newsgraph.server.exchange import RefusalError, WebRequest, only

DEFAULT_LIMIT, MOST_LIMIT = 50, 500
_PAGING = ("limit", "cursor", "as_of")
_FURTHEST = 100_000_000
_LONGEST = 2_000  # characters of a value


@dataclass(frozen=True, slots=True)
class ApiParameters:
    """The parameters of a request: those of the route by name, and which part of a list is wanted of the graph as of which day."""

    values: dict[str, str]
    limit: int
    start: int
    day: date | None

    def required(self, name: str) -> str:
        """Return a value. Raises RefusalError if it is missing or blank."""
        value = self.values.get(name, "")
        if not value.strip():
            raise RefusalError(400, f"The parameter {name} is missing.")
        return value

    def slice(self, items: Sequence[object], total: int | None = None) -> dict[str, object]:
        """Return the wanted part of a list as the object of a reply: items, the cursor of the next part, and how many there are."""
        wanted = list(items[self.start : self.start + self.limit])
        return self.part(wanted, len(items) if total is None else total)

    def part(self, items: Sequence[object], total: int) -> dict[str, object]:
        """Return a part of a list that was cut out already, as `slice` does."""
        end = self.start + len(items)
        return {"items": items, "next": f"{end}" if end < total and items else None, "total": total, "as_of": self.day}


def read_api_parameters(request: WebRequest, *names: str, is_open: bool = False) -> ApiParameters:
    """Read the parameters of a route. Raises RefusalError for one that the route does not have (unless `is_open`), twice has or misreads."""
    pairs = request.parameters()
    known = {*names, *_PAGING}
    for name, value in pairs:
        if name not in known and not is_open:
            raise RefusalError(400, f"The parameter {name} is not known here. Known: {', '.join(sorted(known))}.")
        if len(value) > _LONGEST or "\0" in value:
            raise RefusalError(400, f"The parameter {name} is longer than {_LONGEST:,} characters, or holds a zero byte.")
    values = {name: str(only(pairs, name)) for name, _ in pairs}
    return ApiParameters(
        {name: value for name, value in values.items() if name not in _PAGING},
        _number(values.get("limit"), "limit", 1, MOST_LIMIT, DEFAULT_LIMIT),
        _number(values.get("cursor"), "cursor", 0, _FURTHEST, 0),
        read_day(values.get("as_of"), "as_of"),
    )


def _number(text: str | None, name: str, least: int, most: int, default: int) -> int:
    if text is None:
        return default
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(most))) or not least <= int(text) <= most:
        raise RefusalError(400, f"The parameter {name} is a whole number from {least:,} to {most:,}.")
    return int(text)


def read_day(text: str | None, name: str) -> date | None:
    """Read a day (ISO), None if there is none. Raises RefusalError for anything else."""
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise RefusalError(400, f"The parameter {name} is a day such as 2025-09-30.")
    return day
