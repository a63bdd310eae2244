"""Values and numbers as people read them, in lines of plain text."""

from __future__ import annotations

from datetime import UTC, datetime


def counted(number: int, noun: str, plural: str = "") -> str:
    """Return a number with the noun that it counts; without `plural`, the plural ends in s."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def shown(value: object) -> str:
    """Return a value as text: grouped digits, times in UTC, an empty text for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() and abs(value) >= 1 else f"{value:,.4f}".rstrip("0").rstrip(".")
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
    return str(value)
