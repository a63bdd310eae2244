"""The explorer graph.html and the query page ask.html, which open from disk without a network."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.explorer import page, payload
from newsgraph.explorer.question_page import question_page
from newsgraph.export.shared_work import SharedWork


def write_explorer(graph: GraphTables, folder: Path, _workers: int = 1, shared: SharedWork | None = None) -> tuple[Path, ...]:
    """Write `graph.html` and `ask.html`, which link to each other, and return their paths."""
    graph_path, ask_path = folder / "graph.html", folder / "ask.html"
    shared = shared or SharedWork()
    graph_path.write_text(page(payload(graph, lay_out=shared.lay_out), ask=ask_path.name), encoding="utf-8", newline="\n")
    ask_path.write_text(question_page(graph, graph_path.name, shared.turtle), encoding="utf-8", newline="\n")
    return ask_path, graph_path
