"""News of a company before and after it changed its name, with the graph of it."""

from __future__ import annotations

from pathlib import Path

from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import BuildOptions, build

NEWS = {
    "before.md": ("Facebook to buy Giphy for $400 million", "2020-05-15", "Facebook has agreed to acquire Giphy for $400 million."),
    "after.md": ("Meta Platforms must sell Giphy", "2022-10-18", "Meta Platforms was ordered to sell Giphy, which Meta acquired in 2020."),
}


def renamed_company(folder: Path, base: str) -> GraphTables:
    """Write the documents into a folder, and return their graph."""
    for name, (title, day, text) in NEWS.items():
        head = f"title: {title}\ndate: {day}\npublisher: Harbour Wire\nurl: https://wire.example.org/{name}"
        (folder / name).write_text(f"---\n{head}\n---\n{text}\n", encoding="utf-8")
    return build([folder], BuildOptions(base=base, extractor="rules"))
