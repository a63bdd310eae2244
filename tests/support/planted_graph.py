"""The graphs of news in which something is planted, or nothing: built once a process."""

from __future__ import annotations

import sys
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from newsgraph.api import NewsGraph, build

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

from planted import Planted, write_planted

__all__ = ["Planted", "planted_graph"]

STORIES = 150


@lru_cache(maxsize=4)
def planted_graph(*, seed: int = 1, plain: bool = False) -> tuple[NewsGraph, Planted]:
    """Return the graph, and what is true of its news."""
    with TemporaryDirectory(prefix="newsgraph-") as folder:
        planted = write_planted(Path(folder), STORIES, seed, plain=plain)
        return build(folder, extractor="rules"), planted
