"""The page to ask: ask.html, which answers SPARQL from disk with the network off."""

from __future__ import annotations

from pathlib import Path

from newsgraph.explorer.ask import ask_page
from newsgraph.graph import GraphTables


def write_ask(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `ask.html` and give its path; it leads to `graph.html` beside it."""
    path = folder / "ask.html"
    path.write_text(ask_page(graph), encoding="utf-8", newline="\n")
    return (path,)
