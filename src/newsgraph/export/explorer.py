"""The page to look at: graph.html, which opens from disk with the network off."""

from __future__ import annotations

from pathlib import Path

from newsgraph.explorer import page, payload
from newsgraph.graph import GraphTables


def write_explorer(graph: GraphTables, folder: Path) -> tuple[Path, ...]:
    """Write `graph.html` and give its path."""
    path = folder / "graph.html"
    path.write_text(page(payload(graph)), encoding="utf-8", newline="\n")
    return (path,)
