"""Graphs that many tests look at, built once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from newsgraph.core.graph_tables import GraphTables
from newsgraph.pipeline.graph_build import build

# How long an example takes depends on what else the machine does, so no test waits for a clock.
settings.register_profile("newsgraph", deadline=None)
settings.load_profile("newsgraph")

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
