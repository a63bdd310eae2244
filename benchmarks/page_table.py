"""The table of the page's benchmark: a figure beside its budget, where there is one."""

from __future__ import annotations

from typing import NamedTuple

from page_measure import Focus, Pan, Start

SIZES = (2_000, 50_000, 100_000)
"""Numbers of nodes that budgets are given for; a graph has one of these within a tenth."""

CORE = {2_000: 0.35, 50_000: 2.0, 100_000: 4.0}  # megabytes of the page without texts
PAINT = {2_000: 2.0, 50_000: 4.0}  # seconds
PAN = {2_000: 4.0, 50_000: 4.0}  # milliseconds of the main thread a frame
SEARCH = {2_000: 30.0, 50_000: 30.0}  # milliseconds a letter
SCRIPT = 75.0  # kilobytes, packed
FOCUS = 16.0  # milliseconds
COLUMNS = (
    "page without texts, MB", "whole, MB", "script, KB", "requests", "console", "first paint, CPU s", "at rest", "pan: main thread, ms", "pan: all, ms",
    "focus: script, ms", "its frame", "its whole", "search, ms", "worst", "filter, ms", "memory, MB",
)  # fmt: skip


class Figures(NamedTuple):
    """Figures of one viewer with one graph; None where there is nothing to measure."""

    core: float | None
    page: float
    script: float
    asked: int
    said: int
    start: Start | None = None
    pan: Pan | None = None
    focus: Focus | None = None
    search: tuple[float, float] | None = None
    filtered: float | None = None
    memory: float | None = None


def cells(found: Figures, nodes: int, *, budgets: bool) -> list[str]:
    """Write the figures in the order of the columns; with budgets, each beside its own."""
    size = next((one for one in SIZES if abs(nodes - one) <= one / 10), 0)

    def told(value: float | None, form: str, budget: float | None = None) -> str:
        if value is None:
            return "-"
        text = format(value, form)
        return text if budget is None or not budgets else f"{text} {'<=' if value <= budget else '> !'} {budget:g}"

    begun, pan, focus, search = found.start, found.pan, found.focus, found.search
    return [
        told(found.core, ".2f", CORE.get(size)),
        told(found.page, ".2f"),
        told(found.script, ".1f", SCRIPT),
        told(found.asked, "d", 0),
        told(found.said, "d", 0),
        told(begun.paint if begun else None, ".1f", PAINT.get(size)),
        told(begun.rest if begun else None, ".1f"),
        told(pan.main if pan else None, ".1f", PAN.get(size)),
        told(pan.all if pan else None, ".0f"),
        told(focus.update + focus.frame if focus else None, ".1f", FOCUS),
        told(focus.frame if focus else None, ".1f"),
        told(focus.whole if focus else None, ".1f"),
        told(search[0] if search else None, ".1f", SEARCH.get(size)),
        told(search[1] if search else None, ".1f"),
        told(found.filtered, ".1f"),
        told(found.memory, ".0f"),
    ]


def line(name: str, texts: list[str]) -> str:
    """Write a row of a Markdown table."""
    return f"| {name} | {' | '.join(texts)} |"


def head() -> str:
    """Write the rows that a Markdown table begins with."""
    return f"{line('viewer', list(COLUMNS))}\n|---|{'---:|' * len(COLUMNS)}"
