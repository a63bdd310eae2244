"""Graphs that many tests look at, built once a session."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsgraph.build import build
from newsgraph.graph import GraphTables

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"


def shared(part: str) -> Path:
    """Give a folder of third parties' texts, which lie beside the project, or skip the test."""
    folder = SHARED / part
    if not folder.is_dir():
        pytest.skip(f"the folder shared/{part} with third parties' texts is not beside the project")
    return folder


@pytest.fixture(scope="session")
def seed_graph() -> GraphTables:
    """Give the graph of the seed."""
    return build([ROOT / "seeds"])


@pytest.fixture(scope="session")
def news_graph() -> GraphTables:
    """Give the graph of the news corpus."""
    return build([shared("corpus/news")])


@pytest.fixture(scope="session")
def powerapps_graph() -> GraphTables:
    """Give the graph of the Power Apps corpus."""
    return build([shared("corpus/powerapps")])
