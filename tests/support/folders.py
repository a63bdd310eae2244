"""Folders of documents made by hand, and whether a graph's offsets hold."""

from __future__ import annotations

import json
from pathlib import Path

from newsgraph.core.graph_tables import GraphTables


def titled(folder: Path, **titles: str) -> Path:
    """Write one document a title."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, title in titles.items():
        told = {"title": title, "webUrl": f"https://news.example/{name}", "publishedDateTime": "2024-05-01T06:00:00Z"}
        (folder / f"{name}.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def wrong_offsets(graph: GraphTables) -> list[tuple[object, ...]]:
    """Give the mentions whose offsets do not cut their words out of their article's text."""
    texts = dict(graph["articles"].select("iri", "text").iter_rows())
    columns = ("article", "start", "end", "text")
    rows = [*graph["mentions"].select(columns).iter_rows(), *graph["other_mentions"].select(columns).iter_rows()]
    return [row for row in rows if texts[row[0]][row[1] : row[2]] != row[3] or row[1] >= row[2]]
