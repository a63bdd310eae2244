"""The pages to look at and to ask: graph.html and ask.html, which open from disk with the network off."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer import page, payload
from newsgraph.explorer.question_page import question_page


def write_explorer(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.html`, and `ask.html` that it leads to, and give their paths."""
    seen, asked = folder / "graph.html", folder / "ask.html"
    seen.write_text(page(payload(graph), ask=asked.name), encoding="utf-8", newline="\n")
    asked.write_text(question_page(graph, seen.name), encoding="utf-8", newline="\n")
    return asked, seen
